"""A wish in her own words that nothing asked for is kept, and not asked again."""

from __future__ import annotations

import pytest

from bot.profile import CarerProfile, Told
from bot.reading import Reading
from bot.talk.news import News
from bot.talk.thread import Thread
from bot.talk.wished import read_wish, take_wish

OUTSIDE = "dat ik er een ochtend uit kan, naar buiten, zonder dat ie alleen zit"
SEA = "Ik zou zo graag weer eens een dag naar zee gaan"
CYCLING = "ik zou willen dat er eens iemand anders was zodat ik kan fietsen met vriendinnen"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        (OUTSIDE, OUTSIDE),
        (CYCLING, CYCLING),
        (f"Nee, niemand. {SEA}. Dat is lang geleden", SEA),
        ("maar ik zou heel graag weer naar het koor gaan", "ik zou heel graag weer naar het koor gaan"),
        ("dat ik alles alleen moet doen hier in huis", ""),
        ("dat ik niet meer kan slapen van de zorgen", ""),
        ("ik zou graag willen weten hoe dat zit met geld", ""),
        ("ik zou graag een mens willen spreken over mijn man", ""),
        ("ik zou willen dat ik er niet meer was vandaag", ""),
        ("mijn zus komt op zaterdag", ""),
    ],
)
def test_a_wish_is_heard_by_how_it_begins(text: str, wish: str) -> None:
    assert read_wish(text) == wish


def taken(text: str, thread: Thread, **known: object) -> tuple[bool, CarerProfile]:
    profile = CarerProfile(role=Told("carer"), **known)  # type: ignore[arg-type]
    return take_wish(profile, thread, Reading(), text, "tell", News()), profile


def test_after_the_first_offers_it_is_kept_in_her_words() -> None:
    answered, profile = taken(OUTSIDE, Thread(phase="offers", turn=8))
    assert not answered
    assert profile.wishes == [Told(OUTSIDE, OUTSIDE, 8)]


def test_as_an_answer_to_who_takes_over_it_is_not_asked_that_again() -> None:
    thread = Thread(pending="helpers")
    answered, profile = taken(CYCLING, thread)
    assert answered
    assert thread.pending is None
    assert [wish.value for wish in profile.wishes] == [CYCLING]


def test_a_known_wish_stays_and_a_young_person_is_not_questioned() -> None:
    assert taken(OUTSIDE, Thread(), wishes=[Told("day_out")])[1].wishes == [Told("day_out")]
    assert taken(OUTSIDE, Thread(), minor=Told(True))[1].wishes == []
