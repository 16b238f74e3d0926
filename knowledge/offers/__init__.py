"""The offer record: its fields, how it is read and written, and how far it may be trusted today."""
