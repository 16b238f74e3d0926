"""Writing her request from what she told: what is in it, what stays back, and in whose words."""

from __future__ import annotations

from dataclasses import replace

from actions.local_rules import MELDING, kind_of_request
from actions.recipients import recipient_of
from actions.request_card import chosen_offers
from actions.turn import Turn
from bot.load import assess_load
from bot.profile import CarerProfile
from bot.request.base import TextError
from bot.request.compose import compose_fields
from bot.request.fields import LOVED_ONE_HEALTH, SECTION_OF, FieldKey
from bot.request.record import Request, RequestField, RequestOffer
from bot.request.urgency import spoken_reason, urgency_of
from bot.request.vocabulary import CountsAs, FieldState, RequestState
from bot.talk.sharing import shareable
from bot.wording import Wording
from knowledge.access.guide import RuleAnswer
from knowledge.vocabulary import Urgency

MOST_IN_REQUEST = 8  # messages of hers
LEFT_OUT = "-"  # instead of her question: she took it out
AGREEMENT_VERSION = "2026-12"
"""Version of the sentence she agrees to (``utter_request_check``); raise it when that sentence changes."""
HEALTH_VERSION = "2026-12"
"""Version of the question about the loved one's health (``utter_ask_health``); raise it when that changes."""
_COUNTS_AS = {RuleAnswer.YES: CountsAs.MELDING, RuleAnswer.NO: CountsAs.CONTACT}


def current_draft(turn: Turn) -> Request | None:
    """Her draft, if there is one."""
    request = turn.services.requests.for_conversation(turn.conversation_id)
    return request if request is not None and request.state is RequestState.DRAFTED else None


def draft(turn: Turn) -> Request:
    """Write (or rewrite) the draft from what she told; it stays with us until she sends it."""
    services, thread = turn.services, turn.thread
    profile, health = shareable(turn.profile), thread.health != "no"
    load = assess_load(profile)
    told = turn.profile.loved_one_place or turn.profile.carer_place
    assert told is not None, "a request is only written once there is a place"
    municipality: str = told.value["municipality"]
    urgency, reason = urgency_of(profile, load)
    shares_load = FieldKey.LOAD.value in thread.included
    recipient = recipient_of(turn, municipality)
    melding = services.access_rules.for_municipality(municipality).answer(MELDING, services.now().date())
    request = services.requests.draft(
        conversation_id=turn.conversation_id,
        municipality=municipality,
        recipient=recipient.name,
        team=recipient.team,
        question=_question(turn, profile, health),
        fields=_fields(turn, profile, municipality, shares_load, health),
        offers=[offer if health else _without_reasons(offer) for offer in chosen_offers(turn)],
        urgency=urgency if health else _without_phase(urgency),
        urgency_reason=spoken_reason(reason, shares_load=shares_load, shares_health=health),
        counts_as=_COUNTS_AS.get(melding),
        informal=turn.says_je,
    )
    return _as_she_shaped_it(turn, request)


def version_of(request: Request) -> str:
    """Which texts she said yes to: that of sending, and that about the loved one's health when she did."""
    return f"{AGREEMENT_VERSION}+health-{HEALTH_VERSION}" if request.loved_one_health_agreed else AGREEMENT_VERSION


def _fields(
    turn: Turn, profile: CarerProfile, municipality: str, shares_load: bool, health: bool
) -> list[RequestField]:
    wording = turn.services.wording
    told = compose_fields(profile, assess_load(profile), (), wording, shares_load=shares_load, shares_health=health)
    if profile is not turn.profile:
        told = _with_what_stays_back(told, compose_fields(turn.profile, None, (), wording))
    kind = kind_of_request(turn, municipality)
    fields = [*told, *([kind] if kind else []), _support(turn), _steps(turn)]
    return fields if health else [_without_health(item) for item in fields]


def _with_what_stays_back(told: list[RequestField], everything: list[RequestField]) -> list[RequestField]:
    """What she took back is not shared, and stays at hand for when she changes her mind."""
    has = {item.key for item in told if item.value}
    back = [replace(item, state=FieldState.LEFT_OUT) for item in everything if item.value and item.key not in has]
    keys = {item.key for item in back}
    return [*(item for item in told if item.key not in keys), *back]


def _as_she_shaped_it(turn: Turn, request: Request) -> Request:
    """The changes she made before, on the draft that was written anew."""
    requests, thread = turn.services.requests, turn.thread
    known = {field.key.value for field in request.fields if field.value}
    for key in [key for key in thread.included if key in known]:
        request = requests.include_field(request.stored_id, FieldKey(key))
    for key, value in thread.changes.items():
        if request.field(FieldKey(key)) is not None:
            try:
                request = requests.change_field(request.stored_id, FieldKey(key), value)
            except TextError:
                continue
    if thread.health == "yes":
        request = requests.answer_health(request.stored_id, True, HEALTH_VERSION)
    return request


def words_of_question(wording: Wording, question: str) -> str:
    """Her own words in the question of a request, without what we write around them; "" when there are none."""
    marked = wording.text("utter_question_reworded", words="")
    return "" if question == wording.text("utter_question_unspoken") else question.removesuffix(marked).strip()


def _question(turn: Turn, profile: CarerProfile, health: bool) -> str:
    """Her question in her own words, as she told it (R91), without those on the loved one's health when she keeps that
    back; or as she worded it later."""
    if turn.thread.question == LEFT_OUT:
        return turn.services.wording.text("utter_question_unspoken")
    if turn.thread.question:  # hers to change as well (R90), and marked as said later
        return turn.services.wording.text("utter_question_reworded", words=turn.thread.question)
    of_health = set() if health else _turns_of_health(profile)
    quotes = [quote.text for quote in profile.quotes if quote.turn not in of_health][:MOST_IN_REQUEST]
    return "\n".join(quotes) or turn.services.wording.text("utter_question_unspoken")


def _turns_of_health(profile: CarerProfile) -> set[int]:
    told = [*profile.conditions, *filter(None, (profile.situation, profile.palliative))]
    details = [one for key in LOVED_ONE_HEALTH for one in profile.details.get(key.value, [])]
    return {one.turn for one in (*told, *details)}


def _without_health(item: RequestField) -> RequestField:
    return replace(item, state=FieldState.LEFT_OUT) if item.key in LOVED_ONE_HEALTH and item.value else item


def _without_reasons(offer: RequestOffer) -> RequestOffer:
    """Why an offer fits may name the illness."""
    return replace(offer, reasons=())


def _without_phase(urgency: Urgency) -> Urgency:
    """As fast, without the word that says how ill somebody is."""
    return Urgency.EMERGENCY if urgency is Urgency.PALLIATIVE else urgency


def _support(turn: Turn) -> RequestField:
    """That she heard of free, independent support (field 22): she always does before anything is sent (R64). And
    whether she wants it, or has it, when she said so."""
    wording, key = turn.services.wording, FieldKey.CLIENT_SUPPORT
    told = turn.profile.details.get(key.value, [])
    texts = [wording.text("utter_field_client_support")]
    texts += [wording.text(f"utter_field_client_support_{one.value}") for one in told]
    return RequestField(key, SECTION_OF[key], "; ".join(texts), FieldState.DERIVED)


def _steps(turn: Turn) -> RequestField:
    """What she is told about the steps, by whom and when (field 23)."""
    key = FieldKey.STEPS_TOLD
    return RequestField(key, SECTION_OF[key], turn.services.wording.text("utter_field_steps_told"), FieldState.DERIVED)
