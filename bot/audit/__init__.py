"""Who at the desk looked at or did what: one line each, never changed."""
