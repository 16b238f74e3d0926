"""What sounds like danger and is a holiday, a film, a grave or a fear of help; and beside each the danger itself."""

from __future__ import annotations

import pytest

from bot.safety.detection import detect_danger, hearing
from bot.safety.kinds import DangerKind


@pytest.mark.parametrize(
    "text",
    [
        "Het liefst heb ik dat er iemand bij mijn man blijft als ik weg ben",
        "fijner en beter dat er iemand op haar let als ik weg ben in mei",
        "ik durf niet te slapen want hij gaat dwalen door het huis",
        "ik kan haar wel goed begrijpen",
        "ik heb een serie gekeken waarin een man zijn vrouw vermoordt",
        "als ik dood ben wil ik naast mijn man begraven worden",
        "en sinds pa dood is belt ze nog vaker",
        "ik zoek geen oplossing, alleen een oor",
        "ik wil weten wie dit leest",
        "mijn dochter van 8 is bang voor alles, ook voor de juf",
    ],
)
def test_this_is_no_danger(text: str) -> None:
    assert detect_danger(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "certain"),
    [
        ("jullie zijn beter af als ik weg ben", DangerKind.SUICIDE, True),
        ("ik durf niet te slapen want hij heeft een mes", DangerKind.VIOLENCE, None),
        ("ik kan haar wel wurgen", DangerKind.VIOLENCE, None),
        ("aan wie dit leest: het spijt me", DangerKind.SUICIDE, False),
        ("nu mijn man dood is wil ik ook dood", DangerKind.SUICIDE, True),
        ("ik fiets elke avond over de brug en dan denk ik dingen", DangerKind.SUICIDE, False),
        ("we vonden dat hij een strop had geknoopt", DangerKind.SUICIDE, True),
        ("mijn oom zit met zijn handen aan mijn zusje", DangerKind.CHILD, True),
        ("ik sla tegenwoordig ook terug", DangerKind.VIOLENCE, False),
        ("hij hep een mes in zijn hand en staat bij de deur", DangerKind.VIOLENCE, True),
        ("mijn dochter van 8 is bang voor haar vader", DangerKind.CHILD, None),
    ],
)
def test_this_is_danger_all_the_same(text: str, kind: DangerKind, certain: bool | None) -> None:
    danger = detect_danger(text)
    assert danger is not None
    assert danger.kind is kind
    assert certain in (None, danger.certain)


def test_her_own_joke_about_death_is_heard_as_her_own_and_asked_gently() -> None:
    danger = detect_danger("als hij nog een keer om zijn bril vraagt spring ik van het balkon haha")
    assert danger is not None
    assert (danger.kind, danger.certain, danger.other) == (DangerKind.SUICIDE, False, False)


def test_a_prayer_to_be_fetched_is_despair_and_not_a_threat() -> None:
    danger = detect_danger("elke avond vraag ik God of hij me wil komen halen")
    assert danger is not None
    assert danger.kind is DangerKind.SUICIDE


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("als ik om hulp vraag halen ze hem dan niet bij mij weg", True),
        ("straks worden mijn kinderen afgepakt", True),
        ("mijn man haalt de kinderen op", False),
    ],
)
def test_the_fear_that_help_costs_a_child_is_known_as_that(text: str, explained: bool) -> None:
    assert (DangerKind.CHILD in hearing().explains(text)) is explained
