"""Conversations as people see them: what was said by whom, on every channel, with an end date."""
