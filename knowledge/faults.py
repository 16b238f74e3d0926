"""What is wrong with something an editor keeps: a code with values, and the Dutch sentence that says how to mend it.

Each kind of record names its sentences in its own guide; what a fault is, is said here once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as member
from typing import ClassVar


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. ``field``: its name, or that of its part ("source.year"); "" for the record as a whole.

    ``code``: key of ``sentences``, the faults of a guide; ``values`` fill the placeholders of that sentence.
    """

    field: str
    code: str
    values: Mapping[str, str] = member(default_factory=dict, hash=False)
    sentences: ClassVar[Mapping[str, str]] = {}

    @property
    def label(self) -> str:
        """The field as an editor knows it."""
        return self.field

    @property
    def text(self) -> str:
        """What is wrong and how to mend it, in Dutch, for editors."""
        known = {"field": self.field, "label": self.label}
        return self.sentences[self.code].format(**{**known, **self.values})


class FaultyError(ValueError):
    """What an editor keeps cannot be read; ``faults`` names everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.code}" for fault in faults))
        self.faults = tuple(faults)
