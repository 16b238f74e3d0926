"""What we remember of her: shown when she asks, changed part by part, taken up after a pause, or forgotten."""

from __future__ import annotations

from typing import Any

from actions.base import Skill
from actions.turn import Turn
from bot.profile import CarerProfile
from bot.request.compose import PROFILE_NAME, compose_fields
from bot.request.fields import FieldKey, Section
from bot.request.record import RequestField
from bot.request.vocabulary import RequestState
from bot.talk.changes import change_fact, forget_fact
from bot.talk.in_context import clearly_agrees
from bot.talk.thread import CONTACT

NOT_HERS = frozenset({FieldKey.URGENCY, FieldKey.OFFERS, FieldKey.LOAD, FieldKey.BEYOND_USUAL})
"""Parts of a request that follow from what she told; she changes what they follow from."""
MOST_RECALLED = 3
FORGET = "forget"


class Remember(Skill):
    """ "What do you know of me?" and "forget everything"."""

    skill = "remember"

    def perform(self, turn: Turn) -> None:
        """Show what is known, or ask whether all of it may go."""
        if turn.intent == "forget_me":
            ask_to_forget(turn)
        else:
            turn.take_in()
            show_what_is_known(turn)


def answer_memory(turn: Turn) -> bool:
    """Take a button of the memory, or the new words for a part of it; ``True`` when that was the answer."""
    question, value = turn.choice or ("", "")
    if question == "forget" or turn.thread.pending == FORGET:
        return _decide_to_forget(turn, value)
    if question == "known_out" and turn.thread.changing:
        _drop_part(turn)
    elif question == "known" and value == "change":
        _choose_part(turn)
    elif question in ("known", "known_out"):
        turn.thread.changing = None
        show_what_is_known(turn)
    elif question == "known_part":
        turn.thread.put_off()
        turn.thread.changing = value
        ask_known_value(turn)
    else:
        return turn.thread.pending == "known_value" and not turn.choice and _change_part(turn)
    return True


def ask_known_value(turn: Turn) -> None:
    """What is right, for the part in hand?"""
    turn.ask("known_value", part=FieldKey(turn.thread.changing or FieldKey.SITUATION.value).label.lower())


def show_what_is_known(turn: Turn, above: str = "known", nothing: str = "known_nothing") -> None:
    """Everything she told, part by part, in the words of a request; ``above`` it stands that sentence, and ``nothing``
    is said when there is none."""
    parts = _parts(turn)
    if not parts:
        turn.say(nothing)
        return
    sections: list[dict[str, Any]] = []
    for section in Section:
        fields = [_shown(part) for part in parts if part.section is section]
        if fields:
            sections.append({"title": section.label, "fields": fields})
    turn.say(above, {"kind": "profile", "sections": sections})


def welcome_back(turn: Turn) -> bool:
    """After a pause of days: what she told last time, and whether it still holds. ``True`` when that was asked."""
    asked_in_vain = bool(turn.thread.questionnaire) or "still_true" in turn.profile.refused
    if not turn.came_back or asked_in_vain or turn.thread.phase not in ("listening", "offers") or not _told(turn):
        return False
    if not turn.answered:
        turn.thread.put_off()
    turn.thread.in_load_check = False
    ask_still_true(turn)
    return True


def ask_still_true(turn: Turn) -> None:
    """What she told last time, and whether it still holds."""
    told = _told(turn)
    recalled = [part for key in _WORTH_RECALLING for part in told if part.key is key][:MOST_RECALLED]
    lines = "\n".join(f"- {part.key.label}: {_recalled(part)}" for part in recalled or told[:MOST_RECALLED])
    turn.ask("still_true", told=lines)


def _recalled(part: RequestField) -> str:
    """Words of her own stand between quotes."""
    return f"“{part.value}”" if part.value == part.words else part.value


def _told(turn: Turn) -> list[RequestField]:
    """What can be said back to her of last time; a question of hers is no fact."""
    before = {part.key for part in _parts(turn, turn.known_before)}
    parts = [part for part in _parts(turn) if part.key in before]
    return [part for part in parts if part.key.value not in CONTACT and "?" not in part.value]


def ask_to_forget(turn: Turn) -> None:
    """Forgetting cannot be undone, so it is asked once; what was sent is with the consultant and is said so."""
    request = turn.services.requests.for_conversation(turn.conversation_id)
    sent = request is not None and request.state not in (RequestState.DRAFTED, RequestState.WITHDRAWN)
    turn.thread.put_off()
    turn.thread.pending = FORGET
    turn.say("forget_confirm_sent" if sent else "forget_confirm")


def _decide_to_forget(turn: Turn, value: str) -> bool:
    """Only a clear yes forgets; anything else that is no answer leaves all as it was."""
    turn.thread.pending = None
    sounds_like_yes = not value and turn.intent == "affirm"
    if value == "yes" or (sounds_like_yes and clearly_agrees(turn.text)):
        _forget_everything(turn)
    elif sounds_like_yes:
        ask_to_forget(turn)
    elif value == "no" or turn.intent == "deny":
        turn.say("forget_kept")
    else:
        return False
    return True


def _forget_everything(turn: Turn) -> None:
    requests = turn.services.requests
    request = requests.for_conversation(turn.conversation_id)
    if request is not None and request.state is RequestState.DRAFTED:
        requests.erase(turn.conversation_id)
    requests.stop_asking(turn.conversation_id)
    turn.services.clear_thread(turn.conversation_id)
    sent = turn.thread.phase == "sent"
    turn.forget()
    turn.thread.phase = "sent" if sent else turn.thread.phase  # the request is the consultant's to answer
    turn.say("forgotten", {"kind": "forgotten"})


def _choose_part(turn: Turn) -> None:
    parts = _parts(turn)
    choices = [(part.key.label, f"known_part:{part.key.value}") for part in parts]
    turn.say("known_which", choices=choices)


def _drop_part(turn: Turn) -> None:
    key = turn.thread.changing or ""
    forget_fact(turn.profile, PROFILE_NAME.get(FieldKey(key), "") if key else "")
    turn.thread.pending = turn.thread.changing = None
    turn.say("known_dropped", part=FieldKey(key).label.lower() if key else "")
    show_what_is_known(turn)


def _change_part(turn: Turn) -> bool:
    """Her new words for the part in hand. What cannot be read is asked once more, and the old value stays."""
    key = FieldKey(turn.thread.changing or FieldKey.SITUATION.value)
    if not change_fact(turn.profile, PROFILE_NAME[key], turn.reading, turn.text, turn.intent, turn.thread):
        turn.say("known_value_odd", part=key.label.lower())
        return True
    turn.thread.pending = turn.thread.changing = None
    turn.say("known_changed", part=key.label.lower())
    show_what_is_known(turn)
    return True


def _parts(turn: Turn, profile: CarerProfile | None = None) -> list[RequestField]:
    fields = compose_fields(profile or turn.profile, None, (), turn.services.wording)
    return [field for field in fields if field.value and field.key not in NOT_HERS]


def _shown(part: RequestField) -> dict[str, str]:
    return {"key": part.key.value, "label": part.key.label, "value": part.value, "state": part.state.value}


_WORTH_RECALLING = (FieldKey.LOVED_ONE, FieldKey.CONDITIONS, FieldKey.SITUATION, FieldKey.WISH, FieldKey.TASKS)
