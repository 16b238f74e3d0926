"""Show what fits: at most three offers with their reasons, honestly labelled, or an honest "not known here"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.acknowledging import acknowledge
from actions.answering import answer_topic
from actions.asking import ask, offer_interpreter
from actions.base import Skill
from actions.turn import Turn
from bot.load import LoadBand
from bot.reading import Role
from bot.talk.agenda import next_question
from bot.talk.needs import need_of
from knowledge.matching import match_offers
from knowledge.needs import Match
from knowledge.presentation import describe_match

AT_ONCE, AT_ONCE_WHEN_HEAVY = 3, 2
NEAR_MISSES = 2


class ShowOffers(Skill):
    """She asks what there is."""

    skill = "show_offers"

    def another(self, turn: Turn) -> str | None:
        """After a loss no list of offers (R111): the talk goes on with her."""
        role = turn.profile.role
        grieves = role is not None and role.value == Role.FORMER_CARER and turn.thread.phase == "listening"
        return "talk" if grieves else super().another(turn)

    def perform(self, turn: Turn) -> None:
        """Offers when there is something to match on, else the one question that makes them fit."""
        turn.take_in()
        if offer_interpreter(turn):
            return
        turn.thread.wants_offers = True
        profile = turn.profile
        place_known = profile.carer_place or profile.loved_one_place or "place" in profile.refused
        if turn.thread.phase == "listening" and not place_known and "place" not in turn.thread.asked:
            acknowledge(turn)
            turn.say("offers_need_place")
            ask(turn, "place")
            return
        if turn.thread.place_options:
            ask(turn, next_question(profile, turn.load, turn.thread))
            return
        acknowledge(turn)
        if topic := turn.topic_aside:
            answer_topic(turn, topic)
        show_offers(turn, more=turn.intent == "more_offers")


def show_offers(turn: Turn, *, more: bool = False) -> None:
    """Match and show. ``more`` leaves out what was shown before. No match is stored as unmet need, without a person."""
    services, thread = turn.services, turn.thread
    need = need_of(turn.profile, turn.load)
    today = services.now().date()
    known = [offer for offer in services.catalogue.offers() if not (more and offer.id in thread.offered)]
    heavy = turn.load.band in (LoadBand.HIGH, LoadBand.CRISIS)
    limit = AT_ONCE_WHEN_HEAVY if heavy else AT_ONCE  # whoever is at the end of her strength gets less to read
    matching = match_offers(need, known, services.regions, today, limit=limit)
    thread.pending, thread.wants_offers = None, False
    found = [match.offer.id for match in matching.matches]
    if found and found == thread.shown and not more and thread.phase == "offers":
        turn.say("offers_same")
        return
    thread.shown = found
    if thread.phase in ("listening", "offers"):
        thread.phase = "offers"
    if matching.unmet and not more:
        services.catalogue.record_unmet(need, matching.unmet, today)
    if matching.matches:
        _show_cards(turn, "offers_intro" if len(matching.matches) > 1 else "offers_intro_one", matching.matches)
        if matching.unmet and not more:
            turn.say("offers_only_general")
        turn.say("after_offers_minor" if turn.profile.minor else "after_offers_heavy" if heavy else "after_offers")
    elif more:
        turn.say("offers_no_more")
    else:
        if matching.near_misses:
            _show_cards(turn, "offers_near", matching.near_misses[:NEAR_MISSES])
        turn.say("offers_none_near" if matching.near_misses else "offers_none")


def _show_cards(turn: Turn, sentence: str, matches: Sequence[Match]) -> None:
    turn.thread.offered += [match.offer.id for match in matches if match.offer.id not in turn.thread.offered]
    turn.say(sentence, {"kind": "offers", "offers": [worded_offer(turn, match) for match in matches]})


def worded_offer(turn: Turn, match: Match) -> dict[str, Any]:
    """The offer as a card: codes become sentences of the wording files."""
    words = turn.words
    offer = describe_match(match, turn.services.now().date())
    for part in ("fits", "misfits", "unknowns"):
        offer[part] = [words.text(f"utter_reason_{reason['code']}", **reason["values"]) for reason in offer[part]]
    fresh = offer["freshness"]
    offer["freshness"] = words.text(f"utter_freshness_{fresh['code']}", **fresh["values"])
    return offer


def match_again(turn: Turn) -> list[dict[str, Any]]:
    """The offers she was shown, worded as she read them."""
    services = turn.services
    shown = [offer for offer in services.catalogue.offers() if offer.id in turn.thread.offered]
    matching = match_offers(
        need_of(turn.profile, turn.load), shown, services.regions, services.now().date(), limit=len(shown)
    )
    return [worded_offer(turn, match) for match in matching.matches]
