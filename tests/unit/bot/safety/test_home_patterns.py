"""Violence, neglect and children in danger are heard in words nobody wrote a pattern for; their twins are let be."""

from __future__ import annotations

import pytest

from bot.safety.detection import detect_danger, hearing
from bot.safety.kinds import DangerKind

VIOLENCE, NEGLECT, CHILD = DangerKind.VIOLENCE, DangerKind.NEGLECT, DangerKind.CHILD


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mijn schoonzoon vloog me gisteren naar de strot", VIOLENCE),
        ("Toen ik de deur opendeed greep ze me bij mijn haren.", VIOLENCE),
        ("mn broer smeet een vol glas naar me toen ik nee zei", VIOLENCE),
        ("hij roept de hele avond dat hij me gaat afmaken", VIOLENCE),
        ("Mijn vrouw stond vannacht met een schaar naast het bed", VIOLENCE),
        ("mijn neef slaat zijn moeder", VIOLENCE),
        ("mijn kleinzoon dwingt me om geld te pinnen", VIOLENCE),
        ("my son punched me again last night", VIOLENCE),
        ("mein Mann würgt mich wenn er wütend ist", VIOLENCE),
        ("ik heb mijn schoonmoeder aan haar arm over de grond gesleurd", NEGLECT),
        ("ik bond mijn tante met een sjaal vast aan de leunstoel", NEGLECT),
        ("Wij doen opa op slot in de schuur als er visite is", NEGLECT),
        ("mijn zwager heeft al dagen geen eten gekregen van zijn vrouw", NEGLECT),
        ("ik geef haar drie slaappillen zodat ze doorslaapt", NEGLECT),
        ("oma ligt sinds zaterdag in haar eigen plas", NEGLECT),
        ("babam yatağa bağlı değil ama onu odaya kilitliyorum", NEGLECT),
        ("mijn buurjongetje van vijf is elke nacht alleen thuis", CHILD),
        ("de oppas heeft de baby door elkaar geschud", CHILD),
        ("mijn stiefbroer zit 's nachts aan mij", CHILD),
        ("Mijn nichtje heeft striemen op haar rug van de riem", CHILD),
    ],
)
def test_plain_danger_at_home_is_heard_in_other_words(text: str, kind: DangerKind) -> None:
    assert kind in {danger.kind for danger in hearing().hear_all(text)}


@pytest.mark.parametrize(
    "text",
    [
        "ik vertrouw mezelf niet meer met hem",
        "mijn handen jeuken als ze weer begint",
        "we hebben alle scharen verstopt",
        "ik zet 's nachts een kast voor de deur",
        "haar armen zijn bont en blauw",
        "ik denk er steeds aan hem van de trap te duwen",
        "ze is bang voor haar eigen zoon en hij was dronken",
        "mijn vader weegt nog maar 39 kilo",
        "ik kom er niet meer langs, hij bekijkt het maar",
    ],
)
def test_what_may_be_danger_at_home_is_asked_about_first(text: str) -> None:
    danger = detect_danger(text)
    assert danger is not None
    assert not danger.certain


@pytest.mark.parametrize(
    "text",
    [
        "mijn man duwt me in de rolstoel naar de markt",
        "ik duw haar elke dag de heuvel op",
        "de arts heeft de medicijnen verhoogd en ze slaapt nu beter",
        "hij trekt zijn jas zelf aan",
        "de riem van mijn tas is stuk",
        "onze kinderen zijn vanmiddag bij oma",
        "mijn moeder zit graag alleen in de tuin",
        "de hond heeft de postbode gebeten",
        "ik heb de keuken verwaarloosd",
        "mijn zoon slaat zich er goed doorheen",
        "we slapen met de ramen open",
        "hij eet vandaag weinig, morgen komt de diëtist",
        "de deur van de schuur zit klem",
        "ik verschoon het bed elke maandag",
    ],
)
def test_ordinary_care_raises_no_question_about_home(text: str) -> None:
    assert detect_danger(text) is None


@pytest.mark.parametrize("text", ["Ik was haar niet meer.", "Bij ons vliegen de borden door de kamer."])
def test_reassurance_close_by_takes_away_only_what_was_a_question(text: str) -> None:
    assert detect_danger(text) is not None
    assert detect_danger("Mijn zoon slaat mij. De casemanager weet ervan.") is not None


def test_two_harmless_words_together_make_a_question() -> None:
    assert detect_danger("Ze lag in vuile lakens") is None
    together = detect_danger("Ze lag al dagen in vuile lakens")
    assert together is not None
    assert together.kind is NEGLECT
