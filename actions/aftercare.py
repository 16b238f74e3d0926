"""After a request was sent: "ik hoor niets", her answers to what the clock asked, and what each of them leads to.

The clock asks (``bot.request.asking_by_clock``) and leaves a message with buttons in the talk. A button can be pressed
at any time, also long after; typed words count as an answer only right after the question.
"""

from __future__ import annotations

from collections.abc import Callable

from actions.loss_answers import answer_later, answer_loss
from actions.offers import show_offers
from actions.request_card import spoken_moment
from actions.request_steps import reopen_or_tell, tell_status, withdraw
from actions.turn import Turn
from bot.request.asking import Question
from bot.request.checking import Worse
from bot.request.clock import moment_in_words
from bot.request.followup import LEAST_REST, MOST_REST, Happened, Needed
from bot.request.states import CLOSED, RUNNING
from bot.request.vocabulary import EventKind
from bot.talk.after_answers import hears_nothing, read_after_answer, still_unsolved
from knowledge.vocabulary import Urgency

FOLLOW_UP_VERSION = "2026-11"
"""Version of ``utter_follow_invite``, the sentence she says yes to; raise it when that sentence changes."""
_OPENED_BY = {Question.CHECK: "check", Question.INVITE: "follow", Question.FOLLOW_UP: "happened"}
"""The question of ours that a message of the clock opens."""
_ASKED_BEFORE = {EventKind.NUDGED: "nudge_done_before", EventKind.WORSENED: "nudge_just_said"}


def answer_aftercare(turn: Turn) -> bool:
    """Answer what is about a request on its way, or about how it went; ``True`` when that was the answer."""
    question, value = turn.choice or _typed(turn)
    turn.thread.follow_up = ""
    step = _STEPS.get(question)
    if step is None:
        return False
    step(turn, value)
    return True


def tell_nothing_heard(turn: Turn) -> None:
    """Who has it, how it stands and by when; and it is brought up once more, at most once in a working day (R107)."""
    tell_status(turn)
    nudge = turn.services.requests.nudge(turn.conversation_id)
    if nudge is None:
        return
    holder, now = nudge.request.spoken_holder, turn.services.now()
    if nudge.done:
        opens = moment_in_words(nudge.opens) if nudge.opens is not None else ""
        turn.say("nudge_done_closed" if opens else "nudge_done", holder=holder, opens=opens)
    else:
        name = _ASKED_BEFORE.get(nudge.last, "nudge_just_sent")
        turn.say(name, holder=holder, moment=moment_in_words(nudge.last_at))
    late = nudge.request.answer_by is not None and nudge.request.answer_by < now
    if nudge.phone and late and nudge.request.contacted_at is None:
        turn.say("nudge_call", phone=nudge.phone, reference=nudge.request.reference)


def _typed(turn: Turn) -> tuple[str, str]:
    """What typed words answer: the question that is open, or none."""
    if turn.must_be_taken_as_typed or turn.is_button:
        return "", ""
    question = turn.thread.follow_up or _asked_by_clock(turn)
    if question and (value := read_after_answer(question, turn.text, turn.intent)) is not None:
        return _FAMILY.get(question, question), value
    if turn.thread.phase == "sent" and still_unsolved(turn.text) and _is_closed(turn):
        return "unsolved", "now"
    if turn.thread.phase == "sent" and hears_nothing(turn.text):
        return "nudge", "now"
    return "", ""


def _is_closed(turn: Turn) -> bool:
    request = turn.services.requests.for_conversation(turn.conversation_id)
    return request is not None and request.state in CLOSED


def _asked_by_clock(turn: Turn) -> str:
    """The question the clock asked since her last message, if it did."""
    if turn.thread.phase not in ("sent", "offers"):
        return ""
    asked = turn.services.requests.asked_since(turn.conversation_id, turn.thread.last_at)
    return _OPENED_BY.get(asked, "") if asked is not None else ""


def _nudge(turn: Turn, value: str) -> None:
    tell_nothing_heard(turn)


# -- does it still hold? ----------------------------------------------------------------------------------------------


def _check(turn: Turn, value: str) -> None:
    request = turn.services.requests.for_conversation(turn.conversation_id)
    if request is None or request.state not in RUNNING:
        tell_status(turn)
        return
    if value == "again":
        turn.thread.follow_up = "check"
        turn.say("check_again")
    elif value == "gone":
        turn.thread.follow_up = "check_gone"
        turn.say("check_gone")
    elif value == "withdraw":
        withdraw(turn, request)
    elif value == "keep":
        turn.say("check_keep", holder=request.spoken_holder)
    elif value == "same":
        turn.services.requests.confirm_unchanged(turn.conversation_id)
        turn.say("check_same")
    elif value == "can_wait":
        turn.say("check_can_wait")
    else:
        _worse(turn, today=value == "cannot_wait")


def _worse(turn: Turn, *, today: bool) -> None:
    """Heavier: a call comes sooner. When even that is too long it is spoed, and she hears what to do until then."""
    said = turn.services.wording.text("utter_worse_today" if today else "utter_worse_soon")
    words = "" if turn.is_button else turn.text
    urgency = Urgency.EMERGENCY if today else Urgency.SOON
    request = turn.services.requests.worsen(turn.conversation_id, Worse(urgency, said, words))
    if request is None:
        tell_status(turn)
        return
    due, now = request.answer_by, turn.services.now()
    promised = due is not None and due > now and request.contacted_at is None
    told = {"moment": spoken_moment(turn.services.wording, due), "holder": request.spoken_holder}
    if today:
        turn.say("check_cannot_wait" if promised else "check_cannot_wait_late", **told)
        return
    turn.thread.follow_up = "check_wait"
    turn.say("check_worse" if promised else "check_worse_soon", **told)


# -- how did it go? ---------------------------------------------------------------------------------------------------


def _follow(turn: Turn, value: str) -> None:
    desk = turn.services.requests
    if value == "no":
        desk.decline_follow_up(turn.conversation_id)
        turn.say("follow_declined")
    elif not desk.allow_follow_up(turn.conversation_id, FOLLOW_UP_VERSION):
        turn.say("follow_over")
    else:
        _ask_rest(turn, "rest_before")


def _rest_before(turn: Turn, value: str) -> None:
    kept = value == "skip" or turn.services.requests.rate_before(turn.conversation_id, int(value))
    turn.say("follow_noted" if kept else "follow_over")


def _happened(turn: Turn, value: str) -> None:
    desk = turn.services.requests
    if value != "skip" and not desk.tell_whether_it_happened(turn.conversation_id, Happened(value)):
        turn.say("follow_over")
        return
    _ask_rest(turn, "rest_after")


def _rest_after(turn: Turn, value: str) -> None:
    if value != "skip" and not turn.services.requests.rate_after(turn.conversation_id, int(value)):
        turn.say("follow_over")
        return
    turn.thread.follow_up = "needed"
    turn.say("follow_needed")


def _needed(turn: Turn, value: str) -> None:
    """Whatever she needs leads somewhere: to offers, or to a person who takes her request up again."""
    turn.services.requests.tell_what_is_needed(turn.conversation_id, Needed(value))
    if value == Needed.PERSON:
        reopen_or_tell(turn)
    elif value == Needed.OFFERS:
        turn.thread.phase = "offers" if turn.thread.phase == "sent" else turn.thread.phase
        show_offers(turn)
    else:
        turn.say("follow_thanks")


def _ask_rest(turn: Turn, question: str) -> None:
    turn.thread.follow_up = question
    scale = range(LEAST_REST, MOST_REST + 1)
    choices = [(turn.words.text(f"utter_rest_{value}"), f"{question}:{value}") for value in scale]
    turn.say(f"follow_{question}", choices=choices)


_FAMILY = {"check_wait": "check", "check_gone": "check", "care_over": "loss", "loss_call": "loss"}
"""Questions whose answers are buttons of another."""
_STEPS: dict[str, Callable[[Turn, str], None]] = {
    "nudge": _nudge,
    "unsolved": lambda turn, _value: reopen_or_tell(turn),
    "check": _check,
    "follow": _follow,
    "rest_before": _rest_before,
    "happened": _happened,
    "rest_after": _rest_after,
    "needed": _needed,
    "loss": answer_loss,
    "later": answer_later,
}
