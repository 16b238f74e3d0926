"""The outcome of a request, which she reads: in words that say something, never a bare "afgehandeld" (R105)."""

from __future__ import annotations

from bot.request.base import TextError, required_text
from bot.understanding.text import fold

_CLOSED = frozenset(
    {
        "aanvraag", "afgehandeld", "afgerond", "afgesloten", "akkoord", "alles", "dit", "done", "gebeld", "gedaan",
        "geregeld", "gereed", "gesloten", "gesproken", "goed", "helemaal", "inmiddels", "klaar", "nvt", "ok", "oke",
        "opgelost", "verwerkt", "voltooid", "zaak",
    }
)  # fmt: skip
_BETWEEN = frozenset({"al", "de", "dit", "en", "heb", "het", "ik", "is", "met", "nu", "uw", "van", "we", "zijn"})


def plain_outcome(text: str) -> str:
    """The outcome as it may be stored. Raises ``TextError``: ``empty``, ``too_long``, or ``bare`` when it says no more
    than that it is closed."""
    outcome = required_text(text)
    words = {"".join(filter(str.isalnum, word)) for word in fold(outcome).split()} - {""}
    if not words - _CLOSED - _BETWEEN:
        raise TextError("bare")
    return outcome
