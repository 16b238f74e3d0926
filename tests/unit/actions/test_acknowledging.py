"""Every reply begins with what she said: in her own words where they fit, never twice in one form, each fact once."""

from __future__ import annotations

from itertools import pairwise

from bot.reading import Nights, PlaceMention, Reading
from tests.unit.actions.stage import Stage, cue, person, words_at

FIRST = "mijn man heeft parkinson sinds een jaar of vier, en ik ren maar door"
LATER = "het is elke dag hetzelfde liedje hier, ik heb geen minuut voor mezelf"
AGAIN = "de kinderen wonen ver weg en bellen weinig, ik vergader vanaf een keukenstoel"
GUILT = "mijn moeder is dement en ik voel me zo schuldig als ik wegga"


def first() -> Reading:
    husband = person(FIRST, "mijn man", "partner", "uw man")
    return Reading(
        loved_ones=(husband,),
        conditions=(cue(FIRST, "parkinson", "parkinson"),),
        load_cues=(cue(FIRST, "ren", "no_time"),),
    )


async def test_her_own_words_stand_beside_what_else_she_told(stage: Stage) -> None:
    await stage.hears(FIRST, first(), role="carer")
    assert stage.names[0] == "ack_quote"
    assert stage.said[0].text == "Uw man heeft parkinson. En u zegt: “ik ren maar door”."
    assert (stage.thread.acks, stage.thread.last_ack) == (1, "quote")
    assert {"condition_parkinson uw man", "load_no_time"} <= set(stage.thread.acknowledged)


async def test_she_is_quoted_at_most_every_other_time(stage: Stage) -> None:
    await stage.hears(FIRST, first(), role="carer")
    await stage.hears(LATER, Reading(load_cues=(cue(LATER, "hetzelfde", "constant"),)))
    assert stage.names[0].startswith("ack_one")
    await stage.hears(AGAIN, Reading(load_cues=(cue(AGAIN, "vergader", "work_conflict"),)))
    assert stage.names[0].startswith("ack_quote")
    assert "“ik vergader vanaf een keukenstoel”" in stage.said[0].text


async def test_a_place_and_another_language_are_not_quoted(stage: Stage) -> None:
    text = "ik slaap in zutphen op de bank bij haar, mijn moeder kan niet alleen zijn"
    place = PlaceMention("zutphen", "Zutphen", ("Zutphen",), None, True, "unknown", words_at(text, "zutphen"))
    reading = Reading(
        loved_ones=(person(text, "mijn moeder", "parent", "uw moeder"),),
        load_cues=(cue(text, "slaap", "sleep_loss"),),
        places=(place,),
    )
    await stage.hears(text, reading, role="carer")
    assert "“" not in stage.said[0].text
    await stage.hears(AGAIN, Reading(load_cues=(cue(AGAIN, "vergader", "work_conflict"),), language="fy"))
    assert "“" not in stage.said[0].text


async def test_a_fact_is_acknowledged_once_in_a_talk(stage: Stage) -> None:
    text = "ik kom er elke nacht uit voor mijn vader"
    nights = Nights(7, 7, None, words_at(text, "elke nacht"))
    reading = Reading(loved_ones=(person(text, "mijn vader", "parent", "uw vader"),), nights=nights)
    await stage.hears(text, reading, role="carer")
    assert stage.names[0] == "ack_one"
    again = "soms twee keer in een nacht"
    await stage.hears(again, Reading(nights=Nights(5, 6, 2, words_at(again, "een nacht"))))
    assert not any(name.startswith(("ack_one", "ack_two")) for name in stage.names)


async def test_no_form_comes_twice_in_a_row(stage: Stage) -> None:
    said = []
    for value, words in (("body", "rug"), ("no_time", "koor"), ("work_conflict", "baas"), ("getting_worse", "meer")):
        text = f"en dan {words} ook nog"
        await stage.hears(text, Reading(load_cues=(cue(text, words, value),)), role="carer")
        said.append(stage.said[0].text)
    opened = [text.split(":")[0].split(" ")[0] for text in said]
    assert all(one != other for one, other in pairwise(opened)), said


async def test_a_button_gets_a_short_thanks_or_nothing_and_is_not_parroted(stage: Stage) -> None:
    await stage.hears("hallo", intent="greet")
    await stage.presses("Mijn partner")
    assert (stage.names[0], stage.said[0].text) == ("ack_button", "Dank u.")
    assert "uw partner." not in stage.said[0].text
    text = "hij heeft parkinson"
    await stage.hears(text, Reading(conditions=(cue(text, "parkinson", "parkinson"),)))
    await stage.presses("Bijna elke nacht")
    assert stage.names[0] == "ack_button"
    assert "nachten zijn" not in stage.text


async def test_guilt_is_answered_once_and_anger_without_it_is_not(stage: Stage) -> None:
    mother = person(GUILT, "mijn moeder", "parent", "uw moeder")
    guilt = Reading(
        loved_ones=(mother,),
        conditions=(cue(GUILT, "dement", "dementia"),),
        load_cues=(cue(GUILT, "schuldig", "angry_guilty"),),
    )
    await stage.hears(GUILT, guilt, role="carer")
    assert stage.names[:2] == ["ack_one", "ack_guilt"]
    assert "De zorg delen is heel gewoon" in stage.text
    assert "ook voor uw moeder" in stage.text
    assert "“" not in stage.said[0].text
    await stage.hears(GUILT, guilt)
    assert "ack_guilt" not in stage.names


async def test_anger_is_no_guilt(stage: Stage) -> None:
    text = "ik word zo boos op die instanties"
    await stage.hears(text, Reading(load_cues=(cue(text, "boos op", "angry_guilty"),)), role="carer")
    assert "ack_guilt" not in stage.names
    assert stage.names[0] == "ack_one"


async def test_when_it_is_heavy_one_line_of_weight_is_enough_and_it_comes_once(stage: Stage) -> None:
    text = "mijn man is dement, ik kan niet meer en slaap al weken niet"
    husband = person(text, "mijn man", "partner", "uw man")
    cues = (cue(text, "kan niet meer", "breaking_point"), cue(text, "slaap", "sleep_loss"))
    reading = Reading(loved_ones=(husband,), conditions=(cue(text, "dement", "dementia"),), load_cues=cues)
    await stage.hears(text, reading, role="carer")
    assert stage.names[0] in ("ack_two", "ack_quote")
    assert stage.names[1] == "load_heavy"
    assert "mens spreken" in stage.said[1].text
    text = "mijn rug is kapot"
    await stage.hears(text, Reading(load_cues=(cue(text, "rug", "body"),)))
    assert "load_heavy" not in stage.names


async def test_something_heavy_gets_weight_where_no_other_line_gives_it(stage: Stage) -> None:
    text = "ik ben zo moe"
    await stage.hears(text, Reading(load_cues=(cue(text, "moe", "exhausted"),)), role="carer")
    assert stage.names[0] == "ack_one_heavy"
    assert stage.said[0].text == "U bent erg moe. Dat is zwaar."


async def test_a_young_person_has_words_of_her_own(stage: Stage) -> None:
    text = "ik ben 14 en ik zorg voor mijn moeder"
    mother = person(text, "mijn moeder", "parent", "uw moeder")
    await stage.hears(text, Reading(loved_ones=(mother,), minor=cue(text, "14", "yes")), role="carer")
    assert not any(name.startswith("ack_") for name in stage.names)
