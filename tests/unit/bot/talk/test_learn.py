"""What a message adds to the profile."""

from __future__ import annotations

from bot.profile import CarerProfile, Told
from bot.reading import Cue, Evidence, Hours, LovedOne, Nights, PlaceMention, Reading, Since
from bot.talk.acknowledge import parts_to_acknowledge
from bot.talk.answers import take_choice
from bot.talk.learn import learn
from bot.talk.news import News
from bot.talk.thread import Thread
from bot.talk.typed_answers import take_words


def words(text: str = "x") -> Evidence:
    return Evidence(text, 0, len(text))


def place(*municipalities: str, whose: str = "unknown", exact: bool = True) -> PlaceMention:
    return PlaceMention("laren", "Laren", municipalities, None, exact, whose, words("laren"))


def test_one_message_teaches_several_things_with_their_words() -> None:
    profile = CarerProfile()
    reading = Reading(
        loved_ones=(LovedOne("partner", "uw man", words("mijn man")),),
        conditions=(Cue("dementia", words("vergeet steeds meer")),),
        load_cues=(Cue("sleep_loss", words("slaap niet")),),
        hours=Hours(10, 15, False, words("tien tot vijftien")),
    )
    news = learn(profile, reading, "mijn man vergeet steeds meer en ik slaap niet", Thread(turn=3))
    assert profile.called == "uw man"
    assert profile.relation == Told("partner", "mijn man", 3)
    assert profile.hours is not None
    assert profile.hours.value == {"low": 10, "high": 15, "constant": False}
    assert profile.quotes[0].text.startswith("mijn man vergeet")
    assert [part.name for part in parts_to_acknowledge(news)] == ["condition_dementia", "load_sleep_loss"]


def test_a_correction_replaces_and_a_second_person_is_kept_apart() -> None:
    profile = CarerProfile()
    learn(profile, Reading(loved_ones=(LovedOne("partner", "uw man", words("mijn man")),)), "mijn man", Thread())
    also = "ik zorg ook voor mijn moeder"
    mother = LovedOne("parent", "uw moeder", Evidence("mijn moeder", also.index("mijn"), len(also)))
    learn(profile, Reading(loved_ones=(mother,)), also, Thread())
    assert profile.relation is not None
    assert profile.relation.value == "partner"
    assert [other.value for other in profile.others_cared_for] == ["parent"]
    father = LovedOne("parent", "uw vader", words("mijn vader"))
    news = learn(profile, Reading(loved_ones=(father,), corrects=words("nee niet")), "nee niet mijn man", Thread())
    assert (profile.relation.value, profile.called, news.corrected) == ("parent", "uw vader", True)


def test_hours_that_a_week_does_not_have_are_not_kept() -> None:
    profile = CarerProfile()
    news = learn(profile, Reading(hours=Hours(400, 400, False, words("400 uur"))), "400 uur", Thread())
    assert profile.hours is None
    assert news.odd_hours


def test_an_ambiguous_place_waits_for_her_choice() -> None:
    profile, thread = CarerProfile(), Thread(place_of="carer")
    learn(profile, Reading(places=(place("Laren", "Lochem"),)), "laren", thread)
    assert profile.carer_place is None
    take_choice(profile, thread, "place_which", "Lochem", "Lochem", News())
    assert profile.carer_place is not None
    assert profile.carer_place.value["municipality"] == "Lochem"
    assert profile.carer_place.confirmed
    assert thread.place_options == []


def test_a_misspelled_place_is_derived_until_she_confirms_it() -> None:
    profile, thread = CarerProfile(), Thread(place_of="carer", pending="place_confirm", asked=["place"])
    learn(profile, Reading(places=(place("Deventer", exact=False),)), "deventr", thread)
    assert profile.carer_place is not None
    assert profile.carer_place.value["state"] == "derived"
    take_words(profile, thread, Reading(), "nee", "deny", News())
    assert profile.carer_place is None
    assert "place" not in thread.asked


def test_a_bare_number_answers_the_question_about_nights() -> None:
    profile, thread = CarerProfile(), Thread(pending="nights")
    assert take_words(profile, thread, Reading(number=4), "4", "out_of_scope", News())
    assert profile.nights is not None
    assert profile.nights.value["high"] == 4
    assert thread.pending is None


def test_zero_nights_is_an_answer_and_no_burden() -> None:
    profile = CarerProfile()
    news = learn(profile, Reading(nights=Nights(0, 0, None, words("ik slaap door"))), "ik slaap goed door", Thread())
    assert profile.knows("nights")
    assert not news.broken_nights


def test_what_she_will_not_say_is_never_asked_again() -> None:
    profile, thread = CarerProfile(), Thread(pending="helpers")
    assert take_words(profile, thread, Reading(refuses=words("zeg ik niet")), "zeg ik niet", "skip", News())
    assert profile.refused == ["helpers"]


def test_the_profile_survives_the_slot() -> None:
    profile = CarerProfile()
    learn(
        profile,
        Reading(loved_ones=(LovedOne("child", "uw zoon", words("mijn zoon")),)),
        "mijn zoon slaapt nooit",
        Thread(),
    )
    assert CarerProfile.from_dict(profile.as_dict()) == profile
    assert Thread.from_dict(Thread(pending="place", asked=["place"]).as_dict()) == Thread(
        pending="place", asked=["place"]
    )


def test_a_talk_of_an_older_release_goes_on_without_what_it_no_longer_knows() -> None:
    older = {**Thread(turn=4, asked=["nights"]).as_dict(), "load_for": "request"}
    assert Thread.from_dict(older) == Thread(turn=4, asked=["nights"])


def test_a_village_is_derived_and_one_yes_confirms_one_place() -> None:
    profile, thread = CarerProfile(), Thread(pending="place_confirm", asked=["place", "place_confirm"])
    village = PlaceMention("ter apel", "Ter Apel", ("Westerwolde",), None, True, "loved_one", words(), derived=True)
    near = PlaceMention("Breda", "Breda", ("Breda",), None, True, "carer", words(), near=True)
    learn(profile, Reading(places=(village, near)), "ma woont in ter apel, ik bij Breda", thread)
    take_words(profile, thread, Reading(), "ja", "affirm", News())
    assert profile.loved_one_place is not None
    assert profile.loved_one_place.confirmed
    assert profile.carer_place is not None
    assert not profile.carer_place.confirmed
    assert "place_confirm" not in thread.asked


def test_a_hospital_is_nobodys_home() -> None:
    profile = CarerProfile()
    hospital = PlaceMention("Groningen", "Groningen", ("Groningen",), None, True, "elsewhere", words())
    learn(profile, Reading(places=(hospital,)), "hij ligt in het ziekenhuis in Groningen", Thread())
    assert (profile.carer_place, profile.loved_one_place) == (None, None)


def test_what_is_best_in_words_is_not_turned_into_a_number() -> None:
    profile = CarerProfile()
    since = Since(24, None, None, words("al jaren"), open_ended=True)
    learn(profile, Reading(since=since), "al jaren", Thread())
    assert profile.since is not None
    assert (profile.since.value["months_ago"], profile.since.words) == (None, "al jaren")


def test_a_time_is_when_help_should_come_only_with_a_wish() -> None:
    told = Reading(day_parts=(Cue("night", words("nacht")),))
    wished = Reading(day_parts=told.day_parts, wishes=(Cue("rest", words("rust")),))
    for reading, thread, learned in (
        (told, Thread(), False),
        (wished, Thread(), True),
        (told, Thread(pending="wish"), True),
        (told, Thread(phase="offers"), True),
    ):
        profile = CarerProfile()
        learn(profile, reading, "in de nacht", thread)
        assert bool(profile.day_parts) is learned


def test_a_long_message_is_kept_in_her_words_even_when_nothing_was_recognised() -> None:
    for text, kept in (
        ("het loopt hier allemaal anders dan vroeger", True),
        ("het is wat het is", False),
        ("loopt het hier allemaal anders dan vroeger?", False),
    ):
        profile = CarerProfile()
        learn(profile, Reading(), text, Thread())
        assert [quote.text for quote in profile.quotes] == ([text] if kept else [])
