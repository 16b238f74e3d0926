"""What can be done with a request: show it, write it, change it, send it, take it back, and say how it stands."""

from __future__ import annotations

from datetime import datetime

from actions.local_rules import (
    MELDING,
    kind_has_changed,
    kind_of_request,
    tell_client_support,
    tell_what_sending_means,
)
from actions.request_card import chosen_offers, contact_hint, day_of, request_card, spoken_moment
from actions.turn import Turn
from bot.request.base import TextError
from bot.request.clock import moment_in_words, next_opening
from bot.request.compose import compose_fields, urgency_of
from bot.request.record import Agreement, Request, RequestField
from bot.request.states import CLOSED, IN_HAND, RUNNING
from bot.request.vocabulary import SECTION_OF, CountsAs, FieldKey, FieldState, RequestState
from bot.talk.load_check import is_worth_asking
from knowledge.access.guide import RuleAnswer

CLIENT_SUPPORT = "client_support"
MOST_IN_REQUEST = 8  # messages of hers
_OF_MUNICIPALITY = {FieldKey.COUNTS_AS, FieldKey.CLIENT_SUPPORT}  # said by the municipality: not hers to change
_COUNTS_AS = {RuleAnswer.YES: CountsAs.MELDING, RuleAnswer.NO: CountsAs.CONTACT}
AGREEMENT_VERSION = "2026-11"
"""Version of the sentence she agrees to (``utter_request_check``); raise it when that sentence changes."""


def show_request(turn: Turn) -> None:
    """The request as it would be sent, with what she can do."""
    turn.thread.phase, turn.thread.pending, turn.thread.changing = "check", None, None
    request = current_draft(turn) or draft(turn)
    if CLIENT_SUPPORT not in turn.thread.told_desks:  # before anything is sent, and once (R64)
        turn.thread.told_desks.append(CLIENT_SUPPORT)
        tell_client_support(turn, request.municipality)
    turn.say("request_check", request_card(turn.services.wording, request), recipient=request.recipient)


def draft(turn: Turn) -> Request:
    """Write (or rewrite) the draft from what she told; it stays with us until she sends it."""
    profile, services = turn.profile, turn.services
    offers = chosen_offers(turn)
    urgency, reason = urgency_of(profile, turn.load)
    municipality: str = (profile.loved_one_place or profile.carer_place).value["municipality"]  # type: ignore[union-attr]
    kind = kind_of_request(turn, municipality)
    melding = services.access_rules.for_municipality(municipality).answer(MELDING, services.now().date())
    request = services.requests.draft(
        conversation_id=turn.conversation_id,
        municipality=municipality,
        recipient=services.wording.text("utter_recipient", municipality=municipality),
        question=_question(turn),
        fields=[*compose_fields(profile, turn.load, (), services.wording), *([kind] if kind else []), _support(turn)],
        offers=offers,
        urgency=urgency,
        urgency_reason=reason,
        counts_as=_COUNTS_AS.get(melding),
    )
    known = {field.key.value for field in request.fields if field.value}
    for key in [key for key in turn.thread.included if key in known]:
        request = services.requests.include_field(request.stored_id, FieldKey(key))
    for key, value in turn.thread.changes.items():
        if request.field(FieldKey(key)) is not None:
            request = services.requests.change_field(request.stored_id, FieldKey(key), value)
    return request


def _support(turn: Turn) -> RequestField:
    """That she heard of free, independent support (field 22): she always does before anything is sent (R64)."""
    text, key = turn.services.wording.text("utter_field_client_support"), FieldKey.CLIENT_SUPPORT
    return RequestField(key, SECTION_OF[key], text, FieldState.DERIVED)


def send(turn: Turn) -> None:
    """Her yes. Stored before it is confirmed; a second press changes nothing."""
    request = current_draft(turn)
    if request is None or turn.thread.phase not in ("check", "change"):
        tell_status(turn)
        return
    if kind_has_changed(turn, request):
        draft(turn)
        turn.say("request_kind_changed")
        show_request(turn)
        return
    agreement = Agreement(AGREEMENT_VERSION, request.recipient)
    sent = turn.services.requests.send(request.stored_id, agreement)
    turn.thread.phase, turn.thread.pending = "sent", None
    _confirm(turn, sent)
    tell_what_sending_means(turn, sent)
    if sent.investigation_by is not None:
        turn.say("request_investigation", day=day_of(sent.investigation_by))


def _confirm(turn: Turn, sent: Request) -> None:
    """That it was sent, and by when somebody makes contact. When nobody is there now: from when somebody looks, and
    what can be done until then."""
    sent_at = sent.sent_at or turn.services.now()
    opens = next_opening(sent_at, turn.services.requests.office_for(sent.municipality))
    turn.say(
        "request_sent" if opens <= sent_at else "request_sent_closed",
        reference=sent.reference,
        recipient=sent.recipient,
        moment=spoken_moment(turn.services.wording, sent.answer_by),
        opens=moment_in_words(opens),
        how=contact_hint(turn.services.wording, sent),
    )


def choose_change(turn: Turn) -> None:
    """Which part? Every part that holds something is a button."""
    turn.thread.phase, turn.thread.pending = "change", None
    request = current_draft(turn) or draft(turn)
    choices = [
        (field.key.label, f"field:{field.key}")
        for field in request.fields
        if field.is_shared and field.key not in _OF_MUNICIPALITY
    ]
    for field in request.fields:
        if field.state is FieldState.LEFT_OUT and field.value:
            title = turn.services.wording.text("utter_choice_include", field=field.key.label)
            choices.append((title, f"field_in:{field.key}"))
    if is_worth_asking(turn.profile, turn.load, turn.thread):
        choices.append((turn.words.text("utter_choice_load_check"), "load_check:yes"))
    turn.say("request_change_which", choices=choices)


def include_field(turn: Turn, key: str) -> None:
    """Share a part after all that was left out, such as how heavy it is (off until she wants it, R26)."""
    request = current_draft(turn)
    if request is not None:
        turn.services.requests.include_field(request.stored_id, FieldKey(key))
        turn.thread.included.append(key)
        turn.thread.changes.pop(key, None)
        turn.say("request_changed", field=field_label(key))
    show_request(turn)


def say_where_it_stands(turn: Turn) -> None:
    """After sending: a closed request asks whether it is solved; a running one can be asked about or taken back."""
    request = turn.services.requests.for_conversation(turn.conversation_id)
    if request is not None and request.state in CLOSED:
        tell_status(turn)
    else:
        turn.say("thread_sent")


def reopen_or_tell(turn: Turn) -> None:
    """A request that was closed and is not solved for her opens again; any other is told how it stands."""
    request = turn.services.requests.for_conversation(turn.conversation_id)
    if request is None or request.state is RequestState.WITHDRAWN:
        turn.thread.phase = "offers"
        turn.say("request_none")
    elif request.state in (RequestState.RESOLVED, RequestState.FORWARDED):
        reopened = turn.services.requests.reopen(request.stored_id, turn.text)
        moment = spoken_moment(turn.services.wording, reopened.answer_by)
        turn.say("request_reopened", reference=reopened.reference, moment=moment)
    else:
        tell_status(turn)


def leave(turn: Turn) -> None:
    """Not now: nothing is sent, the draft is taken back, the talk goes on."""
    request = current_draft(turn)
    if request is not None:
        turn.services.requests.withdraw(request.stored_id)
    turn.thread.phase, turn.thread.pending = "offers", None
    turn.say("request_left")


def withdraw(turn: Turn, request: Request) -> None:
    """Take back a request that was sent."""
    if request.state in (RequestState.WITHDRAWN, RequestState.RESOLVED):
        tell_status(turn)
        return
    turn.services.requests.withdraw(request.stored_id)
    turn.thread.phase = "offers"
    turn.say("request_withdrawn", reference=request.reference)


def tell_status(turn: Turn) -> None:
    """How the request stands, in plain words."""
    request = turn.services.requests.for_conversation(turn.conversation_id)
    if request is None or request.state is RequestState.DRAFTED:
        turn.thread.phase, turn.thread.pending = "offers", None  # so that a "ja" makes one
        turn.say("request_none")
        return
    callback = request.callback_at
    turn.say(
        _status_sentence(request, turn.services.now()),
        reference=request.reference,
        recipient=request.recipient,
        owner=request.owner,
        holder=request.holder,
        receiver=request.forward_to,
        moment=spoken_moment(turn.services.wording, request.answer_by),
        callback=moment_in_words(callback) if callback is not None else "",
    )
    if request.investigation_by is not None and request.state not in CLOSED:
        turn.say("request_investigation", day=day_of(request.investigation_by))


def _status_sentence(request: Request, now: datetime) -> str:
    """Which sentence says how it stands: the nearest thing that will happen comes first."""
    if request.state in RUNNING and request.forward is not None:
        return "request_now_offered"
    if request.state in IN_HAND and request.callback_at is not None and request.callback_at > now:
        return "request_now_planned"
    if request.state in RUNNING and request.contacted_at is None and request.answer_by and request.answer_by < now:
        return "request_now_late"
    return f"request_status_{request.state}"


def change_field(turn: Turn, value: str | None) -> None:
    """Put a new text in the field in hand, or leave the field out; then show the whole again."""
    request = current_draft(turn)
    if request is None or turn.thread.changing is None:
        show_request(turn)
        return
    key = turn.thread.changing
    try:
        turn.services.requests.change_field(request.stored_id, FieldKey(key), value)
    except TextError:
        turn.say("request_change_odd")
        turn.ask("change_value", field=field_label(key))
        return
    turn.thread.changes[key] = value
    turn.say("request_left_out" if value is None else "request_changed", field=field_label(key))
    show_request(turn)


def current_draft(turn: Turn) -> Request | None:
    """Her draft, if there is one."""
    request = turn.services.requests.for_conversation(turn.conversation_id)
    return request if request is not None and request.state is RequestState.DRAFTED else None


def _question(turn: Turn) -> str:
    """Her question in her own words, as she told it (R91)."""
    return "\n".join(quote.text for quote in turn.profile.quotes[:MOST_IN_REQUEST]) or turn.services.wording.text(
        "utter_question_unspoken"
    )


def field_label(key: str) -> str:
    return FieldKey(key).label.lower()
