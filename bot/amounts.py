"""How much, when and where, as told in one message: the parts of a Reading with fields of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """The words that carry a value, as they stand in the message (character offsets)."""

    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Hours:
    """Hours of care a week; a range when the speaker gives one. ``constant`` is "dag en nacht".

    ``approximate``: said with doubt ("denk ik", "40+"), or reckoned from days and parts of days.
    """

    low: float
    high: float
    constant: bool
    evidence: Evidence
    approximate: bool = False


@dataclass(frozen=True)
class Nights:
    """Broken nights: how many a week, and how often a night (``None`` = not said). ``0`` nights is an answer.

    ``times_high`` is set when "how often" is a range, of which ``times_a_night`` is the lowest. ``sleep_hours``: how
    long she sleeps herself, at most.
    """

    per_week_low: float | None
    per_week_high: float | None
    times_a_night: float | None
    evidence: Evidence
    times_high: float | None = None
    sleep_hours: float | None = None
    approximate: bool = False


@dataclass(frozen=True)
class Since:
    """Since when: ``year`` and ``month`` if said, or months ago; approximate by nature.

    ``months_high`` is set when the months are a range, of which ``months_ago`` is the lowest; ``open_ended``: at least
    so long ("al jaren"). Without a number ("sinds de zomer", "toen ik klein was") the words of the evidence are the
    answer: what they mean depends on the day they were said, or on a life, and is not guessed.
    """

    months_ago: float | None
    year: int | None
    month: int | None
    evidence: Evidence
    months_high: float | None = None
    open_ended: bool = False
    approximate: bool = False

    @property
    def is_best_in_words(self) -> bool:
        """Would a single number say more, or less, than she did?"""
        told = self.months_ago is not None or self.year is not None or self.month is not None
        return not told or self.open_ended or self.months_high is not None


@dataclass(frozen=True)
class Moment:
    """When, as a pattern in the week or the year: "om de week een zaterdag", "na half zes", "in de schoolvakanties".

    ``weekdays``: 1 (Monday) to 7 · ``day_parts``: of DayPart · ``times`` per ``per`` ("week", "fortnight", "month",
    "year") · hours of the clock, 0 to 24 · ``season``: "school_holidays", "summer_holidays", ... Empty: not said.
    """

    weekdays: tuple[int, ...]
    day_parts: tuple[str, ...]
    times: float | None
    per: str
    from_hour: float | None
    until_hour: float | None
    season: str
    evidence: Evidence


@dataclass(frozen=True)
class PlaceMention:
    """A place name or postcode in the text. More than one municipality means: ask which one.

    ``whose``: "carer", "loved_one", "elsewhere" (nobody of the two lives there: a hospital, a helper) or "unknown".
    ``typed`` is what she wrote, ``place`` the name it was read as. ``derived``: the municipality was not named but
    follows from a village, a part of a town or a postcode. ``near``: she named it to say what it is close to.
    """

    typed: str
    place: str
    municipalities: tuple[str, ...]
    postcode: str | None
    exact: bool
    whose: str
    evidence: Evidence
    derived: bool = False
    near: bool = False

    @property
    def is_certain(self) -> bool:
        """Did she name the municipality herself, spelt as it is? If not, it is to be confirmed."""
        return self.exact and not self.derived and not self.near and len(self.municipalities) == 1
