"""What one message taught us: for the acknowledgement, and to know whether anything was understood at all."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.profile import Told


@dataclass
class News:
    """``fields`` are names of profile fields. ``people``: who are new, as we speak of them ("uw vader")."""

    fields: set[str] = field(default_factory=set)
    people: list[str] = field(default_factory=list)
    conditions: list[Told] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    load_cues: list[str] = field(default_factory=list)
    broken_nights: bool = False
    no_helpers: bool = False
    corrected: bool = False
    odd_hours: bool = False

    def __bool__(self) -> bool:
        return bool(self.fields) or self.odd_hours
