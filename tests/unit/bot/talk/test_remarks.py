"""What she says about the talk itself, and stories that only hold a word of it."""

from __future__ import annotations

import pytest

from bot.talk.remarks import (
    asks_to_call,
    asks_where_we_were,
    denies_what_was_heard,
    lives_in_a_home,
    only_tells,
    wants_it_to_go_along,
)


@pytest.mark.parametrize("text", ["ok. waar waren we", "wat vroeg je ook alweer", "Wat was uw vraag?"])
def test_she_asks_where_we_were(text: str) -> None:
    assert asks_where_we_were(text)
    assert not asks_where_we_were("waar waren ze toen mijn moeder viel")


@pytest.mark.parametrize("text", ["Kan je erbij zetten dat het een vrouw moet zijn", "zet dat er maar in"])
def test_something_is_to_go_along(text: str) -> None:
    assert wants_it_to_go_along(text)
    assert not wants_it_to_go_along("mijn zus wil er ook graag naartoe")


@pytest.mark.parametrize("text", ["ik wil gewoon even mijn hart luchten", "k wil ff van me afpraten, het is veel"])
def test_she_only_wants_to_tell(text: str) -> None:
    assert only_tells(text)
    assert not only_tells("ik zoek een oplossing voor de weekenden")


@pytest.mark.parametrize("text", ["mag ik ook bellen?", "Wie moet ik bellen?", "is er een nummer"])
def test_she_would_rather_call(text: str) -> None:
    assert asks_to_call(text)
    assert not asks_to_call("mijn moeder belt de hele dag")


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Mijn man zit sinds maart in het verpleeghuis", True),
        ("hij woont nu in een woonzorgcentrum in Heerenveen", True),
        ("zij woont niet in een verpleeghuis", False),
        ("wij wonen tegenover het verpleeghuis", False),
        ("zij staat op de wachtlijst voor een verpleeghuis", False),
    ],
)
def test_who_lives_in_a_nursing_home(text: str, there: bool) -> None:
    assert lives_in_a_home(text) is there


@pytest.mark.parametrize("text", ["Nee dat heb ik nooit gezegd!", "da heb ik nie gezegd", "ho, dit klopt niet"])
def test_she_denies_what_was_heard(text: str) -> None:
    assert denies_what_was_heard(text)


@pytest.mark.parametrize("text", ["dat heb ik al gezegd", "zijn medicijnen, daar klopt niets van", "klopt dat niet?"])
def test_what_only_sounds_like_a_denial(text: str) -> None:
    assert not denies_what_was_heard(text)
