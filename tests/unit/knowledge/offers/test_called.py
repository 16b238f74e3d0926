"""Local product names: found by whole words however they are typed, and kept in step with the catalogue (R58)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue
from knowledge.offers.called import OfferNames
from knowledge.storage import metadata, open_engine, open_sessions
from knowledge.vocabulary import OfferKind
from tests.unit.knowledge.builders import offer, stay

EXTRA = offer(id="extra", aliases=["Wmo-extra", "Zorgpauzé"])
CARD = stay(id="card", aliases=["strippenkaart logeren", "strippenkaart"])
ORDINARY = offer(id="ordinary", aliases=["Er zijn"])
NAMES = OfferNames([EXTRA, CARD, ORDINARY, offer(id="nameless")])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ik had wmo-extra", {"extra"}),
        ("Had ik niet WMO EXTRA?", {"extra"}),
        ("een zorgpauze, daar hoorde ik van", {"extra"}),
        ("de strippenkaart logeren en wmo‑extra.", {"card", "extra"}),
        ("extra geld uit de wmo", set()),
        ("strippenkaarten voor de bus", set()),
        ("er zijn geen mensen die helpen", set()),
        ("", set()),
    ],
)
def test_a_name_is_found_by_whole_words_whatever_capitals_accents_and_hyphens(text, found):
    assert NAMES.called_in(text) == found


def test_a_name_that_several_offers_share_gives_them_all():
    names = OfferNames([CARD, replace(EXTRA, aliases=("Strippenkaart",))])
    assert names.called_in("met mijn strippenkaart") == {"card", "extra"}


ALIASES = st.lists(st.sampled_from(["strippenkaart", "wmo extra", "Wmo-extra", "mantelzorgpas", "er zijn"]), max_size=3)
VERSIONS = st.dictionaries(st.sampled_from("abc"), ALIASES)


def some(versions):
    return [offer(id=key, aliases=list(dict.fromkeys(names))) for key, names in versions.items()]


@given(VERSIONS, VERSIONS, st.sets(st.sampled_from("abc")))
def test_after_changes_the_names_are_those_of_the_offers_that_are_left(before, changed, removed):
    removed -= set(changed)
    left = {key: names for key, names in {**before, **changed}.items() if key not in removed}
    names = OfferNames(some(before)).with_changes(some(changed), {*changed, *removed})
    for text in ("strippenkaart", "de wmo extra", "mantelzorgpas", "mantelzorgpas en strippenkaart"):
        assert names.called_in(text) == OfferNames(some(left)).called_in(text)


@pytest.fixture
def catalogue(tmp_path, regions):
    engine = open_engine(f"sqlite:///{tmp_path / 'test.db'}")
    metadata.create_all(engine)
    yield Catalogue(open_sessions(engine), regions)
    engine.dispose()


def test_the_catalogue_knows_what_is_meant_also_after_a_change(catalogue):
    catalogue.load_seed([EXTRA, CARD])
    assert catalogue.kinds_called("ik had wmo-extra") == {OfferKind.HOME_VOLUNTEER}
    assert catalogue.kinds_called("een strippenkaart en wmo-extra") == {OfferKind.HOME_VOLUNTEER, OfferKind.STAY}
    assert catalogue.kinds_called("gewoon hulp") == frozenset()
    catalogue.save(replace(catalogue.offer("extra"), aliases=("mantelzorgpas",)), by="ann")
    assert catalogue.kinds_called("ik had wmo-extra") == frozenset()
    assert [one.id for one in catalogue.offers_called("mijn mantelzorgpas")] == ["extra"]


def test_the_seed_knows_its_own_names(catalogue):
    catalogue.load_seed()
    assert catalogue.kinds_called("is er ook een strippenkaart?") == {OfferKind.DAY_CARE}
    assert OfferKind.STAY in catalogue.kinds_called("logeeropvang")


def test_what_a_look_up_costs_does_not_grow_with_the_catalogue():
    few, many = (OfferNames([offer(id=f"a{n}", aliases=[f"regeling{n}"]) for n in range(size)]) for size in (10, 2000))
    looked = [0, 0]
    for place, names in enumerate((few, many)):

        class Counted(dict):
            def get(self, key, default=None, place=place):
                looked[place] += 1
                return super().get(key, default)

        names._ids = Counted(names._ids)
        names.called_in("ik hoorde van regeling3 bij de buren")
    assert looked == [7, 7]
