"""What can be done with a request: show it, shape it, send it, take it back; before and after it was sent."""

from __future__ import annotations

from actions.local_rules import kind_has_changed, tell_client_support, tell_what_sending_means
from actions.recipients import tell_who_answers
from actions.request_card import CHANGEABLE, contact_hint, day_of, request_card, spoken_moment
from actions.request_drafting import LEFT_OUT, current_draft, draft, version_of
from actions.request_status import reopen_or_tell, say_where_it_stands, tell_status
from actions.turn import QUESTION, Turn
from bot.request.base import TextError
from bot.request.clock import moment_in_words, next_opening
from bot.request.fields import LOVED_ONE_HEALTH, OF_MUNICIPALITY, FieldKey
from bot.request.health import asks_health
from bot.request.record import Agreement, Request
from bot.request.states import CLOSED, IN_HAND, NotAllowedError
from bot.request.vocabulary import FieldState, RequestState
from bot.talk.load_check import is_worth_asking

__all__ = [
    "change_field", "changeable_request", "choose_change", "current_draft", "draft", "field_label", "include_field",
    "leave", "reopen_or_tell", "say_where_it_stands", "send", "show_request", "tell_status", "tell_taken", "withdraw",
]  # fmt: skip

CLIENT_SUPPORT, HEALTH, TELL_OWNER = "client_support", "health", "tell_owner"
LONGEST_QUESTION = 2000  # characters


def show_request(turn: Turn) -> None:
    """The request as it would be sent, or as it was, with what she can do."""
    sent = _sent(turn)
    if sent is not None:
        _show_sent(turn, sent)
        return
    turn.thread.phase, turn.thread.pending, turn.thread.changing = "check", None, None
    request = current_draft(turn) or draft(turn)
    tell_who_answers(turn, request.municipality)
    if CLIENT_SUPPORT not in turn.thread.told_desks:  # before anything is sent, and once (R64)
        turn.thread.told_desks.append(CLIENT_SUPPORT)
        tell_client_support(turn, request.municipality)
    card = request_card(turn.services.wording, request, with_gaps=False)
    turn.say("request_check", card, recipient=request.recipient)


def _show_sent(turn: Turn, request: Request) -> None:
    turn.thread.phase, turn.thread.pending, turn.thread.changing = "sent", None, None
    name = "request_shown_sent" if request.state in CHANGEABLE else "request_shown_taken"
    if request.state not in CHANGEABLE and request.state not in IN_HAND:
        name = "request_shown"
    card = request_card(turn.services.wording, request, with_gaps=False)
    state = request.state.label
    turn.say(name, card, reference=request.reference, state=state, holder=request.holder)


def changeable_request(turn: Turn) -> Request | None:
    """Her draft, or what she sent while nobody has taken it up."""
    request = turn.services.requests.for_conversation(turn.conversation_id)
    return request if request is not None and request.state in CHANGEABLE else None


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
    if asks_health(request):
        ask_health(turn)
        return
    agreement = Agreement(version_of(request), request.recipient, loved_one_health=request.loved_one_health_agreed)
    sent = turn.services.requests.send(request.stored_id, agreement)
    turn.thread.phase, turn.thread.pending = "sent", None
    _confirm(turn, sent)
    tell_what_sending_means(turn, sent)
    if sent.investigation_by is not None:
        turn.say("request_investigation", day=day_of(sent.investigation_by))


def ask_health(turn: Turn) -> None:
    """A yes of its own for what is said of the loved one's health (R115); asked again at once, the card comes first."""
    if turn.open_before == HEALTH and turn.choice is None:
        show_request(turn)
        return
    turn.thread.pending = HEALTH
    turn.say("ask_health")


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
    sent = _sent(turn)
    if sent is not None and sent.state not in CHANGEABLE:
        tell_taken(turn, sent)
        return
    turn.thread.phase, turn.thread.pending = "change", None
    request = sent or current_draft(turn) or draft(turn)
    choices = [
        (field.key.label, f"field:{field.key}")
        for field in request.fields
        if field.is_shared and field.key not in OF_MUNICIPALITY
    ]
    for field in request.fields:
        if field.state is FieldState.LEFT_OUT and field.value:
            title = turn.services.wording.text("utter_choice_include", field=field.key.label)
            choices.append((title, f"field_in:{field.key}"))
    if sent is None:
        choices.append((turn.words.text("utter_choice_question"), f"field:{QUESTION}"))
    if sent is None and is_worth_asking(turn.profile, turn.load, turn.thread):
        choices.append((turn.words.text("utter_choice_load_check"), "load_check:yes"))
    turn.say("request_change_which", choices=choices)


def include_field(turn: Turn, key: str) -> None:
    """Share a part after all that was left out, such as how heavy it is (off until she wants it, R26)."""
    request = changeable_request(turn)
    if request is not None and share(turn, request, FieldKey(key)):
        turn.say("request_changed", field=field_label(turn, key))
    show_request(turn)


def share(turn: Turn, request: Request, key: FieldKey) -> bool:
    """Put a part back; how soon it must be may then say why, and health is asked again. ``False``: it is empty."""
    try:
        turn.services.requests.include_field(request.stored_id, key)
    except (TextError, NotAllowedError):
        return False
    turn.thread.included.append(key.value)
    turn.thread.changes.pop(key.value, None)
    renews = key is FieldKey.LOAD or key in LOVED_ONE_HEALTH
    if key in LOVED_ONE_HEALTH and turn.thread.health == "no":
        turn.thread.health = ""
    if renews and request.state is RequestState.DRAFTED:
        draft(turn)
    return True


def change_field(turn: Turn, value: str | None) -> None:
    """Put a new text in the field in hand, or leave the field out; then show the whole again."""
    request, key = changeable_request(turn), turn.thread.changing
    if request is None or key is None:
        show_request(turn)
        return
    if key == QUESTION:
        reword_question(turn, request, value)
        turn.say("request_changed", field=field_label(turn, key))
        show_request(turn)
        return
    try:
        shape(turn, request, FieldKey(key), value)
    except TextError:
        turn.say("request_change_odd")
        turn.ask("change_value", field=field_label(turn, key))
        return
    except NotAllowedError:  # somebody took it up this very moment
        show_request(turn)
        return
    turn.say("request_left_out" if value is None else "request_changed", field=field_label(turn, key))
    after = changeable_request(turn)
    if after is not None and after.state is not RequestState.DRAFTED and asks_health(after):
        ask_health(turn)
    else:
        show_request(turn)


def reword_question(turn: Turn, request: Request, words: str | None) -> None:
    """Her question in other words of hers, or (``None``) left out; only while it is a draft."""
    if request.state is RequestState.DRAFTED:
        turn.thread.question = LEFT_OUT if words is None else words.strip()[:LONGEST_QUESTION]
        draft(turn)


def shape(turn: Turn, request: Request, key: FieldKey, value: str | None) -> None:
    """Change or leave out one part. Raises ``TextError``, ``KeyError``, or ``NotAllowedError`` once it was taken up."""
    turn.services.requests.change_field(request.stored_id, key, value)
    turn.thread.changes[key.value] = value
    if key.value in turn.thread.included and value is None:
        turn.thread.included.remove(key.value)


def leave(turn: Turn) -> None:
    """Not now: nothing is sent, the draft is taken back, the talk goes on."""
    request = current_draft(turn)
    if request is not None:
        turn.services.requests.withdraw(request.stored_id)
    elif _sent(turn) is not None:  # an older button: what was sent is only taken back by saying so
        show_request(turn)
        return
    turn.thread.phase, turn.thread.pending = "offers", None
    turn.say("request_left")


def withdraw(turn: Turn, request: Request) -> None:
    """Take back a request that was sent."""
    if request.state in CLOSED:
        tell_status(turn)
        return
    turn.services.requests.withdraw(request.stored_id)
    turn.thread.phase = "offers"
    turn.say("request_withdrawn", reference=request.reference)


def tell_taken(turn: Turn, request: Request) -> None:
    """Somebody has it: what she wants to change she tells that person, in the words she types next."""
    if request.state not in IN_HAND:
        show_request(turn)
        return
    turn.thread.phase, turn.thread.pending = "sent", TELL_OWNER
    turn.say("ask_tell_owner", holder=request.holder, reference=request.reference)


def _sent(turn: Turn) -> Request | None:
    """What she sent and did not take back, or ``None``."""
    request = turn.services.requests.for_conversation(turn.conversation_id)
    gone = request is None or request.state in (RequestState.DRAFTED, RequestState.WITHDRAWN)
    return None if gone else request


def field_label(turn: Turn, key: str) -> str:
    """The name of a part, inside a sentence."""
    return turn.words.text("utter_label_question") if key == QUESTION else FieldKey(key).label.lower()
