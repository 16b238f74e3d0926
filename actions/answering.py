"""Saying an answer: its words, the sources of the facts in it, and the desk where the question is at home."""

from __future__ import annotations

import re

from babel.dates import format_date
from babel.lists import format_list

from actions.heard import REACTIONS
from actions.turn import Turn
from bot.talk.learn import keep_quote
from bot.talk.thread import BEFORE_OFFERS
from bot.understanding.text import fold

_POINTS = re.compile(
    r"\b(?:kunnen|hebben|doen|komen|nemen|weten|zijn|helpen) (?:die|ze|zij|deze)\b"
    r"|\bof (?:die|ze|zij) (?:\w+ ){0,6}(?:kan|kunnen)\b"
    r"|\b(?:kan|kost|is|moet|mag) (?:\w+ )?daar\b"
)
GRIEF = ("grief",)
"""Topics of which the answer begins with a condolence."""
UNSPOKEN = "?"  # a question of which nothing may be kept


def answer_topic(turn: Turn, topic: str, *, aside: bool = False) -> bool:
    """The answer on ``topic``, with where its facts come from and, if it belongs elsewhere, the desk for it.

    What stands on the screen already is not said again: she is asked what she would like to know of it, unless it was
    asked inside a story (``aside``). ``True`` when the answer itself asks something, such as which kind of complaint.
    """
    turn.thread.unclear = ""
    if topic in GRIEF and turn.thread.condoled_lately:
        if turn.thread.condoled != turn.thread.turn:
            turn.say("grief_beside")
        return False
    turn.thread.condoled = turn.thread.turn if topic in GRIEF else turn.thread.condoled
    name = f"answer_{topic}"
    if _said_before(turn, name):
        asked_else = aside or turn.thread.pending not in (None, *BEFORE_OFFERS) or bool(turn.thread.questionnaire)
        turn.say("said_above" if asked_else else "said_above_ask")
        return not asked_else
    turn.say(name)
    _tell_sources(turn, f"utter_{name}")
    if turn.services.wording.offers_choice(f"utter_{name}", "topic:"):
        return True
    desk = turn.services.desks.for_topic(topic, turn.thread.told_desks)
    if desk is not None:
        turn.thread.told_desks.append(desk.id)  # nobody is sent to the same desk twice (R80)
        card = desk.card(turn.services.facts, turn.services.now().date())
        turn.say("desk", **{name: turn.words.spoken(text) for name, text in card.items()})
    return False


def answer_about_offer(turn: Turn) -> bool:
    """A question about an offer on screen: only what stands on its card is known, and a person can ask the rest.

    Her question goes along in a request. ``True`` when that was the answer.
    """
    thread = turn.thread
    if thread.phase != "offers" or turn.choice or not turn.asks:
        return False
    meant = next((one for one in turn.services.catalogue.offers_called(turn.text) if one.id in thread.shown), None)
    points = meant is None and turn.topic is None and _POINTS.search(fold(turn.text)) is not None
    if not thread.shown or (meant is None and not points):
        return False
    keep_quote(turn.profile, turn.text, thread.turn)
    turn.say("about_offer" if meant else "about_offers", offer=meant.name if meant else "")
    return True


def _said_before(turn: Turn, name: str) -> bool:
    """Was this answer, of which there is one text, given before? It is counted here."""
    if turn.services.wording.varies(f"utter_{name}"):
        return False
    times = turn.thread.said.get(name, 0)
    turn.thread.said[name] = times + 1
    return times > 0


def answer_unclear(turn: Turn) -> bool:
    """Ask which of the likeliest topics she means, once; ``True`` when that was asked."""
    wording, thread = turn.services.wording, turn.thread
    named = [topic for topic in turn.likely_topics if wording.has(f"utter_topic_{topic}")]
    if turn.intent != "ask" or not named or thread.unclear or _written_topic(turn):
        return False
    thread.unclear = turn.question or UNSPOKEN
    turn.say("which_topic", choices=[(turn.words.text(f"utter_topic_{topic}"), f"topic:{topic}") for topic in named])
    return True


def answer_unknown(turn: Turn) -> None:
    """Not known is said; a question is kept for the editors without anybody in it, and a person is offered.

    Unless an editor wrote an answer for just this question since the model was trained.
    """
    if turn.intent in REACTIONS:
        turn.say("answer_never_mind" if turn.intent == "never_mind" else "answer_angry_at_you")
        return
    if topic := _written_topic(turn):
        answer_topic(turn, topic)
        return
    question, turn.thread.unclear = turn.thread.unclear or turn.question, ""
    if question in ("", UNSPOKEN):
        turn.say("question_unknown_only")
        return
    turn.services.unanswered.keep(question, turn.services.now().date())
    turn.say("question_unknown")


def _written_topic(turn: Turn) -> str | None:
    wording, asked = turn.services.wording, turn.thread.unclear or turn.text
    return wording.topic_of(asked) or wording.topic_of(turn.question)


def _tell_sources(turn: Turn, response: str) -> None:
    """Where the dated facts come from, in one line; of several the date that is longest ago."""
    quoted = [turn.services.facts[key] for key in turn.services.wording.facts_in(response)]
    cited = [fact for fact in quoted if fact.cite]
    if cited:
        names = format_list(list(dict.fromkeys(fact.cite for fact in cited)), locale="nl")
        oldest = min(fact.checked_on for fact in cited)
        turn.say("source", source=names, month=format_date(oldest, "LLLL yyyy", locale="nl"))
