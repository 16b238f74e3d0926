"""Whose death she tells of, by grammar alone."""

from __future__ import annotations

import pytest

from bot.profile import CarerProfile, Told
from bot.talk.whose_loss import CARED_FOR, SOMEBODY_ELSE, whose_death


def of(called: str, *beside: str) -> CarerProfile:
    others = [Told("parent", about=one) for one in beside]
    return CarerProfile(relation=Told("parent"), called=called, others_cared_for=others)


@pytest.mark.parametrize(
    ("called", "text", "who"),
    [
        ("uw moeder", "m'n man zijn broer is overleden", SOMEBODY_ELSE),
        ("uw man", "de broer van mijn man is gestorven", SOMEBODY_ELSE),
        ("uw moeder", "mama is vannacht gestorven", CARED_FOR),
        ("uw moeder", "mijn schoonmoeder is overleden", SOMEBODY_ELSE),
        ("uw vader", "maandag viel hij, en gisteren is hij overleden", CARED_FOR),
        ("uw moeder", "hij is overleden", ""),
        ("uw vader", "ik ben bang dat mijn vader straks dood is", ""),
        ("", "mijn vader is overleden", ""),
    ],
)
def test_the_one_named_last_before_it_died(called: str, text: str, who: str) -> None:
    assert whose_death(of(called), text) == who


def test_of_two_people_a_pronoun_tells_nothing() -> None:
    assert whose_death(of("uw vader", "uw moeder"), "hij is overleden") == ""
