"""What she calls by its local product name (R58): it tells what she wishes, and the offer of that name goes first."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from actions.turn import Turn
from bot.talk.needs import FOR_HERSELF, need_of
from bot.talk.tried import went_wrong
from knowledge.matching.kinds import RELIEF
from knowledge.matching.need import Match, Need, Tried
from knowledge.matching.ranking import weigh
from knowledge.offers.record import Offer
from knowledge.vocabulary import OfferKind, Place, Scope


def need_told(turn: Turn) -> Need:
    """The need that follows from what she told; a name counts as a wish for that kind when she told no other wish."""
    need = need_of(turn.profile, turn.load)
    tried = {one.kind: one for one in (*_tried_by_name(turn), *need.tried)}
    need = replace(need, tried=tuple(tried.values()))
    if turn.thread.in_a_home:  # a house to stay, or help at home, is not for who lives among nurses
        return replace(need, kinds=(need.kinds & FOR_HERSELF) or FOR_HERSELF, place=None)
    if need.kinds or need.place not in (None, Place.EITHER):
        return need
    return replace(need, kinds=_relief(kind for offer in _called(turn) for kind in offer.kinds))


def named_first(
    turn: Turn, need: Need, matches: Sequence[Match], limit: int, left_out: Container[str] = ()
) -> tuple[Match, ...]:
    """The matches, with what she named and is there for her in front; at most ``limit``."""
    services, today = turn.services, turn.services.now().date()
    homes = {spot.municipality for spot in (need.carer_at, need.loved_one_at) if spot}
    hers = (offer for offer in _called(turn) if offer.id not in left_out and _may_be_for(homes, offer))
    weighed = (weigh(offer, need, services.regions, today) for offer in hers)
    named = [each.match for each in sorted((one for one in weighed if one and one.met), key=lambda one: one.order)]
    ids = {match.offer.id for match in named}
    return (*named, *(match for match in matches if match.offer.id not in ids))[:limit]


def _called(turn: Turn) -> tuple[Offer, ...]:
    """What she named in this message or before, without what she says went wrong."""
    profile, catalogue = turn.profile, turn.services.catalogue
    tried = [str(told.value) for told in profile.tried]
    said = [*(quote.text for quote in profile.quotes), *tried, *([] if turn.is_button else [turn.text])]
    failed = {offer.id for words in tried if went_wrong(words) for offer in catalogue.offers_called(words)}
    found = {offer.id: offer for words in said for offer in catalogue.offers_called(words)}
    return tuple(offer for offer_id, offer in found.items() if offer_id not in failed)


def _tried_by_name(turn: Turn) -> Iterator[Tried]:
    for told in turn.profile.tried:
        words = str(told.value)
        for kind in sorted(_relief(turn.services.catalogue.kinds_called(words))):
            yield Tried(kind, True if went_wrong(words) else None, words)


def _relief(kinds: Iterator[OfferKind] | frozenset[OfferKind]) -> frozenset[OfferKind]:
    """A guide or a centre that she names in passing is not what she wishes instead of relief."""
    return frozenset(kinds) & RELIEF


def _may_be_for(homes: set[str], offer: Offer) -> bool:
    """Is it not another municipality's offer of the same name? Cheap, for a name that many share."""
    return offer.scope is not Scope.MUNICIPALITY or bool(homes & {*offer.municipalities, offer.located_in})
