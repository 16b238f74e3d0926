"""What an offer on screen costs: what its own record says, with the year, and never a general answer (invariant 6)."""

from __future__ import annotations

from actions.called import need_told
from actions.next_step import repeat_open_question
from actions.turn import Turn
from bot.talk.learn import keep_quote
from bot.understanding.pointing import asks_price, pointed_at
from knowledge.matching.find import match_offers
from knowledge.matching.need import Match
from knowledge.matching.presentation import describe_match
from knowledge.offers.record import Offer

_PRICE = ("price", "price_in_year", "payer", "ask_payer")


def meant_offers(turn: Turn) -> list[Offer]:
    """The offers on screen of which she asks the price; none when it is another question."""
    if turn.is_button or turn.choice or not turn.thread.shown or not asks_price(turn.text):
        return []
    on_screen = [offer for one in turn.thread.shown if (offer := turn.services.catalogue.offer(one))]
    named = {offer.id for offer in turn.services.catalogue.offers_called(turn.text)}
    if by_name := [offer for offer in on_screen if offer.id in named]:
        return by_name
    return [on_screen[at] for at in pointed_at(turn.text, [f"{offer.label} {offer.name}" for offer in on_screen])]


def answer_about_terms(turn: Turn) -> bool:
    """What is known of the price of the offer she means, and back to where we were; ``True`` when that was asked."""
    if not tell_price(turn):
        return False
    repeat_open_question(turn)
    return True


def tell_price(turn: Turn) -> bool:
    """Say the price of each offer she means as far as it is known; her question goes along in a request."""
    offers = meant_offers(turn)
    if not offers:
        return False
    services = turn.services
    matching = match_offers(need_told(turn), offers, services.regions, services.now().date(), limit=len(offers))
    found = {match.offer.id: match for match in (*matching.matches, *matching.near_misses)}
    told = [_told(turn, found[offer.id]) for offer in offers if offer.id in found]
    if not told:
        return False
    keep_quote(turn.profile, turn.text, turn.thread.turn)
    turn.say("offer_price", told="\n".join(told))
    return True


def _told(turn: Turn, match: Match) -> str:
    card, words = describe_match(match, turn.services.now().date()), turn.words
    parts = (part for name in ("fits", "unknowns") for part in card[name])
    said = [words.text(f"utter_reason_{one['code']}", **one["values"]) for one in parts if one["code"] in _PRICE]
    if card["payers_certain"]:
        said.append(words.text("utter_offer_paid_by", payers=", ".join(card["payers"])))
    fresh = card["freshness"]
    said.append(words.text(f"utter_freshness_{fresh['code']}", **fresh["values"]))
    return f"{match.offer.name}: {' '.join(said)}"
