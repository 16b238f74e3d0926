"""What danger there can be, and one finding of it in a message."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from knowledge.vocabulary import Term


class DangerKind(Term):
    """The kinds of danger, most pressing first: of several in one message the first is answered."""

    MEDICAL = "medical", "medische nood"
    SUICIDE = "suicide", "gedachten aan de dood"
    CHILD = "child", "kind in gevaar"
    VIOLENCE = "violence", "geweld"
    NEGLECT = "neglect", "gevaar voor wie zorg krijgt"
    BREAKDOWN = "breakdown", "de zorg valt vandaag weg"


@dataclass(frozen=True)
class Hunch:
    """What the trained ear hears: how likely there is danger at all, which kind it would be, whether to ask first."""

    kind: DangerKind
    chance: float
    words: str
    start: int
    end: int
    other: bool = False
    doubt: bool = False

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> Hunch | None:
        """From the parse data (``danger``); nothing gives nothing."""
        return cls(**{**data, "kind": DangerKind(data["kind"])}) if data else None


@dataclass(frozen=True)
class Danger:
    """Danger heard in a message.

    ``certain`` is false when one gentle question comes first. ``words`` stand in the message from ``start`` to ``end``
    (character offsets). ``other``: it is told about someone else ("mijn vader wil dood"; for ``child``: by an adult).
    ``likely``: more likely danger than not, though it is asked first.
    """

    kind: DangerKind
    certain: bool
    words: str
    start: int
    end: int
    other: bool = False
    likely: bool = False

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready form, stored on the conversation while the gentle question is open."""
        return {**asdict(self), "kind": self.kind.value}

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> Danger | None:
        """Back from ``as_dict``; nothing gives nothing. Raises ``ValueError`` on an unknown kind."""
        return cls(**{**data, "kind": DangerKind(data["kind"])}) if data else None
