"""The preview: the card of the talk itself, and what three carers get with and without a change."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from channels.desk.catalogue.preview import OfferPreviews, _beside
from knowledge.vocabulary import DayPart, OfferKind, OfferStatus, Place


def named(site, ids):
    return [replace(site.catalogue.offer("o001"), id=one, name=one) for one in ids]


def test_a_stopped_offer_is_shown_to_nobody_and_says_why(site):
    previews = OfferPreviews(site.house)
    ended = previews.of(replace(site.catalogue.offer("o002"), status=OfferStatus.ENDED), compared=False)
    assert ended.card is None
    assert ended.hidden


def test_a_new_offer_shows_up_for_the_sample_it_is_for_and_for_no_other(site):
    offer = replace(
        site.catalogue.offer("o004"),
        id="nieuw",
        name="Weekendhuis",
        organisation="Vrij",
        place=Place.AWAY,
        kinds=(OfferKind.STAY_CHILD,),
        conditions=frozenset(),
        day_parts=frozenset({DayPart.WEEKEND}),
        ages=frozenset(),
        status=OfferStatus.ACTIVE,
    )
    home, child, _ = OfferPreviews(site.house).of(offer, compared=True).samples
    assert [line.mark for line in child.lines if line.this] == ["added"]
    assert all(not line.this for line in home.lines)


def test_an_offer_as_it_stands_changes_nothing_for_anybody(site):
    previews = OfferPreviews(site.house)
    for offer in site.catalogue.offers():
        assert not any(sample.changes for sample in previews.of(offer, compared=True).samples), offer.id


def test_the_sentence_of_the_card_is_that_of_the_talk(site):
    card = site.preview(site.catalogue.offer("o002")).card
    assert card["name"] == "Steunpunt Mantelzorg Humanitas Groningen"
    assert card["freshness"] in site.house.wording.text("utter_freshness_unchecked", month_year="februari 2024")


async def test_the_preview_of_telegram_is_what_the_channel_sends(site, els):
    """Not a text of our own: the very sender makes it, with the reasons it has room for."""
    card = site.preview(site.catalogue.offer("o002")).card
    page = unescape((await els.get("/desk/catalogus/aanbod/o002/bekijken")).text)
    text = page.split('<div class="as-text">')[1].split("</div>")[0]
    told = [card["name"], card["kind"], card["phone"], card["freshness"], *card["fits"], *card["unknowns"][:4]]
    assert [one for one in told if one not in text] == []
    assert set(re.findall(r"<(\w+)", text)) <= {"b", "i", "a", "blockquote"}


def test_what_an_editor_typed_is_no_markup_in_the_preview_of_telegram(site):
    offer = replace(site.catalogue.offer("o002"), name="<img src=x onerror=alert(1)>")
    assert "<img" not in site.preview(offer).telegram


IDS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=3)


@given(before=IDS, after=IDS)
def test_beside_each_other_the_two_lists_tell_exactly_what_changed(before, after):
    offer = _Named
    lines = _beside([offer(one) for one in before], [offer(one) for one in after], "a")
    marks = {line.id: line.mark for line in lines}
    assert {one for one, mark in marks.items() if mark == "added"} == set(after) - set(before)
    assert {one for one, mark in marks.items() if mark == "dropped"} == set(before) - set(after)
    assert [line.id for line in lines if line.mark != "dropped"] == after
    kept = [one for one in before if one in after]
    moved = kept != [one for one in after if one in before]
    assert any(mark == "moved" for mark in marks.values()) is moved
    assert [line.id for line in lines if line.this] == [one for one in [*after, *before] if one == "a"][:1]


class _Named:
    def __init__(self, one: str) -> None:
        self.id = self.name = self.organisation = one
