"""What a carer would see of an offer that is being edited: its card, and what three sample carers would get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from actions.offers import worded_offer
from bot.chats.keys import ChatKeys
from bot.chats.records import Chat
from bot.conversations.records import Message
from channels.desk.catalogue.services import EditorsHouse
from channels.telegram.showing import TelegramShow
from knowledge.matching.find import match_offers
from knowledge.matching.index import OfferIndex
from knowledge.matching.need import Match, Need
from knowledge.matching.ranking import barrier
from knowledge.offers.freshness import Freshness, freshness_of
from knowledge.offers.record import Offer
from knowledge.places.regions import Spot
from knowledge.vocabulary import Condition, DayPart, OfferKind, Place, Urgency
from knowledge.yaml_files import read_yaml

SAMPLES = Path(__file__).with_name("samples.yml")
TELEGRAM = "telegram"
MIDDLE = "Utrecht"  # where a sample stands for an offer of the whole country
_SETS = {"kinds": OfferKind, "conditions": Condition, "day_parts": DayPart}
_ONES = {"place": Place, "urgency": Urgency}


@dataclass(frozen=True)
class SampleLine:
    """One offer that a sample carer gets. ``mark``: "added", "dropped", "moved" or "same"; ``this``: the edited one."""

    id: str
    name: str
    organisation: str
    mark: str
    this: bool


@dataclass(frozen=True)
class Sample:
    """What one carer would get, after the change and before."""

    title: str
    lines: tuple[SampleLine, ...]

    @property
    def changes(self) -> bool:
        """Does the change make a difference to her?"""
        return any(line.mark != "same" for line in self.lines)


@dataclass(frozen=True)
class OfferPreview:
    """``card``: the data of the widget's card, or ``None`` with the reason why nobody gets it (``hidden``).
    ``telegram``: the same as it is sent there, in Telegram's small HTML, in which all but the markup is escaped."""

    card: Mapping[str, Any] | None
    hidden: str
    place: str
    samples: tuple[Sample, ...]
    telegram: str = ""


class OfferPreviews:
    """Makes previews with the matching and the sentences that the talk itself uses."""

    def __init__(self, house: EditorsHouse) -> None:
        self._house = house
        self._samples = _read_samples()
        keys = ChatKeys("a card has no buttons: nothing is signed or sealed", TELEGRAM, house.now)
        self._in_telegram = TelegramShow(house.wording, keys, copy_link=lambda conversation: "")

    def of(self, offer: Offer, *, compared: bool) -> OfferPreview:
        """The card; ``compared``: also the sample needs with and without this version."""
        place = self._place(offer)
        card, hidden = self._card(offer, place)
        samples = self._compared(offer, place) if compared else ()
        return OfferPreview(card, hidden, place, samples, self._sent(card) if card is not None else "")

    def freshness(self, offer: Offer) -> Freshness:
        """How far it may be trusted today."""
        return freshness_of(offer, self._house.today())

    def _sent(self, card: Mapping[str, Any]) -> str:
        """The card as the channel itself makes it."""
        now = self._house.now()
        cards = {"kind": "offers", "offers": [dict(card)]}
        message = Message("", "assistant", None, "", [], cards, now, None)
        pieces = self._in_telegram(Chat("", TELEGRAM, "", "", now), message)
        return "\n\n".join(piece.content["html"] for piece in pieces)

    def _place(self, offer: Offer) -> str:
        for name in (offer.located_in, *offer.municipalities):
            if name and self._house.regions.municipality(name) is not None:
                return name
        inside = (
            one.name
            for one in self._house.regions.municipalities()
            if one.province == offer.province or (offer.ggd_region and one.ggd_region == offer.ggd_region)
        )
        return next(inside, MIDDLE)

    def _card(self, offer: Offer, place: str) -> tuple[Mapping[str, Any] | None, str]:
        """As she sees it who asks for just this, there where it is."""
        spot = Spot(place)
        need = Need(
            kinds=frozenset(offer.kinds[:1]),
            place=offer.place,
            conditions=frozenset(sorted(offer.conditions)[:1]),
            carer_is_minor=offer.young_carers_only or None,
            carer_at=spot,
            loved_one_at=spot,
        )
        regions, today = self._house.regions, self._house.today()
        found = match_offers(need, (offer,), regions, today)
        match = next(iter((*found.matches, *found.near_misses)), None)
        if match is not None:
            return self._worded(match), ""
        why = barrier(offer, need, regions, today)
        return None, self._house.wording.text(f"utter_reason_{why.code}", **why.values) if why else ""

    def _worded(self, match: Match) -> Mapping[str, Any]:
        turn: Any = SimpleNamespace(words=self._house.wording, services=SimpleNamespace(now=self._house.now))
        return worded_offer(turn, match)

    def _compared(self, offer: Offer, place: str) -> tuple[Sample, ...]:
        """The sample needs in that place, with the catalogue as it is and as it would be."""
        present = self._house.catalogue.index()
        changed = present.with_changes((offer,), ())
        samples = []
        for title, need in self._samples:
            here = replace(need, carer_at=Spot(place), loved_one_at=Spot(place))
            lines = _beside(self._found(here, present), self._found(here, changed), offer.id)
            samples.append(Sample(title, lines))
        return tuple(samples)

    def _found(self, need: Need, offers: OfferIndex) -> list[Offer]:
        matching = match_offers(need, offers, self._house.regions, self._house.today())
        return [match.offer for match in matching.matches]


def _beside(before: list[Offer], after: list[Offer], this: str) -> tuple[SampleLine, ...]:
    """What she gets after the change, in order, and what falls away."""
    places = {offer.id: number for number, offer in enumerate(before)}
    kept = [offer.id for offer in before if offer.id in {one.id for one in after}]
    lines = []
    for offer in after:
        mark = "added" if offer.id not in places else "same"
        if mark == "same" and kept.index(offer.id) != [one.id for one in after if one.id in places].index(offer.id):
            mark = "moved"
        lines.append(SampleLine(offer.id, offer.name, offer.organisation, mark, offer.id == this))
    staying = {offer.id for offer in after}
    dropped = (offer for offer in before if offer.id not in staying)
    return (*lines, *(SampleLine(one.id, one.name, one.organisation, "dropped", one.id == this) for one in dropped))


def _read_samples() -> tuple[tuple[str, Need], ...]:
    blocks = read_yaml(SAMPLES.read_text(encoding="utf-8"))
    return tuple(
        (block.pop("title"), Need(**{name: _value(name, one) for name, one in block.items()})) for block in blocks
    )


def _value(name: str, value: Any) -> Any:
    if name in _SETS:
        return frozenset(_SETS[name](one) for one in value)
    return _ONES[name](value) if name in _ONES else value
