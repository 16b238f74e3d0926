"""The transcript book: every written talk as it goes now, on pages that a person reads from beginning to end."""
