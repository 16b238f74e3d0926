"""Questions for another desk: a kind answer with the door next to ours, and a care story first when there is one."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from actions.turn import Turn
from knowledge.offers.record import Offer
from knowledge.vocabulary import OfferKind

LONGEST_PLACE = 5  # words
ALSO = 0.3
"""From this chance a message that tells of care also asks something else."""
CARE = {"relation", "others_cared_for", "conditions", "tasks", "load_cues"}


def is_out_of_scope(turn: Turn) -> bool:
    """Is the whole message for another desk, with nothing in it to take up or that answers our question?"""
    sure = turn.intent == "out_of_scope" and not turn.is_guess and not turn.must_be_taken_as_typed
    return sure and not turn.news and not turn.answered and not may_be_a_place(turn)


def may_be_a_place(turn: Turn) -> bool:
    """A few words after "in welke plaats?" are a place we do not know, sooner than another desk's question."""
    words = turn.text.split()
    named = len(words) <= 2 or any(word[:1].isupper() for word in words[1:])
    return turn.thread.pending == "place" and not turn.asks and named and len(words) <= LONGEST_PLACE


def show_door(turn: Turn) -> None:
    """Say kindly where this question is at home; the editors see what was asked."""
    turn.services.unanswered.keep(turn.question, turn.services.now().date())
    turn.say("out_of_scope", door=_door(turn))


def show_door_beside(turn: Turn) -> None:
    """After her story: where the other thing she asked is at home. Nothing when she asked nothing else."""
    if turn.news.fields & CARE and not turn.answered and turn.chance_of("out_of_scope") >= ALSO:
        turn.say("out_of_scope_beside", door=_door(turn))


def municipal_site(offers: Iterable[Offer], municipality: str) -> str | None:
    """The front page of a municipality, known from its own way in to support; ``None`` when no offer tells it."""
    for offer in offers:
        if OfferKind.MUNICIPAL_ACCESS in offer.kinds and municipality in offer.municipalities and offer.url:
            address = urlsplit(offer.url)
            return f"{address.scheme}://{address.netloc}"
    return None


def _door(turn: Turn) -> str:
    services = turn.services
    place = turn.profile.carer_place or turn.profile.loved_one_place
    if place is None:
        return turn.words.text("utter_door")
    municipality = place.value["municipality"]
    spoken = services.regions.spoken(municipality)
    site = municipal_site(services.catalogue.offers(), municipality)
    if site is None:
        return turn.words.text("utter_door_known", municipality=spoken)
    return turn.words.text("utter_door_site", municipality=spoken, site=site)
