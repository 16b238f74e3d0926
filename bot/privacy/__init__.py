"""What we refuse to keep, how the rest is sealed, how long it stays, and what a person may ask of us (R115)."""

from bot.privacy.bsn import TAKEN_OUT, is_bsn, without_bsn

__all__ = ["TAKEN_OUT", "is_bsn", "without_bsn"]
