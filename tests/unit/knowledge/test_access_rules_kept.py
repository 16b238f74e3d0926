"""Municipal access rules as editors keep them, and which a carer hears of: only what holds there, and two at most."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schema import migrate
from knowledge.access.data import read_local_rules
from knowledge.access.fitting import MOST_LINES, lines_beside_offers
from knowledge.access.guide import RULES, RuleAnswer, ShownWhen
from knowledge.access.record import LocalRules, Standing
from knowledge.access.rules import AccessRules, all_local_rules, read_seed, rules_to_check
from knowledge.curation import attention
from knowledge.curation.record import RecordKind
from knowledge.curation.records import Records
from knowledge.curation.reports import Reports
from knowledge.desks import Desks
from knowledge.facts import Facts
from knowledge.matching.need import Need
from knowledge.storage import open_engine, open_sessions
from knowledge.vocabulary import OfferKind, Urgency
from tests.unit.knowledge.local_rules import REGIONS, TODAY, local, local_data, rule_data

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    engine = open_engine(f"sqlite:///{tmp_path / 'rules.db'}")
    migrate(engine)
    yield Records(open_sessions(engine), lambda: NOW)
    engine.dispose()


# -- the store ------------------------------------------------------------------------------------------------------


def test_the_seed_holds_only_what_the_sources_name_and_shows_nothing() -> None:
    seed = read_seed(REGIONS)
    assert {body["municipality"] for body in seed.values()} == {"Almere", "Deventer", "Lisse"}
    for code, body in seed.items():
        rules = read_local_rules(code, body, [each.name for each in REGIONS.municipalities()])
        for key, rule in rules.rules.items():
            assert rule.standing(TODAY) is Standing.UNVERIFIED
            assert rules.answer(key, TODAY) is RuleAnswer.UNKNOWN
            assert rule.source
            assert rule.source_year
        assert "wmo_melding" not in rules.rules


def test_the_seed_stands_in_the_queue_of_the_editors(records: Records) -> None:
    rules = AccessRules(records, REGIONS)
    assert rules.load_seed().added == 3
    queue = rules_to_check(all_local_rules(records), TODAY)
    waiting = [(place.municipality, rule.key, standing) for place, rule, standing in queue]
    assert waiting == [
        ("Almere", "vrij_budget", Standing.UNVERIFIED),
        ("Deventer", "spoedroute", Standing.UNVERIFIED),
        ("Lisse", "hh_toelage_breed", Standing.UNVERIFIED),
        ("Lisse", "adviseur_indiceert", Standing.UNVERIFIED),
    ]


def test_a_change_is_read_at_once_and_counts_for_that_municipality_only(records: Records) -> None:
    rules = AccessRules(records, REGIONS)
    rules.load_seed()
    assert rules.for_municipality("Deventer").holding("spoedroute", TODAY) is None
    body = local_data(spoedroute=rule_data("spoedroute"))
    published = records.publish(RecordKind.ACCESS_RULES, "GM0150", body, by="Els", base_revision=1)
    assert rules.for_municipality("Deventer").holding("spoedroute", TODAY) is not None
    assert rules.for_municipality("Zwolle").holding("spoedroute", TODAY) is None
    body = local_data(spoedroute=rule_data("spoedroute", answer="no"))
    records.publish(RecordKind.ACCESS_RULES, "GM0150", body, by="Els", base_revision=published.revision)
    assert rules.for_municipality("Deventer").answer("spoedroute", TODAY) is RuleAnswer.NO


def test_a_new_municipality_needs_no_code(records: Records) -> None:
    rules = AccessRules(records, REGIONS)
    code = REGIONS.municipality("Zwolle").code
    body = local_data("Zwolle", respijtwijzer=rule_data("respijtwijzer"))
    records.publish(RecordKind.ACCESS_RULES, code, body, by="Els", base_revision=0)
    assert rules.for_municipality("Zwolle").holding("respijtwijzer", TODAY) is not None


def test_an_unknown_place_and_a_broken_record_tell_nothing(records: Records) -> None:
    rules = AccessRules(records, REGIONS)
    records.publish(RecordKind.ACCESS_RULES, "GM0150", {"rules": "stuk"}, by="Els", base_revision=0)
    assert not rules.for_municipality("Deventer").rules
    assert not rules.for_municipality("Nergenshuizen").rules


# -- choosing -------------------------------------------------------------------------------------------------------

EVERYTHING = local(**{key: rule_data(key) for key in RULES})


def keys(need: Need, carer: LocalRules | None = EVERYTHING, loved_one: LocalRules | None = EVERYTHING) -> list[str]:
    return [rule.key for _, rule in lines_beside_offers(need, carer, loved_one, TODAY)]


def test_the_best_fit_comes_first_and_there_are_two_at_most() -> None:
    assert keys(Need(kinds=frozenset({OfferKind.HOUSEHOLD_HELP}))) == ["hh_mantelzorger", "hh_toelage_breed"]
    assert MOST_LINES == 2


def test_a_free_budget_is_for_who_cannot_wait() -> None:
    assert "vrij_budget" not in keys(Need(urgency=Urgency.NORMAL))
    only = local(vrij_budget=rule_data("vrij_budget"))
    assert keys(Need(urgency=Urgency.EMERGENCY), only, only) == ["vrij_budget"]


def test_whose_municipality_decides_follows_from_the_rule() -> None:
    here = local("Deventer", respijtwijzer=rule_data("respijtwijzer"), hh_mantelzorger=rule_data("hh_mantelzorger"))
    assert keys(Need(), carer=here, loved_one=None) == ["hh_mantelzorger"]
    assert keys(Need(), carer=None, loved_one=here) == ["respijtwijzer"]


@given(
    st.sets(st.sampled_from(OfferKind), max_size=3),
    st.sampled_from(Urgency),
    st.sets(st.sampled_from(sorted(RULES))),
)
def test_only_what_holds_and_is_meant_for_it_is_told(
    kinds: set[OfferKind], urgency: Urgency, present: set[str]
) -> None:
    rules = local(**{key: rule_data(key) for key in present})
    found = keys(Need(kinds=frozenset(kinds), urgency=urgency), rules, rules)
    assert len(found) == len(set(found)) <= MOST_LINES
    for key in found:
        guide = RULES[key]
        assert key in present
        assert guide.shown is ShownWhen.AFTER_OFFERS
        assert not (guide.kinds and kinds) or guide.kinds & kinds
        assert not guide.urgencies or urgency in guide.urgencies
    assert keys(Need(kinds=frozenset(kinds), urgency=urgency), rules, rules) == found


def test_what_waits_or_ended_needs_an_editor_today(records: Records) -> None:
    AccessRules(records, REGIONS).load_seed()
    ended = rule_data("respijtwijzer", valid_until="2026-11-22")
    body = local_data("Zwolle", respijtwijzer=ended, spoedroute=rule_data("spoedroute"))
    records.publish(RecordKind.ACCESS_RULES, "GM0193", body, by="Els", base_revision=0)
    queue = attention.items(records, (), Facts(()), Desks(()), Reports(records._sessions, lambda: NOW), TODAY, REGIONS)
    found = {(one.name.partition(":")[0], one.why, one.details) for one in queue if one.kind is RecordKind.ACCESS_RULES}
    assert ("Zwolle", attention.Why.OVERDUE, ("2026-11-22",)) in found
    assert {(name, why) for name, why, _ in found if name != "Zwolle"} == {
        (name, attention.Why.WAITING) for name in ("Almere", "Deventer", "Lisse")
    }
    assert len([one for one in found if one[0] == "Zwolle"]) == 1
