"""The advice for the five carer types is data: a changed line changes an order, and a wrong line is refused."""

from __future__ import annotations

from copy import deepcopy

import pytest
import yaml

from bot.reading import Relation
from knowledge.matching.advice import FAILED_POINTS, SEED, AdviceError, advise, carer_types, read_types
from knowledge.matching.need import RELATIONS, Need
from knowledge.vocabulary import Condition, OfferKind, Urgency
from knowledge.yaml_files import read_yaml
from tests.unit.knowledge.builders import living_in, offer, stay

from .shown import codes, order, weighed

DEMENTIA = frozenset({Condition.DEMENTIA})


def types_from(tmp_path, change):
    data = deepcopy(read_yaml(SEED.read_text("utf-8")))
    change(data["types"])
    path = tmp_path / "types.yml"
    path.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return read_types(path)


@pytest.mark.parametrize(
    ("told", "type_id"),
    [
        ({"relation": "partner", "conditions": DEMENTIA}, "partner_of_old"),
        ({"relation": "partner", "urgency": Urgency.PALLIATIVE, "conditions": DEMENTIA}, "partner_last_phase"),
        ({"loved_one_is_child": True, "carer_works": True}, "working_parent"),
        ({"relation": "in_law", "carer_works": True}, "working_child_of_parent"),
        (
            {"relation": "partner", "carer_works": True, "conditions": frozenset({Condition.YOUNG_DEMENTIA})},
            "partner_changed",
        ),
        ({"relation": "parent"}, None),  # whether she works was not told
        ({"conditions": DEMENTIA}, None),
        ({}, None),
    ],
)
def test_a_type_is_known_by_its_signs_and_what_was_not_told_is_no_sign(told, type_id):
    by_id = {each.id: each.advice for each in carer_types()}
    advice = advise(Need(**told))
    assert advice == by_id[type_id] if type_id else not advice.rises


def test_for_an_older_couple_a_full_takeover_at_home_rises_and_says_why(regions):
    volunteer, full = offer(id="a"), offer(id="b", kinds=["home_24h"])
    need = living_in("Zwolle", relation="partner", conditions=DEMENTIA)
    assert order(living_in("Zwolle", conditions=DEMENTIA), [full, volunteer], regions) == ["a", "b"]
    assert order(need, [full, volunteer], regions) == ["b", "a"]
    assert "advice_takeover_home" in codes(weighed(need, full, regions).match, "fits")


def test_a_changed_line_of_the_data_changes_the_order(regions, tmp_path):
    volunteer, full = offer(id="a"), offer(id="b", kinds=["home_24h"])
    need = living_in("Zwolle", relation="partner", conditions=DEMENTIA)

    def flip(types):
        types["partner_of_old"]["rises"] = [{"kinds": ["home_volunteer"], "by": 30}]

    changed = advise(need, types_from(tmp_path, flip))
    assert order(need, [full, volunteer], regions, changed) == ["a", "b"]


def test_the_first_type_that_holds_counts(tmp_path):
    def turn_round(types):
        for key in reversed(list(types)):
            types[key] = types.pop(key)

    need = Need(relation="partner", urgency=Urgency.PALLIATIVE, conditions=DEMENTIA)
    backwards = types_from(tmp_path, turn_round)
    assert advise(need, backwards) != advise(need)


def test_advice_never_puts_a_stay_before_help_at_home_without_a_wish(regions):
    need = living_in("Zwolle", relation="parent", carer_works=True)
    home = offer(id="home", verify_before_showing=True, status="waiting_list", existence_uncertain=True)
    assert order(need, [stay(id="house"), home], regions) == ["home", "house"]


def test_the_amounts_of_the_seed_stay_below_what_a_bad_experience_weighs():
    for each in carer_types():
        assert max(by for by, _ in each.advice.rises.values()) < FAILED_POINTS


def test_the_relations_are_those_of_the_talk():
    assert {each.value for each in Relation} == RELATIONS


def test_every_kind_that_rises_is_named_by_the_vocabulary_and_every_type_has_its_source():
    assert len(carer_types()) == 5
    assert all(set(each.advice.rises) <= set(OfferKind) for each in carer_types())


@pytest.mark.parametrize(
    "change",
    [
        lambda types: types["partner_of_old"].pop("source"),
        lambda types: types["partner_of_old"].update(signs={}),
        lambda types: types["partner_of_old"].update(signs={"relation": ["aunt"]}),
        lambda types: types["partner_of_old"].update(signs={"works": "yes"}),
        lambda types: types["partner_of_old"].update(signs={"weather": ["rain"]}),
        lambda types: types["partner_of_old"].update(signs={"conditions": ["measles"]}),
        lambda types: types["partner_of_old"].update(rises=[]),
        lambda types: types["partner_of_old"].update(rises=[{"kinds": ["hotel"], "by": 5}]),
        lambda types: types["partner_of_old"].update(rises=[{"kinds": ["stay"], "by": 500}]),
        lambda types: types["partner_of_old"].update(rises=[{"kinds": ["stay"], "by": True}]),
        lambda types: types["partner_of_old"].update(rises=[{"kinds": ["stay"], "by": 5, "because": "why_not"}]),
        lambda types: types["partner_of_old"].update(
            rises=[{"kinds": ["stay"], "by": 5}, {"kinds": ["stay"], "by": 6}]
        ),
    ],
)
def test_a_wrong_line_is_refused_and_the_type_is_named(tmp_path, change):
    with pytest.raises(AdviceError, match="partner_of_old"):
        types_from(tmp_path, change)


@pytest.mark.parametrize("text", ["", "types: []", "types: [", "types: {a: 1}"])
def test_a_broken_file_is_refused(tmp_path, text):
    path = tmp_path / "types.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(AdviceError):
        read_types(path)
