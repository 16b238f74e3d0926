"""Every reason that can be told has its line, every line its reason, and every line can be filled."""

from __future__ import annotations

import ast
import itertools
import json
import string
from datetime import date
from pathlib import Path

from knowledge import matching
from knowledge.matching.find import match_offers
from knowledge.matching.need import Need
from knowledge.matching.presentation import describe_match
from knowledge.matching.ranking import barrier
from knowledge.offers.freshness import CODES
from knowledge.places.regions import Spot
from knowledge.vocabulary import Condition, DayPart, OfferKind, Place, UnmetReason, Urgency
from knowledge.yaml_files import read_yaml

from .builders import living_in, offer

ROOT = Path(__file__).resolve().parents[3]
WORDING = {
    name: variants[0]["text"]
    for name, variants in read_yaml((ROOT / "nlu_data/domain/reasons.yml").read_text("utf-8"))["responses"].items()
}
TODAY = date(2026, 11, 22)


def codes_in_source() -> set[str]:
    """The first argument of every ``Reason(...)`` in the room that gives reasons."""
    found: set[str] = set()
    for module in Path(matching.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
                first = node.args[0]
                options = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
                assert all(isinstance(each, ast.Constant) for each in options), ast.dump(first)
                found |= {each.value for each in options}
    return found


def named(prefix: str) -> set[str]:
    return {name.removeprefix(prefix) for name in WORDING if name.startswith(prefix)}


def test_every_reason_has_its_line_and_every_line_its_reason():
    assert named("utter_reason_") == codes_in_source()


def test_every_freshness_and_every_unmet_need_has_its_line_and_the_reverse():
    assert named("utter_freshness_") == CODES
    assert named("utter_unmet_") == {reason.value for reason in UnmetReason}


def test_every_line_is_short_and_promises_nothing():
    for name, text in WORDING.items():
        assert len(text) <= 130, name
        assert "!" not in text, name
        assert not any(phrase in text.lower() for phrase in ("recht op", "u moet", "er is plek.", "zelfredzaam")), name


def needs():
    for place, conditions, child in itertools.product(
        ("Groningen", "Zwolle", "'s-Gravenhage", "Utrecht", "Hoogeveen", "Alkmaar", "Amersfoort"),
        (frozenset(), frozenset({Condition.DEMENTIA}), frozenset({Condition.YOUNG_DEMENTIA, Condition.AUTISM})),
        (None, True, False),
    ):
        yield living_in(place, conditions=conditions, loved_one_is_child=child)
        yield living_in(place, conditions=conditions, day_parts=frozenset({DayPart.NIGHT}), place=Place.HOME)
        yield Need(carer_at=Spot(place), kinds=frozenset({OfferKind.STAY}), urgency=Urgency.PALLIATIVE)
        yield Need(loved_one_at=Spot(place), carer_is_minor=True)
    yield Need(conditions=frozenset({Condition.DEMENTIA}))
    yield living_in("Ommen", "7732", urgency=Urgency.SOON)


def test_every_line_can_be_filled_with_the_values_of_its_reason(offers, regions):
    used = set()
    for need in needs():
        found = match_offers(need, offers, regions, TODAY, limit=100)
        for match in found.matches + found.near_misses:
            card = describe_match(match, TODAY)
            for reason in card["fits"] + card["misfits"] + card["unknowns"]:
                line = WORDING[f"utter_reason_{reason['code']}"]
                fields = {field for _, field, _, _ in string.Formatter().parse(line) if field}
                assert fields <= set(reason["values"]), reason
                assert all(isinstance(value, str) and value for value in reason["values"].values()), reason
                used.add(reason["code"])
            fresh = card["freshness"]
            assert WORDING[f"utter_freshness_{fresh['code']}"].format(**fresh["values"])
        for each in offers:
            why = barrier(each, need, regions)
            if why:
                assert WORDING[f"utter_reason_{why.code}"].format(**why.values)
                used.add(why.code)
    assert len(used) > 35


def test_a_card_is_plain_json_with_an_honest_phone_price_and_payer(by_id, regions):
    need = living_in("Rotterdam", conditions=frozenset({Condition.DEMENTIA}))
    found = match_offers(need, by_id.values(), regions, TODAY, limit=100).matches
    cards = {match.offer.id: describe_match(match, TODAY) for match in found}
    assert json.loads(json.dumps(cards)) == cards
    assert cards["o071"]["phone"] is None  # undated source
    assert cards["o071"]["payers_certain"] is False
    assert {"code": "price", "values": {}} in cards["o071"]["unknowns"]
    price = {"code": "price_in_year", "values": {"euros": "197", "per": "24 uur", "year": "2026"}}
    assert price in cards["o107"]["unknowns"]
    assert cards["o107"]["unlabelled"] is True
    assert cards["o071"]["unlabelled"] is False


def test_notes_and_money_words_for_editors_are_not_on_a_card(regions):
    secret = offer(note="GEHEIM", money_words="GEHEIM")
    (match,) = match_offers(living_in("Zwolle"), [secret], regions, TODAY).matches
    assert "GEHEIM" not in json.dumps(describe_match(match, TODAY))
