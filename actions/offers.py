"""Show what fits: at most three offers with their reasons, honestly labelled, or an honest "not known here"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.acknowledging import acknowledge
from actions.answering import answer_topic
from actions.asking import ask, offer_interpreter
from actions.base import Skill
from actions.called import named_first, need_told
from actions.local_rules import tell_local_ways, tell_what_cannot_wait
from actions.turn import Turn
from bot.load import LoadBand
from bot.reading import Role
from bot.talk.agenda import next_question
from knowledge.matching.find import Matching, match_offers
from knowledge.matching.need import Match, Need
from knowledge.matching.presentation import describe_match
from knowledge.matching.wish import is_main
from knowledge.vocabulary import Place

AT_ONCE, AT_ONCE_WHEN_HEAVY = 3, 2
ENOUGH = 2
"""So many offers of what she looks for are a choice; with less, what nearly fits is shown too."""
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
        tell_what_cannot_wait(turn)
        if topic := turn.topic_aside:
            answer_topic(turn, topic, aside=True)
        show_offers(turn, more=turn.intent == "more_offers")


def show_offers(turn: Turn, *, more: bool = False) -> None:
    """Match and show. ``more`` leaves out what was shown before. No match is stored as unmet need, without a person."""
    services, thread = turn.services, turn.thread
    need, today = need_told(turn), services.now().date()
    left_out = tuple(thread.offered) if more else ()
    index = services.catalogue.index()
    heavy = turn.load.band in (LoadBand.HIGH, LoadBand.CRISIS)
    limit = AT_ONCE_WHEN_HEAVY if heavy else AT_ONCE  # whoever is at the end of her strength gets less to read
    known = index.with_changes(removed=left_out) if left_out else index
    matching = match_offers(need, known, services.regions, today, limit=limit)
    matches, near = _chosen(need, named_first(turn, need, matching.matches, limit, left_out), matching, limit)
    if thread.in_a_home:
        near = ()  # what nearly fits is a place to stay, or help at home
    thread.pending, thread.wants_offers = None, False
    found = [match.offer.id for match in (*matches, *near)]
    if matches and found == thread.shown and not more and thread.phase == "offers":
        turn.say("offers_same")
        return
    thread.shown = found
    if thread.phase in ("listening", "offers"):
        thread.phase = "offers"
    if matching.unmet and not more:
        services.catalogue.record_unmet(need, matching.unmet, today)
    if matches:
        _show_cards(turn, "offers_intro" if len(matches) > 1 else "offers_intro_one", matches)
        _show_cards(turn, "offers_not_quite", near)
        if matching.unmet and not more:
            turn.say("offers_only_general")
        tell_local_ways(turn)
        turn.say("after_offers_minor" if turn.profile.minor else "after_offers_heavy" if heavy else "after_offers")
    elif more:
        _show_cards(turn, "offers_not_quite", near)
        turn.say("offers_no_more")
    else:
        _show_cards(turn, "offers_near", near)
        tell_local_ways(turn)
        turn.say("offers_none_near" if near else "offers_none")


def _chosen(
    need: Need, matches: Sequence[Match], matching: Matching, limit: int
) -> tuple[Sequence[Match], Sequence[Match]]:
    """The cards: what fits, and when that holds less than two of what she looks for, what nearly fits behind it.

    What nearly fits goes before a third place to ask (a steunpunt always keeps the one place it has).
    """
    real = sum(is_main(match.offer, need) for match in matches)
    near = [match for match in matching.near_misses if not real or _nearly_fits(need, match)]
    if real >= ENOUGH or not near:
        return matches, ()
    kept = matches[: min(real + 1, limit - 1)]
    return kept, near[: min(NEAR_MISSES, limit - len(kept))]


def _nearly_fits(need: Need, match: Match) -> bool:
    """Beside what fits: one thing in the way, and never somewhere else for who wants it at home, or the reverse."""
    elsewhere = need.place in (Place.HOME, Place.AWAY) and match.offer.place not in (need.place, Place.EITHER, None)
    return len(match.would_fit) == 1 and not elsewhere


def _show_cards(turn: Turn, sentence: str, matches: Sequence[Match]) -> None:
    if not matches:
        return
    turn.thread.offered += [match.offer.id for match in matches if match.offer.id not in turn.thread.offered]
    turn.say(sentence, {"kind": "offers", "offers": [worded_offer(turn, match) for match in matches]})


def worded_offer(turn: Turn, match: Match) -> dict[str, Any]:
    """The offer as a card: codes become sentences of the wording files."""
    words = turn.words
    offer = describe_match(match, turn.services.now().date())
    for part in ("fits", "misfits", "unknowns", "would_fit"):
        offer[part] = [words.text(f"utter_reason_{reason['code']}", **reason["values"]) for reason in offer[part]]
    fresh = offer["freshness"]
    offer["freshness"] = words.text(f"utter_freshness_{fresh['code']}", **fresh["values"])
    return offer


def match_again(turn: Turn) -> list[dict[str, Any]]:
    """The offers she was shown, worded as she read them: what fits first, then what nearly does."""
    services = turn.services
    shown = [offer for offer_id in turn.thread.offered if (offer := services.catalogue.offer(offer_id))]
    matching = match_offers(need_told(turn), shown, services.regions, services.now().date(), limit=len(shown))
    return [worded_offer(turn, match) for match in (*matching.matches, *matching.near_misses)]
