"""Names, telephone numbers and e-mail addresses as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talk.contact import LONGEST_NAME, read_contact


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ik ben Marijke", "Marijke"),
        ("Mijn naam is Jan de Vries.", "Jan de Vries"),
        ("mevr. El Idrissi", "mevr. El Idrissi"),
        ("  Truus  ", "Truus"),
    ],
)
def test_a_name_is_taken_as_typed(typed: str, name: str) -> None:
    assert read_contact("name", typed) == {"name": name}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("06 12 34 56 78", {"phone": "06 12 34 56 78"}),
        ("bel maar op 0570-123456 na zessen", {"phone": "0570-123456"}),
        ("+32 470 12 34 56", {"phone": "+32 470 12 34 56"}),
        ("jan@voorbeeld.nl", {"email": "jan@voorbeeld.nl"}),
        ("0612345678 of jan@voorbeeld.nl", {"email": "jan@voorbeeld.nl", "phone": "0612345678"}),
        ("12345", {}),
        ("weet ik niet", {}),
    ],
)
def test_a_way_to_reach_her_is_found(typed: str, found: dict[str, str]) -> None:
    assert read_contact("phone", typed) == found


@given(st.text(), st.sampled_from(["name", "phone"]))
def test_any_text_is_read_without_an_error_and_within_bounds(text: str, question: str) -> None:
    found = read_contact(question, text)
    assert set(found) <= {"name", "phone", "email"}
    assert len(found.get("name", "")) <= LONGEST_NAME


@pytest.mark.parametrize("typed", ["gaat je niet aan", "hoewel, doe toch maar", "nee", "ok", "waarom wil je dat weten"])
def test_what_is_said_instead_of_a_name_is_no_name(typed: str) -> None:
    assert read_contact("name", typed) == {}
