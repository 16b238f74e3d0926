"""A copy of the whole database in one file, and putting it back; SQLite and PostgreSQL."""
