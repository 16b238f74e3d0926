"""What editors read in a report is about an offer: whoever is named in it is taken out, its own number stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.reports import without_people

TITLES = ("mevrouw", "Mevrouw", "meneer", "dhr.", "mw.", "MEVR.")
SURNAMES = ("Pietersma", "pietersma", "van der Berg", "de Jong", "El Amrani", "Özdemir", "O'Neill", "Smit-Jansen")


def spaced(digits: str) -> st.SearchStrategy[str]:
    """The digits as people write them: with spaces, dots or dashes here and there."""
    gap = st.sampled_from(["", "", "", " ", "-", "."])
    return st.lists(gap, min_size=len(digits), max_size=len(digits)).map(
        lambda gaps: "".join(digit + gap for digit, gap in zip(digits, gaps, strict=True)).rstrip(" -.")
    )


@given(
    st.sampled_from(["0612349876", "+31612349876", "0031612349876"]).flatmap(
        lambda n: spaced(n[-9:]).map(lambda s: n[:-9] + s)
    )
)
def test_a_mobile_number_goes_however_it_is_written(number: str) -> None:
    left = without_people(f"Bel {number} voor meer.")
    assert not any(sign.isdigit() for sign in left)


@given(st.sampled_from(TITLES), st.sampled_from(SURNAMES))
def test_a_name_after_a_title_goes(title: str, surname: str) -> None:
    left = without_people(f"Volgens {title} {surname} is het dicht.")
    assert not [part for part in surname.split() if part[0].isupper() and part in left]
    assert left.endswith("is het dicht.")


@pytest.mark.parametrize(
    "planted",
    [
        "henk.p@voorbeeld.nl",
        "H_P+x@mail.example.org",
        "9711 AB 12",
        "9711ab",
        "111222333",
        "111 222 333",
        "AP-7K3M-2Q",
        "ap7k3m2q",
    ],
)
def test_other_ways_to_a_person_go(planted: str) -> None:
    assert planted not in without_people(f"Het gaat om {planted}, zegt zij.")


@pytest.mark.parametrize(
    "offer",
    [
        "0570-123456",
        "030 760 60 55",
        "0800-2000",
        "14 0570",
        "naast de apotheek",
        "sinds 2026 is het dicht",
        "elke dinsdag van 10.00 tot 12.00",
    ],
)
def test_what_is_of_the_offer_stays(offer: str) -> None:
    assert offer in without_people(f"Het moet zijn: {offer}.")
