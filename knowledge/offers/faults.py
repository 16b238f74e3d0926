"""What is wrong with an offer, in the words of its guide."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge import faults
from knowledge.offers.guide import FAULTS, guide_of

LONGEST_QUOTE = 60
NAMED_IN_MESSAGE = 3


class Fault(faults.Fault):
    """What is wrong with an offer; the sentences stand in ``guide.yml``."""

    sentences = FAULTS

    @property
    def label(self) -> str:
        """The Dutch label of the field."""
        return label_of(self.field)


class OfferError(ValueError):
    """An offer, or a file of offers, cannot be read. ``faults``: all that is wrong, in the order of the guide."""

    def __init__(self, faults: Sequence[Fault], offer_id: str = "") -> None:
        self.faults = tuple(faults)
        self.offer_id = offer_id
        named = " ".join(" ".join(each.text.split()) for each in self.faults[:NAMED_IN_MESSAGE])
        more = len(self.faults) - NAMED_IN_MESSAGE
        super().__init__(f"offer {offer_id or '?'}: {named}" + (f" (+{more})" if more > 0 else ""))


def quoted(value: object) -> str:
    """A value as a fault may repeat it: one line, not long."""
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"


def label_of(name: str) -> str:
    """The Dutch label of a field; its name if it has none."""
    guide = guide_of(name)
    return guide.label if guide else name
