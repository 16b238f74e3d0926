"""The gate that every message passes before Rasa: decides which fixed replies danger gets. It holds no wording."""

from __future__ import annotations

from dataclasses import dataclass

from bot.safety.clarification import AnswerReader
from bot.safety.detection import DangerHearing, hearing
from bot.safety.judgement import judge
from bot.safety.kinds import Danger, DangerKind, Hunch
from bot.safety.lexicon import Lexicon

_ABOUT_ANOTHER = {DangerKind.SUICIDE, DangerKind.VIOLENCE, DangerKind.NEGLECT, DangerKind.CHILD}
_QUESTIONS = {
    DangerKind.MEDICAL: "utter_danger_question_medical",
    DangerKind.SUICIDE: "utter_danger_question",
    DangerKind.BREAKDOWN: "utter_danger_question",
    DangerKind.CHILD: "utter_danger_question_home",
    DangerKind.VIOLENCE: "utter_danger_question_home",
    DangerKind.NEGLECT: "utter_danger_question_home",
}
AFTERWARDS = "utter_danger_afterwards"
AFTERWARDS_YOUNG = "utter_danger_afterwards_young"
TIRED = "utter_danger_tired_follow_up"
CALM = "utter_danger_calm"
RATHER_NOT = "utter_danger_rather_not"


@dataclass(frozen=True)
class Verdict:
    """What to do with a message in which danger was heard, or that answers the gentle question.

    ``responses``: names of fixed replies, in order; empty means: no reply of the gate, let the message through.
    ``alert``: tell a person now. ``question_open``: keep this with the conversation until the next message (``None``:
    nothing is open any more).
    """

    kind: DangerKind
    certain: bool
    responses: tuple[str, ...]
    alert: bool
    question_open: Danger | None


class SafetyGate:
    """Pure: the same message and open question give the same verdict, with the model unloaded as well."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._hearing = hearing() if lexicon is None else DangerHearing(lexicon)
        self._answers = AnswerReader(self._hearing.lexicon)

    def warm_up(self) -> None:
        """Compile every pattern now (some seconds), instead of each when a message first calls for it."""
        self._hearing.warm_up()

    def check(self, text: str, question_open: Danger | None = None, hunch: Hunch | None = None) -> Verdict | None:
        """The verdict on a message, or ``None`` when there is nothing to do. Never raises on any text.

        ``hunch``: what the trained ear heard in it; without one (no model) the patterns decide alone.
        """
        heard = judge(self._hearing.hear(text), hunch, self._hearing.explains(text) if hunch else ())
        if heard is not None and heard.certain:
            return _answer(heard, certain=True)
        if question_open is not None:
            return self._after_question(text, question_open, heard)
        if heard is not None:
            return Verdict(heard.kind, False, (_question(heard),), alert=False, question_open=heard)
        return None

    def _after_question(self, text: str, asked: Danger, heard: Danger | None) -> Verdict:
        answer = self._answers.read(text)
        if answer == "danger":
            return _answer(asked, certain=True)
        if answer in ("tired", "rather_not"):
            said = TIRED if answer == "tired" else RATHER_NOT
            return Verdict(asked.kind, False, (said,), alert=False, question_open=None)
        if heard is not None:  # the same uncertain words again: she was asked already, so now she is told whom to call
            return _answer(heard, certain=False)
        responses = (CALM,) if answer == "none_of_these" else ()
        return Verdict(asked.kind, False, responses, alert=False, question_open=None)


def _answer(danger: Danger, certain: bool) -> Verdict:
    about_another = danger.other and danger.kind in _ABOUT_ANOTHER
    reply = f"utter_danger_{danger.kind}" + ("_other" if about_another else "")
    child_speaks = danger.kind is DangerKind.CHILD and not danger.other
    responses = (reply, AFTERWARDS_YOUNG if child_speaks else AFTERWARDS)
    return Verdict(danger.kind, certain, responses, alert=True, question_open=None)


def _question(danger: Danger) -> str:
    if danger.kind is DangerKind.SUICIDE and danger.other:
        return "utter_danger_question_other"
    return _QUESTIONS[danger.kind]


def response_names() -> set[str]:
    """Every response the gate can name; each must be in the domain."""
    replies = {f"utter_danger_{kind}" for kind in DangerKind}
    others = {f"utter_danger_{kind}_other" for kind in _ABOUT_ANOTHER}
    questions = {*_QUESTIONS.values(), "utter_danger_question_other"}
    return replies | others | questions | {AFTERWARDS, AFTERWARDS_YOUNG, TIRED, CALM, RATHER_NOT}
