"""Known faces, staying together, what was tried, and the way there."""

from __future__ import annotations

import pytest

from knowledge.matching.need import Tried
from knowledge.vocabulary import OfferKind, Urgency
from tests.unit.knowledge.builders import living_in, offer, stay

from .shown import codes, order, weighed


@pytest.mark.parametrize("need", [{"few_strangers": True}, {"urgency": Urgency.PALLIATIVE}])
def test_where_strangers_are_hard_known_faces_and_staying_together_come_first(regions, need):
    known = offer(id="c", same_faces=True, carer_can_stay=True, verify_before_showing=True)
    silent, changing = offer(id="b"), offer(id="a", same_faces=False)
    assert order(living_in("Zwolle", **need), [changing, silent, known], regions) == ["c", "b", "a"]
    assert "changing_faces" in codes(weighed(living_in("Zwolle", **need), changing, regions).match, "misfits")
    assert "ask_same_faces" in codes(weighed(living_in("Zwolle", **need), silent, regions).match, "unknowns")


def test_without_that_the_order_stays_and_known_faces_are_still_said(regions):
    known, silent = offer(id="b", same_faces=True, carer_can_stay=True), offer(id="a")
    assert order(living_in("Zwolle"), [known, silent], regions) == ["a", "b"]
    assert {"same_faces", "carer_can_stay"} <= codes(weighed(living_in("Zwolle"), known, regions).match, "fits")


@pytest.mark.parametrize(
    ("transport", "possible", "met", "part", "code"),
    [
        ("included", False, True, "fits", "transport_included"),
        ("on_request", None, True, "unknowns", "ask_transport"),
        ("self", None, True, "misfits", "transport_self"),
        ("self", True, True, "misfits", "transport_self"),
        ("self", False, False, "misfits", "transport_self"),
        (None, False, True, "unknowns", "transport"),
    ],
)
def test_the_way_there_is_said_or_asked_and_without_one_it_is_a_near_miss(
    regions, transport, possible, met, part, code
):
    changes = {"transport": transport} if transport else {}
    found = weighed(living_in("Zwolle", transport_possible=possible), stay(**changes), regions)
    assert found.met is met
    assert code in codes(found.match, part)
    assert codes(found.match, "would_fit") == (set() if met else {"would_with_transport"})


def test_what_went_wrong_before_sinks_below_all_other_relief_and_says_so(regions):
    home, day, house = offer(id="home"), offer(id="day", kinds=["day_care"], place="away"), stay(id="house")
    need = living_in("Zwolle", tried=(Tried(OfferKind.HOME_VOLUNTEER, failed=True),))
    assert order(living_in("Zwolle"), [house, day, home], regions)[0] == "home"
    assert order(need, [house, day, home], regions) == ["day", "house", "home"]
    found = weighed(need, home, regions)
    assert found.met
    assert found.match.misfits[0].code == "tried_failed"


@pytest.mark.parametrize(
    ("failed", "part", "code"), [(None, "unknowns", "tried_before"), (False, "fits", "tried_well")]
)
def test_that_it_was_tried_says_nothing_of_how_it_went(regions, failed, part, code):
    need = living_in("Zwolle", tried=(Tried(OfferKind.HOME_VOLUNTEER, failed=failed),))
    tried, other = offer(id="a"), offer(id="b", kinds=["home_paid"])
    assert code in codes(weighed(need, tried, regions).match, part)
    assert order(need, [other, tried], regions) == ["a", "b"]


def test_what_it_brings_her_loved_one_and_getting_acquainted_are_on_the_card(regions):
    match = weighed(living_in("Zwolle"), offer(trial_visit=True, gains=["wandelen", "muziek"]), regions).match
    assert "trial_visit" in codes(match, "fits")
    assert {"gains": "wandelen; muziek"} in [reason.values for reason in match.fits]
    guessed = offer(trial_visit=True, gains=["muziek"], inferred=["trial_visit", "gains"])
    assert not {"trial_visit", "gains"} & codes(weighed(living_in("Zwolle"), guessed, regions).match, "fits")
