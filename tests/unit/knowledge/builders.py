"""Short ways to make an offer or a need for a test; every value that matters is in the test itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from knowledge.matching.need import Need
from knowledge.offers.data import find_faults, read_offer
from knowledge.offers.guide import GUIDE, FieldGuide, Shape
from knowledge.offers.record import Offer
from knowledge.places.regions import Spot

SOURCE: dict[str, Any] = {
    "url": "https://example.org",
    "exact": True,
    "age": "recent",
    "date_words": "2026-05",
    "year": 2026,
    "month": 5,
}
PLAIN: dict[str, Any] = {
    "id": "t1",
    "name": "Test",
    "organisation": "Test",
    "kinds": ["home_volunteer"],
    "place": "home",
    "bound_to": "loved_one",
    "area": "Zwolle",
    "scope": "municipality",
    "municipalities": ["Zwolle"],
    "province": "Overijssel",
    "residents_only": True,
    "payers": ["municipality"],
    "source": SOURCE,
    "verify_before_showing": False,
}


def offer(**changes: Any) -> Offer:
    """A recent volunteer at home in Zwolle, with changes."""
    return read_offer({**PLAIN, **changes})


def stay(**changes: Any) -> Offer:
    """A house in Zwolle where people may come from elsewhere, with changes."""
    house = {"id": "t2", "kinds": ["stay"], "place": "away", "residents_only": False, "located_in": "Zwolle"}
    return offer(**{**house, **changes})


def living_in(municipality: str, postcode: str | None = None, **told: Any) -> Need:
    """Someone who lives together with the loved one."""
    spot = Spot(municipality, postcode)
    return Need(carer_at=spot, loved_one_at=spot, **told)


TEXTS = st.text(
    st.characters(
        min_codepoint=32, max_codepoint=0x24F, blacklist_categories=("Cc", "Cs", "Zl", "Zp"), blacklist_characters=";|"
    ),
    min_size=1,
    max_size=30,
).map(lambda text: " ".join(text.split()) or "x")
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31)).map(date.isoformat)
PLACES = st.sampled_from(["Zwolle", "Kampen", "Utrecht", "Bergen (NH.)", "'s-Hertogenbosch"])
INFERABLE = sorted(name for name, guide in GUIDE.items() if guide.inferable)


def values(guide: FieldGuide) -> st.SearchStrategy[Any]:
    """Right plain data of one field, whatever its shape."""
    terms = [term.value for term in guide.vocabulary or ()]
    if guide.shape is Shape.CHECKS:
        return st.lists(blocks(guide), max_size=2)
    if guide.shape in (Shape.PRICE, Shape.SOURCE):
        return blocks(guide)
    return {
        Shape.IDENTIFIER: st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True),
        Shape.LONG_TEXT: st.lists(TEXTS, min_size=1, max_size=3).map("\n".join),
        Shape.TEXTS: st.lists(TEXTS, max_size=3, unique=True),
        Shape.TERM: st.sampled_from(terms or [""]),
        Shape.TERMS: st.lists(st.sampled_from(terms or [""]), max_size=3, unique=True),
        Shape.FLAG: st.booleans(),
        Shape.MAYBE: st.booleans(),
        Shape.COUNT: st.integers(guide.least, guide.most),
        Shape.DAY: DAYS,
        Shape.URL: st.sampled_from(["https://www.voorbeeld.nl/logeren", "http://a.nl:8080/?b=c&d"]),
        Shape.EMAIL: st.sampled_from(["info@voorbeeld.nl", "a.b+c@x.example.org"]),
        Shape.PHONE: st.sampled_from(["038-123 45 67", "+31 38 1234567", "0800-1234", "14 038", "06 12345678"]),
        Shape.POSTCODE: st.sampled_from(["8011", "1012"]),
        Shape.PLACE: PLACES,
        Shape.PLACES: st.lists(PLACES, max_size=3, unique=True),
        Shape.REGION: st.sampled_from(["GGD Twente", "GGD IJsselland"]),
        Shape.PROVINCE: st.sampled_from(["Overijssel", "Utrecht"]),
        Shape.RANGE: st.lists(st.integers(0, 52), min_size=2, max_size=2).map(sorted),
        Shape.AMOUNT: st.sampled_from(["197", "12.50", "0.5"]),
        Shape.FIELD: st.sampled_from(INFERABLE),
        Shape.FIELDS: st.lists(st.sampled_from(INFERABLE), max_size=3, unique=True),
    }.get(guide.shape, TEXTS)


def blocks(guide: FieldGuide) -> st.SearchStrategy[dict[str, Any]]:
    """Right plain data of a field with parts."""
    required = {key: values(part) for key, part in guide.parts.items() if part.required}
    optional = {key: values(part) for key, part in guide.parts.items() if not part.required}
    return st.fixed_dictionaries(required, optional=optional)


@st.composite
def offer_data(draw: st.DrawFn, **fixed: Any) -> dict[str, Any]:
    """Plain data of any offer that can be read, with some fields fixed: what does not go together is left out."""
    required = {name: values(guide) for name, guide in GUIDE.items() if guide.required}
    optional = {name: values(guide) for name, guide in GUIDE.items() if not guide.required}
    data = {**draw(st.fixed_dictionaries(required, optional=optional)), **fixed}
    if not data["kinds"]:
        data["kinds"] = ["stay"]
    for _ in range(9):
        for fault in find_faults(data):
            if fault.field == "source.month":
                data["source"].pop("month")
            elif fault.code in ("needed_for_scope", "radius_centre"):
                data["scope"] = "national"
            elif fault.code == "together":
                data.pop("checked_on", None), data.pop("checked_by", None)
            else:
                data.pop(fault.field.partition(".")[0], None)
    return {name: value for name, value in data.items() if value != []}


def offers(**fixed: Any) -> st.SearchStrategy[Offer]:
    """Any offer at all, with some fields fixed (as plain data), for properties."""
    return offer_data(**fixed).map(read_offer)
