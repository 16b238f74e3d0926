from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.load import assess_load
from bot.profile import CarerProfile, Told
from bot.reading import LoadCue, Relation, Task, Wish
from bot.request.compose import compose_fields
from bot.request.fields import FIELD_ORDER, FieldKey, Section
from bot.request.record import RequestOffer
from bot.request.vocabulary import FieldState
from bot.understanding.language import DUTCH, LANGUAGES, UNKNOWN
from bot.wording import Wording
from knowledge.vocabulary import Condition, DayPart

WORDING = Wording.load({})
K = FieldKey


def composed(profile: CarerProfile, liked=()) -> dict[FieldKey, object]:
    return {item.key: item for item in compose_fields(profile, None, liked, WORDING)}


RIA = CarerProfile(
    relation=Told("partner", "mijn man"),
    called="uw man",
    conditions=[Told("dementia", "vergeet steeds meer")],
    tasks=[Told("supervision", "ik kan hem niet alleen laten"), Told("household", "ik kook")],
    load_cues=[Told("sleep_loss", "ik slaap niet")],
    wishes=[Told("night_relief", "een nacht doorslapen")],
    hours=Told({"low": 15.0, "high": 15.0, "constant": False}, "een uurtje of vijftien"),
    nights=Told({"low": 7.0, "high": 7.0, "times": 2.0}, "elke nacht twee keer"),
    since=Told({"months_ago": None, "year": 2026, "month": 5}, "sinds mei"),
    living_together=Told("yes", "wij wonen samen"),
    helpers=Told("none", "er is niemand"),
    tried=[Told("dagopvang beviel hem niet", "dagopvang beviel hem niet")],
    carer_place=Told({"municipality": "Ede", "place": "Bennekom", "postcode": None, "state": "stated"}, "Bennekom"),
    contact={"name": "Ria", "phone": "06 12345678"},
    refused=["day_parts", "email"],
)


def test_every_must_of_the_field_table_is_there_and_says_so_when_nobody_asked():
    fields = composed(CarerProfile(refused=["wlz", "fit"]))
    for key in (K.LOVED_ONE_AGREES, K.LOVED_ONE_WANTS, K.CURRENT_HELP, K.TRIED, K.NETWORK, K.WISH, K.DAY_PARTS):
        assert fields[key].state is FieldState.NOT_ASKED, key
    assert (fields[K.WLZ].state, fields[K.FIT].state) == (FieldState.REFUSED, FieldState.REFUSED)


def test_what_she_told_reads_as_plain_dutch_with_her_words_beside_it():
    fields = composed(RIA)
    shown = {key: (item.value, item.words) for key, item in fields.items() if item.state is FieldState.TOLD}
    assert shown == {
        K.RELATION: ("partner", "mijn man"),
        K.LIVING_TOGETHER: ("samen in één huis", "wij wonen samen"),
        K.TASKS: ("opletten, niet alleen laten, huishouden en koken", "ik kan hem niet alleen laten · ik kook"),
        K.HOURS: ("ongeveer 15 uur per week", "een uurtje of vijftien"),
        K.NIGHTS: ("elke nacht, 2 keer per nacht", "elke nacht twee keer"),
        K.SINCE: ("sinds mei 2026", "sinds mei"),
        K.MUNICIPALITY_CARER: ("Bennekom (gemeente Ede)", "Bennekom"),
        K.LOVED_ONE: ("man", "mijn man"),
        K.CONDITIONS: ("dementie of vergeetachtigheid", "vergeet steeds meer"),
        K.WISH: ("een nacht doorslapen", "een nacht doorslapen"),
        K.TRIED: ("dagopvang beviel hem niet", "dagopvang beviel hem niet"),
        K.NETWORK: ("er helpt niemand mee", "er is niemand"),
        K.CONTACT_NAME: ("Ria", "Ria"),
        K.CONTACT_PHONE: ("06 12345678", "06 12345678"),
    }


def test_what_was_not_told_is_never_a_no():
    fields = composed(RIA)
    assert fields[K.DAY_PARTS].state is FieldState.REFUSED
    assert fields[K.CONTACT_EMAIL].state is FieldState.REFUSED
    assert fields[K.PERSEVERANCE].state is FieldState.NOT_ASKED
    assert fields[K.CONTACT_WHEN].state is FieldState.NOT_ASKED
    assert fields[K.DAY_PARTS].value == fields[K.PERSEVERANCE].value == ""


def test_how_heavy_it_is_stays_out_until_she_ticks_it():
    item = composed(RIA)[K.LOAD]
    assert (item.state, item.value) == (FieldState.LEFT_OUT, "slaapt slecht (een signaal, geen test)")


def test_the_band_comes_with_its_reasons_and_her_own_words():
    load = assess_load(RIA)
    item = next(item for item in compose_fields(RIA, load, [], WORDING) if item.key is K.LOAD)
    assert item.state is FieldState.LEFT_OUT
    assert item.value.startswith(WORDING.text(f"utter_load_band_{load.band}"))
    assert "u komt er 's nachts uit" in item.value
    assert "elke nacht twee keer" in item.words


def test_who_lives_together_lives_in_one_municipality():
    item = composed(RIA)[K.MUNICIPALITY_LOVED_ONE]
    assert (item.state, item.value) == (FieldState.DERIVED, "Bennekom (gemeente Ede)")


def test_an_empty_profile_still_makes_a_request_that_can_be_sent():
    fields = compose_fields(CarerProfile(), None, [], WORDING)
    assert {item.state for item in fields if item.key is not K.URGENCY} == {FieldState.NOT_ASKED}
    assert {item.section for item in fields} == set(Section)


def test_the_offers_she_liked_are_named():
    fields = composed(RIA, [RequestOffer("1", "De Buurtkamer"), RequestOffer("2", "Handen in Huis")])
    assert fields[K.OFFERS].value == "De Buurtkamer, Handen in Huis"


def test_a_child_and_the_others_she_cares_for_are_named():
    profile = CarerProfile(
        relation=Told("child", "onze zoon"),
        called="uw zoon",
        loved_one_child=Told(True, "hij is negen"),
        others_cared_for=[Told("parent", "mijn moeder ook")],
    )
    assert composed(profile)[K.LOVED_ONE].value == "zoon (jonger dan 18 jaar). Ook: vader of moeder"


def some(terms):
    return st.lists(st.sampled_from(list(terms)).map(lambda term: Told(term.value, "zei ze")), max_size=3)


numbers = st.none() | st.floats(0, 168)


def maybe(**parts):
    return st.none() | st.builds(Told, st.fixed_dictionaries(parts))


profiles = st.builds(
    CarerProfile,
    relation=st.none() | st.sampled_from(list(Relation)).map(lambda term: Told(term.value)),
    conditions=some(Condition),
    tasks=some(Task),
    load_cues=some(LoadCue),
    wishes=some(Wish),
    day_parts=some(DayPart),
    hours=maybe(low=numbers, high=numbers, constant=st.booleans()),
    nights=maybe(low=numbers, high=numbers, times=numbers),
    since=maybe(months_ago=numbers, year=st.none() | st.integers(1950, 2026), month=st.none() | st.integers(1, 12)),
    living_together=st.none() | st.sampled_from(["yes", "no"]).map(Told),
    perseverance=st.none() | st.sampled_from(["days", "weeks", "months", "longer", "anders"]).map(Told),
    helpers=st.none() | st.sampled_from(["none", "some"]).map(Told),
    refused=st.lists(st.sampled_from(["hours", "nights", "wishes", "phone"])),
)


@given(profiles)
def test_any_profile_gives_ordered_fields_that_are_told_or_say_why_not(profile):
    fields = compose_fields(profile, assess_load(profile), [], WORDING)
    places = [FIELD_ORDER.index(item.key) for item in fields]
    assert places == sorted(set(places))
    for item in fields:
        assert bool(item.value) == (item.state not in (FieldState.NOT_ASKED, FieldState.REFUSED))
        assert "{" not in item.value
        assert "None" not in item.value


@pytest.mark.parametrize(
    ("interpreter", "value", "state"),
    [
        (Told("yes", "Ja, met een tolk"), "graag een tolk: Turks", FieldState.TOLD),
        (Told("no", "Nee, hier verder"), "schrijft Turks; zegt geen tolk nodig te hebben", FieldState.TOLD),
        (None, "schrijft Turks; vraag of er een tolk nodig is", FieldState.DERIVED),
    ],
)
def test_the_receiver_reads_in_which_language_she_writes(interpreter, value, state):
    item = composed(CarerProfile(language=Told("tr"), interpreter=interpreter))[K.INTERPRETER]
    assert (item.value, item.state) == (value, state)


def test_every_language_that_can_be_heard_has_a_name():
    codes = {*LANGUAGES, UNKNOWN} - {DUTCH}
    assert all(WORDING.has(f"utter_field_language_{code}") for code in codes)


def test_who_writes_dutch_has_no_field_for_a_language():
    assert K.INTERPRETER not in composed(CarerProfile())


@pytest.mark.parametrize(
    ("profile", "value"),
    [
        (CarerProfile(role=Told("cared_for")), "heeft zelf zorg nodig"),
        (CarerProfile(role=Told("other"), stance=Told("hypothetical")), "kijkt vooruit; er is nu nog geen zorg"),
        (
            CarerProfile(role=Told("former_carer"), bereaved=Told(True, "overleden")),
            "heeft voor iemand gezorgd; er is iemand overleden",
        ),
    ],
)
def test_the_receiver_knows_when_it_is_not_a_carer_who_asks(profile, value):
    assert composed(profile)[K.ROLE].value == value


@pytest.mark.parametrize("role", [None, Told("carer"), Told("other")])
def test_of_a_carer_nothing_is_said_about_her_role(role):
    assert K.ROLE not in composed(CarerProfile(role=role))


def test_several_people_are_kept_apart_by_name():
    profile = CarerProfile(
        relation=Told("parent", "mijn vader"),
        called="uw vader",
        others_cared_for=[Told("parent", "mijn moeder", about="uw moeder")],
        conditions=[
            Told("parkinson", "parkinson", about="uw vader"),
            Told("dementia", "dement", about="uw moeder"),
            Told("cancer", "kanker"),
        ],
    )
    fields = composed(profile)
    assert fields[K.LOVED_ONE].value == "vader. Ook: moeder"
    assert fields[K.CONDITIONS].value == "vader: parkinson, kanker; moeder: dementie of vergeetachtigheid"
