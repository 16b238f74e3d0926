"""Danger is heard on any text, and what is not danger is let be."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.detection import detect_danger, hearing
from bot.safety.kinds import Danger, DangerKind
from bot.safety.lexicon import read_lexicon
from tests.pace import slowness

EXAMPLES = [(entry, example) for entry in read_lexicon().entries for example in entry.examples]


@pytest.mark.parametrize(("entry", "example"), EXAMPLES, ids=[f"{e.name}: {x}" for e, x in EXAMPLES])
def test_every_example_in_the_patterns_is_heard_as_its_kind(entry, example: str) -> None:
    heard = [danger for danger in hearing().hear_all(example) if danger.kind is entry.kind]
    assert heard, "nothing of this kind was heard"
    if entry.certain:
        assert any(danger.certain for danger in heard)


@pytest.mark.parametrize(
    "text",
    [
        "ik denk niet aan zelfmoord",
        "hij slaat nooit",
        "ik sterf van de slaap",
        "ik lach me dood",
        "hij slaat geen onderwijs over",
        "ik ben doodmoe",
        "we zijn dood op",
        "ik zoek een logeerhuis",
        "er is een wachtlijst",
        "ik ben op",
        "de buurman heeft jaren geleden zelfmoord gepleegd",
        "mijn man kreeg vroeger klappen",
        "",
        "...",
        "👍",
    ],
)
def test_what_is_no_danger_gets_no_alarm_and_no_question(text: str) -> None:
    assert detect_danger(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ik kan niet meer", DangerKind.SUICIDE),
        ("ik wil niet meer", DangerKind.SUICIDE),
        ("soms denk ik: was het maar voorbij", DangerKind.SUICIDE),
        ("ik kan hem wel wurgen, haha", DangerKind.VIOLENCE),
        ("vroeger dacht ik aan zelfmoord", DangerKind.SUICIDE),
        ("ik spring nog eens van het dak 😂", DangerKind.SUICIDE),
    ],
)
def test_doubt_a_joke_and_the_past_are_asked_about(text: str, kind: DangerKind) -> None:
    danger = detect_danger(text)
    assert danger is not None
    assert (danger.kind, danger.certain) == (kind, False)


@pytest.mark.parametrize("more", ["", " slapen", " traplopen", " zo lang staan"])
def test_not_being_able_to_do_a_thing_is_not_being_at_the_end(more: str) -> None:
    assert (detect_danger(f"ik kan niet meer{more}") is not None) is (more == "")


def test_what_is_still_going_on_is_not_past() -> None:
    assert detect_danger("vroeger sloeg hij me") is None
    assert detect_danger("vroeger sloeg hij me en nu slaat hij me weer") is not None


def test_it_knows_whether_it_is_about_the_speaker_or_someone_else() -> None:
    speaker, other = detect_danger("ik wil dood"), detect_danger("mijn vader zegt dat hij dood wil")
    assert speaker is not None
    assert not speaker.other
    assert other is not None
    assert other.other


def test_a_minor_who_is_hit_is_a_child_in_danger() -> None:
    danger = detect_danger("ik ben 12 en mijn broer slaat me")
    assert danger is not None
    assert (danger.kind, danger.other) == (DangerKind.CHILD, False)


def test_of_several_dangers_the_most_pressing_certain_one_is_named() -> None:
    danger = detect_danger("ik kan niet meer. hij ademt niet meer")
    assert danger is not None
    assert danger.kind is DangerKind.MEDICAL


def test_the_words_stand_where_it_says_in_the_message_as_typed() -> None:
    text = "Dus… ik ben ZO moe. K wil ni  meer léven, écht."
    danger = detect_danger(text)
    assert danger is not None
    assert text[danger.start : danger.end] == danger.words
    assert danger.words.startswith("K wil")


@pytest.mark.parametrize("text", ["Ik wil niet meer leven", "Hij slaat mij elke dag", "Ze is bewusteloos"])
def test_capitals_accents_and_composition_change_nothing(text: str) -> None:
    plain = detect_danger(text)
    assert plain is not None
    accented = text.replace("e", "é")
    for shape in (
        text.upper(),
        text.lower(),
        accented,
        unicodedata.normalize("NFD", accented),
        text.replace(" ", "  "),
    ):
        heard = detect_danger(shape)
        assert heard is not None, shape
        assert (heard.kind, heard.certain) == (plain.kind, plain.certain)


@pytest.mark.parametrize("word", ["zelfmort", "zelfmoort", "zlefmoord", "zelfmoooord", "Zelfm00rd", "zelf\u200bmoord"])
def test_typing_errors_do_not_hide_a_word(word: str) -> None:
    assert detect_danger(f"ik denk aan {word}") is not None


@given(st.text(max_size=400))
def test_it_never_raises(text: str) -> None:
    danger = detect_danger(text)
    assert danger is None or text[danger.start : danger.end] == danger.words


@given(st.lists(st.sampled_from([w for _, x in EXAMPLES for w in x.split()] + [".", ",", "niet"]), max_size=40))
def test_it_never_raises_on_the_words_of_danger_in_any_order(words: list[str]) -> None:
    detect_danger(" ".join(words))


@settings(max_examples=25)
@given(st.text(alphabet="bcdefgij ,.", max_size=60))
def test_clear_words_are_heard_after_anything_that_ends_its_sentence(before: str) -> None:
    danger = detect_danger(f"{before}. Ik wil dood.")
    assert danger is not None
    assert danger.certain


ORDINARY = (
    "Mijn man heeft al vier jaar dementie en ik zorg dag en nacht voor hem. 's Nachts loopt hij door het huis, dan ga "
    "ik eruit. Overdag help ik met wassen en aankleden, en ik regel de pillen, de dokter en het vervoer. Mijn dochter "
    "komt op zondag, verder is er niemand. Ik zou zo graag een weekend naar mijn zus gaan, of gewoon een nacht slapen. "
)


def fastest(text: str, times: int) -> float:
    """The least processor time, in seconds: waiting for its neighbours on a busy machine is not counted."""

    def once() -> float:
        begin = time.process_time()
        detect_danger(text)
        return time.process_time() - begin

    return min(once() for _ in range(times))


def test_a_message_takes_less_than_half_a_millisecond_and_ten_thousand_characters_less_than_twenty() -> None:
    slower = slowness()
    assert fastest(ORDINARY[:140], 50) < 0.0005 * slower
    assert fastest((ORDINARY * 30)[:10_000], 10) < 0.020 * slower
    assert fastest((ORDINARY.replace(".", "").replace(",", "") * 30)[:10_000], 10) < 0.020 * slower


@pytest.mark.parametrize("text", ["ik wil dood " * 833, "ik " * 3333, "a" * 10_000, "1," * 5000, "niet " * 2000])
def test_no_text_of_ten_thousand_characters_keeps_it_busy(text: str) -> None:
    assert fastest(text, 3) < 0.2


def test_a_danger_survives_being_stored() -> None:
    danger = detect_danger("mijn moeder wil dood")
    assert danger is not None
    assert Danger.from_dict(danger.as_dict()) == danger
    assert Danger.from_dict(None) is None
