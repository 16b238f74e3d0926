"""What a questionnaire says so far: a range, a band only when nothing can change it, and what stayed unanswered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from knowledge.instruments.licensed import Tariff
from knowledge.instruments.packs import NOT_ASKED, SKIPPED, UNANSWERED, Band, Pack, ScoreRange


class NoBand(str, Enum):
    """Why there is no band."""

    NO_CUT_OFF = "no_cut_off"  # the owner gives none, so neither do we
    REPHRASED = "rephrased"  # other words were asked: no score of this questionnaire
    UNANSWERED = "unanswered"  # not yet to say: what is left can still change it


@dataclass(frozen=True)
class InstrumentResult:
    """The outcome at this moment; a snapshot and no diagnosis.

    ``values``: points of each item in order, more is heavier, ``None`` when unanswered. ``score``: their sum, ``None``
    for a questionnaire that is not summed. ``band`` holds for every way to fill in the rest; else ``no_band`` says why
    there is none. ``tariff``: 0 (worst) to 100 (best), only with the operator's weights. ``skipped`` and ``not_asked``:
    item numbers from 1. ``indicative``: items were rephrased, so it may only be passed on as such (domain facts 1.1).
    """

    key: str
    values: tuple[int | None, ...]
    score: ScoreRange[int] | None
    band: Band | None
    no_band: NoBand | None
    tariff: ScoreRange[Decimal] | None
    skipped: tuple[int, ...]
    not_asked: tuple[int, ...]
    indicative: bool

    @property
    def complete(self) -> bool:
        """Was every item answered?"""
        return not self.skipped and not self.not_asked


def result_of(pack: Pack, tariff: Tariff | None, steps: Sequence[str], rephrased: bool) -> InstrumentResult:
    """The result of these steps: for each item an answer code, ``NOT_ASKED`` or ``SKIPPED``."""
    score = pack.score_range(steps) if pack.summed else None
    band = pack.band_of(score) if score and not rephrased else None
    return InstrumentResult(
        key=pack.key,
        values=tuple(None if step in UNANSWERED else pack.points(n, step) for n, step in enumerate(steps, 1)),
        score=score,
        band=band,
        no_band=None if band else _why_no_band(pack, rephrased),
        tariff=tariff.value_range(steps) if tariff and not rephrased else None,
        skipped=_numbers(steps, SKIPPED),
        not_asked=_numbers(steps, NOT_ASKED),
        indicative=rephrased,
    )


def _why_no_band(pack: Pack, rephrased: bool) -> NoBand:
    if not pack.bands:
        return NoBand.NO_CUT_OFF
    return NoBand.REPHRASED if rephrased else NoBand.UNANSWERED


def _numbers(steps: Sequence[str], state: str) -> tuple[int, ...]:
    return tuple(number for number, step in enumerate(steps, 1) if step == state)
