"""Offers to propose to one carer: the ones she already saw first, then what the catalogue holds; as cards with reasons.

The cards are made by the matching and the sentences of the talk itself, so the coordinator chooses what she will read.
What is known of her need at the desk is what she shared: where it is, and what the matter is with her loved one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from actions.offers import worded_offer
from bot.request.fields import FieldKey
from bot.request.record import Request
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.request_screen import offers_to_read
from knowledge.matching.find import match_offers
from knowledge.matching.need import Match, Need
from knowledge.matching.ranking import weigh
from knowledge.offers.record import Offer
from knowledge.places.names import key_of
from knowledge.places.regions import Spot
from knowledge.vocabulary import Condition, OfferKind

MOST_FOUND = 12
MOST_TYPED = 200


@dataclass(frozen=True)
class Wanted:
    """What somebody asks of the catalogue. ``municipality``: where the offer must serve; ``kind`` "" is any."""

    words: str = ""
    kind: str = ""
    municipality: str = ""

    @property
    def kinds(self) -> frozenset[OfferKind]:
        """The kind, when it is one."""
        return frozenset(kind for kind in OfferKind if kind.value == self.kind)


@dataclass(frozen=True)
class Candidate:
    """An offer as a card, for somebody in ``place``; ``nearly``: it does not fit yet."""

    card: dict[str, Any]
    place: str

    @property
    def id(self) -> str:
        """The id of the offer."""
        return str(self.card["id"])

    @property
    def code(self) -> str:
        """What a form calls this choice: the offer, and the municipality for which its reasons hold."""
        return f"{self.id}@{self.place}"

    @property
    def nearly(self) -> bool:
        """Is something in the way?"""
        return bool(self.card["would_fit"])


class ProposalSearch:
    """Looks for offers with one request in hand."""

    def __init__(self, house: EditorsHouse) -> None:
        self._house = house

    def knows(self, municipality: str) -> bool:
        """Is there a municipality of this name?"""
        return self._house.regions.municipality(municipality) is not None

    def shown_to(self, request: Request, *, informal: bool) -> list[Candidate]:
        """What she saw in the talk and can still be proposed, with the reasons that she read then."""
        need, found = _need(request, request.municipality), []
        for seen in offers_to_read(request, self._house.now()):
            offer = self._house.catalogue.offer(seen.offer_id)
            match = self._match(offer, need) if offer is not None else None
            if match is None:
                continue
            card = self._card(match, informal=informal)
            if seen.reasons:
                card = {**card, "fits": list(seen.reasons), "would_fit": []}
            found.append(Candidate(card, request.municipality))
        return found

    def find(self, request: Request, wanted: Wanted, *, informal: bool) -> list[Candidate]:
        """The best that serve that municipality, at most ``MOST_FOUND``; every word that was typed stands in them."""
        need = replace(_need(request, wanted.municipality), kinds=wanted.kinds)
        words = [key_of(word) for word in wanted.words[:MOST_TYPED].split()]
        matches = self._among(words, need) if words else self._best(need)
        return [Candidate(self._card(match, informal=informal), wanted.municipality) for match in matches]

    def chosen(self, request: Request, codes: Iterable[str], *, informal: bool) -> list[Candidate]:
        """The offers of these codes that can be proposed, each once, in this order; what is gone is not among them."""
        shown = {one.code: one for one in self.shown_to(request, informal=informal)}
        found: dict[str, Candidate] = {}
        for code in codes:
            candidate = shown.get(code) or self._at(request, *code.partition("@")[::2], informal=informal)
            if candidate is not None:
                found.setdefault(candidate.id, candidate)
        return list(found.values())

    def _at(self, request: Request, offer_id: str, place: str, *, informal: bool) -> Candidate | None:
        offer = self._house.catalogue.offer(offer_id)
        match = self._match(offer, _need(request, place)) if offer is not None and self.knows(place) else None
        return Candidate(self._card(match, informal=informal), place) if match is not None else None

    def _best(self, need: Need) -> list[Match]:
        index, today = self._house.catalogue.index(), self._house.today()
        matching = match_offers(need, index, self._house.regions, today, limit=MOST_FOUND)
        found = {match.offer.id: match for match in (*matching.matches, *matching.near_misses)}
        return [match for match in found.values() if not need.kinds or need.kinds & set(match.offer.kinds)][:MOST_FOUND]

    def _among(self, words: list[str], need: Need) -> list[Match]:
        named = (offer for offer in self._house.catalogue.offers() if all(word in _found_by(offer) for word in words))
        fitting = (offer for offer in named if not need.kinds or need.kinds & set(offer.kinds))
        weighed = (weigh(offer, need, self._house.regions, self._house.today()) for offer in fitting)
        best = sorted((one for one in weighed if one is not None), key=lambda one: one.order)
        return [one.match for one in best[:MOST_FOUND]]

    def _match(self, offer: Offer, need: Need) -> Match | None:
        weighed = weigh(offer, need, self._house.regions, self._house.today())
        return weighed.match if weighed is not None else None

    def _card(self, match: Match, *, informal: bool) -> dict[str, Any]:
        words = self._house.wording.in_je() if informal else self._house.wording
        turn: Any = SimpleNamespace(words=words, services=SimpleNamespace(now=self._house.now))
        return worded_offer(turn, match)


def _need(request: Request, municipality: str) -> Need:
    spot = Spot(municipality)
    shared = request.shared(FieldKey.CONDITIONS).casefold()
    conditions = frozenset(condition for condition in Condition if condition.label.casefold() in shared)
    return Need(carer_at=spot, loved_one_at=spot, conditions=conditions, urgency=request.urgency)


def _found_by(offer: Offer) -> str:
    names = (offer.name, offer.organisation, offer.area, offer.located_in or "", offer.label)
    return " ".join(key_of(name) for name in (*names, *offer.municipalities, *offer.aliases))
