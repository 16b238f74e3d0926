"""What stands beside the form of a record: how a carer sees it, who reported it, where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from channels.desk.catalogue.preview import OfferPreview, OfferPreviews
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.catalogue.shelves import OfferShelf, Shelf
from channels.desk.catalogue.uses import Use, uses_of
from channels.desk.catalogue.workbench import Work
from knowledge.curation.duplicates import Likeness, find_duplicates
from knowledge.curation.record import RecordKind
from knowledge.curation.reports import Report
from knowledge.offers.data import read_offer
from knowledge.offers.freshness import Freshness
from knowledge.offers.record import Offer


@dataclass(frozen=True)
class Twin:
    """Another offer that may be the same one."""

    offer: Offer
    likeness: Likeness


@dataclass(frozen=True)
class Beside:
    """What an editor sees beside the form; what does not concern this kind is empty."""

    offer: OfferPreview | None = None
    freshness: Freshness | None = None
    twins: tuple[Twin, ...] = ()
    reports: tuple[Report, ...] = ()
    uses: tuple[Use, ...] = ()
    said: str = ""


class BesideForm:
    """Gathers what stands beside a form."""

    def __init__(self, house: EditorsHouse) -> None:
        self._house = house
        self._previews = OfferPreviews(house)

    def of(self, shelf: Shelf, work: Work, body: Mapping[str, Any] | None, *, compared: bool) -> Beside:
        """``body`` is ``None`` while something is wrong. ``compared``: also who would get it, before and after."""
        if isinstance(shelf, OfferShelf):
            return self._offer(work, body, compared=compared)
        if shelf.kind is RecordKind.FACT:
            return Beside(uses=uses_of(work.id, self._house.records) if work.id else ())
        if shelf.kind in (RecordKind.ANSWER, RecordKind.BANNER) and body is not None:
            return Beside(said=self._said(str(body["text"])))
        return Beside()

    def _offer(self, work: Work, body: Mapping[str, Any] | None, *, compared: bool) -> Beside:
        reports = self._house.reports.open(work.id) if work.id else ()
        if body is None:
            return Beside(reports=reports)
        offer = read_offer({**body, "id": work.id or "nieuw"})
        preview = self._previews.of(offer, compared=compared)
        return Beside(preview, self._previews.freshness(offer), self._twins(offer), reports)

    def _twins(self, offer: Offer) -> tuple[Twin, ...]:
        """Offers of the same places that look alike; the whole catalogue need not be compared."""
        places = set(offer.municipalities)
        near = {
            one.id: one
            for one in self._house.catalogue.offers()
            if one.id != offer.id and (places & set(one.municipalities) if places else not one.municipalities)
        }
        found = find_duplicates((*near.values(), offer), among=(offer.id,))
        others = ((each.one if each.other == offer.id else each.other, each) for each in found)
        return tuple(Twin(near[other], each) for other, each in others if other in near)

    def _said(self, text: str) -> str:
        """An answer with its facts filled in, as a carer reads it."""
        for key, value in self._house.facts.values().items():
            text = text.replace(f"{{fact_{key}}}", value)
        return text
