"""Which cards she gets: what fits, what nearly fits and what she named, never too many; and what is on them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from actions.offers import worded_offer
from bot.reading import Reading
from bot.understanding.message import read_message
from channels.cli.practice import as_text
from knowledge.curation.record import RecordKind
from knowledge.matching.find import match_offers
from knowledge.offers.record import Offer
from knowledge.vocabulary import UnmetReason
from tests.unit.actions.stage import NOW, REGIONS, Stage, cue, person
from tests.unit.knowledge.builders import living_in, offer, stay

STORY = "mijn moeder in Zwolle heeft dementie, ik zoek iemand die de nacht overneemt, wat is er"
HEAVY = "ik ben op"


@pytest.fixture
def bare(stage: Stage) -> Stage:
    """A talk of which the catalogue is empty."""
    for one in stage.records.all(RecordKind.OFFER):
        stage.records.remove(RecordKind.OFFER, one.id, by="Els", base_revision=one.revision, why="leeg")
    assert stage.services.catalogue.offers() == ()
    return stage


def keep(stage: Stage, *offers: Offer) -> None:
    for one in offers:
        stage.services.catalogue.save(one, by="Els")


def by_night(offer_id: str, **changes: Any) -> Offer:
    return offer(**{"id": offer_id, "organisation": offer_id, "name": offer_id, "kinds": ["night_care"], **changes})


def by_day(offer_id: str) -> Offer:
    """Another kind than was wished for: a near miss."""
    return stay(id=offer_id, organisation=offer_id, name=offer_id, kinds=["day_care"])


def centre(offer_id: str) -> Offer:
    return offer(id=offer_id, organisation=offer_id, name=offer_id, kinds=["carer_support_centre"], bound_to="either")


def told(text: str = STORY, *, heavy: bool = False) -> Reading:
    words = f"{text}, {HEAVY}"
    return Reading(
        loved_ones=(person(words, "mijn moeder", "parent", "uw moeder"),),
        conditions=(cue(words, "dementie", "dementia"),),
        wishes=(cue(words, "de nacht", "night_relief"),),
        load_cues=(cue(words, HEAVY, "breaking_point"),) if heavy else (),
        places=read_message(words, REGIONS).places,
    )


async def asks(stage: Stage, *, heavy: bool = False) -> list[list[str]]:
    """The names on each list of cards she gets."""
    await stage.hears(f"{STORY}, {HEAVY}", told(heavy=heavy), intent="ask_offers")
    return names(stage)


def names(stage: Stage) -> list[list[str]]:
    return [[one["name"] for one in card["offers"]] for card in stage.cards if card["kind"] == "offers"]


# -- what nearly fits -------------------------------------------------------------------------------------------------


async def test_two_that_fit_are_a_choice_and_nothing_else_is_shown(bare: Stage) -> None:
    keep(bare, by_night("n1"), by_night("n2"), by_day("d1"))
    assert await asks(bare) == [["n1", "n2"]]
    assert "offers_not_quite" not in bare.names


async def test_one_that_fits_is_followed_by_what_nearly_does_with_a_sentence_between(bare: Stage) -> None:
    keep(bare, by_night("n1"), by_day("d1"), by_day("d2"), by_day("d3"))
    assert await asks(bare) == [["n1"], ["d1", "d2"]]
    assert bare.names.index("offers_intro_one") < bare.names.index("offers_not_quite")
    assert "past nog niet helemaal" in bare.text
    fitting, near = bare.cards[0]["offers"][0], bare.cards[1]["offers"][0]
    assert fitting["would_fit"] == []
    assert near["would_fit"] == ["Het past wel als dit ook goed is: dagopvang of dagbesteding."]


async def test_the_steunpunt_keeps_its_place_and_what_nearly_fits_gets_the_last(bare: Stage) -> None:
    closed = [by_night(one, status="temporarily_closed") for one in ("d1", "d2")]
    keep(bare, by_night("n1"), centre("c1"), centre("c2"), *closed)
    await names_it(bare, NAMED.replace("wmo-extra", "hulp"))
    assert names(bare) == [["n1", "c1"], ["d1"]]


async def test_whoever_can_hardly_go_on_gets_two_cards_in_all(bare: Stage) -> None:
    keep(bare, by_night("n1"), by_day("d1"), by_day("d2"))
    assert await asks(bare, heavy=True) == [["n1"], ["d1"]]


async def test_without_anything_that_fits_it_says_so_before_what_comes_near(bare: Stage) -> None:
    keep(bare, by_day("d1"), by_day("d2"), by_day("d3"))
    assert await asks(bare) == [["d1", "d2"]]
    assert [name for name in bare.names if name.startswith("offers_")] == ["offers_near", "offers_none_near"]


async def test_other_possibilities_are_new_and_then_what_nearly_fits(bare: Stage) -> None:
    keep(bare, *(by_night(f"n{number}") for number in range(5)), by_day("d1"))
    assert await asks(bare) == [["n0", "n1", "n2"]]
    await bare.presses("Andere mogelijkheden")
    assert names(bare) == [["n3", "n4"]]
    await bare.presses("Andere mogelijkheden")
    assert names(bare) == [["d1"]]
    assert bare.names[-2:] == ["offers_not_quite", "offers_no_more"]


async def test_what_she_saw_goes_into_the_request_with_what_would_make_it_fit(bare: Stage) -> None:
    keep(bare, by_night("n1"), by_day("d1"))
    await asks(bare)
    await bare.presses("Ja, laat iemand mij bellen")
    for answer in ("Anna", "0612345678"):
        await bare.hears(answer)
    request = bare.services.requests.for_conversation("c")
    assert request is not None
    reasons = {one.name: one.reasons for one in request.offers}
    assert list(reasons) == ["n1", "d1"]
    assert "Het past wel als dit ook goed is: dagopvang of dagbesteding." in reasons["d1"]
    assert not any("past wel als" in reason for reason in reasons["n1"])


async def test_the_terminal_tells_it_too(bare: Stage) -> None:
    keep(bare, by_day("d1"))
    await asks(bare)
    reply = {"text": "x", "buttons": [], "card": bare.cards[0]}
    assert "      > Het past wel als dit ook goed is: dagopvang of dagbesteding." in as_text([reply])


async def test_what_is_there_at_other_moments_is_noted_as_such(bare: Stage) -> None:
    keep(bare, by_night("n1", day_parts=["weekend"]))
    text = f"{STORY}, {HEAVY}"
    reading = told()
    await bare.hears(
        text, Reading(**{**vars(reading), "day_parts": (cue(text, "nacht", "night"),)}), intent="ask_offers"
    )
    (unmet,) = bare.services.catalogue.unmet_needs()
    assert unmet.reason == UnmetReason.OTHER_DAY_PART


# -- names she knows --------------------------------------------------------------------------------------------------

NAMED = "mijn moeder in Zwolle heeft dementie, wij hadden ooit wmo-extra, wat is er"


async def names_it(stage: Stage, text: str = NAMED, **more: Any) -> list[str]:
    reading = Reading(
        loved_ones=(person(text, "mijn moeder", "parent", "uw moeder"),),
        conditions=(cue(text, "dementie", "dementia"),),
        places=read_message(text, REGIONS).places,
        **more,
    )
    await stage.hears(text, reading, intent="ask_offers")
    return [name for group in names(stage) for name in group]


EXTRA = {"aliases": ["Wmo-extra"]}


def house(offer_id: str, **changes: Any) -> Offer:
    return stay(**{"id": offer_id, "organisation": offer_id, "name": offer_id, **changes})


async def test_a_local_name_is_a_wish_and_the_offer_of_that_name_here_goes_first(bare: Stage) -> None:
    elsewhere = house("there", area="Emmen", municipalities=["Emmen"], located_in="Emmen", province="Drenthe", **EXTRA)
    keep(bare, by_night("n1"), house("a"), house("b"), house("c"), house("z", **EXTRA), elsewhere)
    assert await names_it(bare) == ["z", "a", "b"]
    assert "Dit is waar u naar zoekt: logeren." in bare.cards[0]["offers"][0]["fits"]


async def test_a_wish_that_she_told_outweighs_a_name(bare: Stage) -> None:
    keep(bare, by_night("n1"), by_night("n2"), house("z", **EXTRA))
    assert await names_it(bare, wishes=(cue(NAMED, "wat is er", "household_help"),)) != ["z"]


async def test_a_name_that_went_wrong_is_no_wish(bare: Stage) -> None:
    text = NAMED.replace("wij hadden ooit wmo-extra", "wmo-extra ging niet")
    keep(bare, offer(id="home", organisation="home", name="home"), house("z", **EXTRA))
    tried = (cue(text, "wmo-extra ging niet", "wmo-extra ging niet"),)
    assert (await names_it(bare, text, tried=tried))[0] == "home"
    card = next(one for one in bare.cards[0]["offers"] if one["name"] == "z")
    assert "Dit probeerde u eerder en dat ging niet goed." in card["misfits"]


async def test_without_a_name_everything_stays_as_it_was(bare: Stage) -> None:
    keep(bare, offer(id="home", organisation="home", name="home"), house("z", **EXTRA))
    assert (await names_it(bare, NAMED.replace("wmo-extra", "extra hulp")))[0] == "home"


async def test_a_guide_named_in_passing_is_no_wish(bare: Stage) -> None:
    keep(bare, by_night("n1"), house("a"), offer(id="g", organisation="g", name="g", kinds=["guide"], **EXTRA))
    assert {"n1", "a"} <= set(await names_it(bare))


# -- facts past their date --------------------------------------------------------------------------------------------

CHECKED_ON = "2026-11-20"
FACTS: dict[str, Any] = {
    "phone": "038-7654321",
    "url": "https://www.voorbeeld.nl/logeren",
    "email": "info@voorbeeld.nl",
    "price": {"euros": "197", "per": "dag", "year": 2026},
    "waiting_weeks": [11, 13],
    "checked_on": CHECKED_ON,
    "checked_by": "Els",
}
TRACES = {"phone": "7654321", "price": "197", "waiting_weeks": "11-13"}


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (0, {"phone", "price", "waiting_weeks"}),
        (90, {"phone", "price"}),
        (170, {"phone", "price"}),
        (200, set()),
        (700, set()),
    ],
)
async def test_a_card_forgets_each_fact_when_its_date_is_past(stage: Stage, days: int, shown: set[str]) -> None:
    stage.clock.now = NOW + timedelta(days=days)
    today = stage.clock.now.date()
    need = living_in("Zwolle", needed_within_weeks=0)
    found = match_offers(need, [stay(**FACTS)], REGIONS, today)
    (match,) = (*found.matches, *found.near_misses)
    turn: Any = type("Turn", (), {"words": stage.services.wording, "services": stage.services})
    card = json.dumps(worded_offer(turn, match))
    assert {name for name, trace in TRACES.items() if trace in card} == shown
    assert FACTS["email"] not in card


async def test_an_offer_that_is_gone_has_no_card_at_all(stage: Stage) -> None:
    today = (NOW + timedelta(days=800)).date()
    found = match_offers(living_in("Zwolle"), [stay(**FACTS)], REGIONS, today)
    assert (found.matches, found.near_misses) == ((), ())
