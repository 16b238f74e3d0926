"""How fast a person must look, and why."""

from __future__ import annotations

import pytest

from bot.load import LoadBand, LoadSignal
from bot.profile import CarerProfile, Told
from bot.request.urgency import urgency_of
from knowledge.vocabulary import Urgency


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (CarerProfile(), (Urgency.NORMAL, "normal")),
        (CarerProfile(perseverance=Told("weeks")), (Urgency.SOON, "weeks")),
        (CarerProfile(load_cues=[Told("breaking_point")]), (Urgency.SOON, "breaking_point")),
        (CarerProfile(perseverance=Told("days")), (Urgency.EMERGENCY, "days")),
        (CarerProfile(load_cues=[Told("help_stopped")]), (Urgency.EMERGENCY, "help_stopped")),
        (CarerProfile(palliative=Told(True), perseverance=Told("days")), (Urgency.PALLIATIVE, "palliative")),
        (CarerProfile(helpers=Told("none")), (Urgency.NORMAL, "normal")),
    ],
)
def test_urgency_follows_from_what_she_told(profile, expected):
    assert urgency_of(profile, None) == expected


@pytest.mark.parametrize(
    ("band", "expected"),
    [
        (LoadBand.CRISIS, (Urgency.EMERGENCY, "crisis")),
        (LoadBand.HIGH, (Urgency.SOON, "high_load")),
        (LoadBand.MEDIUM, (Urgency.NORMAL, "normal")),
        (LoadBand.UNKNOWN, (Urgency.NORMAL, "normal")),
    ],
)
def test_urgency_follows_from_how_heavy_it_is(band, expected):
    assert urgency_of(CarerProfile(), LoadSignal(band)) == expected
