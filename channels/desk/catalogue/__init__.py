"""The editors' desk: what needs attention, one form a record, and what a carer sees of it."""
