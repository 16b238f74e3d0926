"""What only holds where she or her loved one lives: banners, an urgent road, at most two lines beside the offers.

Everything comes from the checked record of that one municipality (R75); where nothing is known nothing is said, and
the talk goes its usual way. Which rule is told when is data: ``knowledge/access/guide.yml``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from actions.turn import Turn
from bot.profile import Told
from bot.request.clock import OfficeHours, moment_in_words, next_opening
from bot.request.fields import SECTION_OF, FieldKey
from bot.request.record import Request, RequestField
from bot.request.urgency import urgency_of
from bot.request.vocabulary import FieldState
from bot.talk.agenda import questions_left
from bot.talk.needs import need_of
from knowledge.access.fitting import lines_beside_offers
from knowledge.access.guide import RuleAnswer
from knowledge.access.hours import Hours
from knowledge.access.record import LocalRule, LocalRules
from knowledge.places.regions import Spot
from knowledge.vocabulary import Urgency

AT_ONCE = (Urgency.EMERGENCY, Urgency.PALLIATIVE)
FELL_AWAY = "fell_away"
URGENT_ROAD, MELDING, ANSWERING, CLIENT_SUPPORT = "spoedroute", "wmo_melding", "antwoorder", "clientondersteuner"
_BANNER = "banner"


def tell_what_cannot_wait(turn: Turn) -> None:
    """Banners for her place and, with an urgent need, the urgent road there (R36, R60): each once in a talk."""
    if turn.profile.minor is not None:
        return  # a young person gets words of her own, and a person to talk to (R10)
    _tell_banners(turn)
    urgency, _ = urgency_of(turn.profile, turn.load)
    local = _of_place(turn, turn.profile.loved_one_place or turn.profile.carer_place)
    rule = local.holding(URGENT_ROAD, _today(turn)) if local is not None else None
    if urgency in AT_ONCE and local is not None and rule is not None and _is_new(turn, local, rule):
        _tell_urgent_road(turn, local, rule)


def tell_local_ways(turn: Turn) -> None:
    """Beside the first offers: at most two roads that are open in her municipality, or in that of her loved one."""
    if turn.profile.minor is not None or any(mark.startswith("local:") for mark in turn.thread.told_desks):
        return
    need = need_of(turn.profile, turn.load)
    carer, loved_one = _of_spot(turn, need.carer_at), _of_spot(turn, need.loved_one_at)
    for local, rule in lines_beside_offers(need, carer, loved_one, _today(turn)):
        turn.thread.told_desks.append(f"local:{local.id}:{rule.key}")
        turn.say(f"local_{rule.key}", **rule_values(turn, local, rule))


def ask_what_fell_away(turn: Turn) -> bool:
    """After a banner that asks for it: one question, once, and to be skipped. ``True`` when it was asked now."""
    thread, profile = turn.thread, turn.profile
    asks = any(f"{_BANNER}:{one.id}" in thread.told_desks for one in _banners(turn) if one.asks_what_fell_away)
    over = FELL_AWAY in thread.asked or FELL_AWAY in profile.refused or not questions_left(profile, thread)
    if not asks or over or profile.minor is not None:
        return False
    turn.ask(FELL_AWAY)
    return True


def tell_client_support(turn: Turn, municipality: str) -> None:
    """Free, independent support, with its contact where that is known (R64)."""
    local = turn.services.access_rules.for_municipality(municipality)
    rule = local.holding(CLIENT_SUPPORT, _today(turn))
    if rule is None:
        turn.say("client_support")
    else:
        turn.say("local_client_support", **rule_values(turn, local, rule))


def kind_of_request(turn: Turn, municipality: str) -> RequestField | None:
    """Whether a request counts there as a Wmo melding or is a request for contact (R94); ``None``: not known."""
    answer = turn.services.access_rules.for_municipality(municipality).answer(MELDING, _today(turn))
    if answer is RuleAnswer.UNKNOWN:
        return None
    text = turn.services.wording.text(f"utter_field_counts_as_{answer}")
    return RequestField(FieldKey.COUNTS_AS, SECTION_OF[FieldKey.COUNTS_AS], text, FieldState.DERIVED)


def kind_has_changed(turn: Turn, request: Request) -> bool:
    """Does the request say something else of what it counts as than holds now? Then she sees it anew first."""
    now = kind_of_request(turn, request.municipality)
    return request.shared(FieldKey.COUNTS_AS) != (now.value if now is not None else "")


def tell_what_sending_means(turn: Turn, request: Request) -> None:
    """What was sent, by the rules of that municipality: a melding or not, from which moment, and who answers."""
    local, today = turn.services.access_rules.for_municipality(request.municipality), _today(turn)
    melding, answering = local.rule(MELDING), local.holding(ANSWERING, today)
    answer = local.answer(MELDING, today)
    if answer is not RuleAnswer.UNKNOWN:
        moment = moment_in_words(request.sent_at or turn.services.now())
        turn.say(f"local_melding_{answer}", **rule_values(turn, local, melding), moment=moment)
    if answering is not None:
        turn.say("local_antwoorder", **rule_values(turn, local, answering))


def _tell_urgent_road(turn: Turn, local: LocalRules, rule: LocalRule) -> None:
    now, hours = turn.services.now(), rule.details["hours"]
    opens = now if hours.always else next_opening(now, _office(hours))
    if opens == now:
        turn.say("local_urgent_open", **rule_values(turn, local, rule))
    else:
        turn.say("local_urgent_closed", **rule_values(turn, local, rule), moment=moment_in_words(opens))


def _tell_banners(turn: Turn) -> None:
    for banner in _banners(turn):
        mark = f"{_BANNER}:{banner.id}"
        if mark not in turn.thread.told_desks:
            turn.thread.told_desks.append(mark)
            turn.say("local_banner", banner=banner.text)


def _banners(turn: Turn) -> Any:
    places = [told.value["municipality"] for told in (turn.profile.loved_one_place, turn.profile.carer_place) if told]
    return turn.services.banners.showing(_today(turn), places, need_of(turn.profile, turn.load).kinds)


def _of_place(turn: Turn, told: Told | None) -> LocalRules | None:
    """The rules of a place that was told; one that is only near what she typed is first confirmed."""
    if told is None or (told.value.get("near") and not told.confirmed):
        return None
    return turn.services.access_rules.for_municipality(told.value["municipality"])


def _of_spot(turn: Turn, spot: Spot | None) -> LocalRules | None:
    return turn.services.access_rules.for_municipality(spot.municipality) if spot is not None else None


def _is_new(turn: Turn, local: LocalRules, rule: LocalRule) -> bool:
    """Was it not told before in this talk? From now on it was."""
    mark = f"{rule.key}:{local.id}"
    if mark in turn.thread.told_desks:
        return False
    turn.thread.told_desks.append(mark)
    return True


def rule_values(turn: Turn, local: LocalRules, rule: LocalRule) -> dict[str, Any]:
    """What the sentence on a rule may name: its details, where to ask, the municipality, and the day of the check."""
    details = {name: str(value) for name, value in rule.details.items()}
    municipality = turn.services.regions.spoken(local.municipality)
    checked = format_date(rule.checked_on, "d MMMM y", locale="nl") if rule.checked_on else ""
    return {**details, "contact": rule.contact, "municipality": municipality, "checked": checked}


def _office(hours: Hours) -> OfficeHours:
    return OfficeHours(opens=hours.opens, closes=hours.closes, weekdays=hours.days)


def _today(turn: Turn) -> date:
    now: datetime = turn.services.now()
    return now.date()
