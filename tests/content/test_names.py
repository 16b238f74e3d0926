"""Every sentence the code names exists, every sentence is said, and no word of a vocabulary lacks its own."""

from __future__ import annotations

import ast
from collections.abc import Callable
from itertools import chain

import pytest

from actions.people import OWN_PATH
from actions.questions import LOAD_CHECK
from bot.load import CODES as LOAD_CODES
from bot.load import LoadBand
from bot.reading import Task
from bot.request.urgency import OF_LOAD, WITHOUT_HEALTH
from bot.request.vocabulary import MessageStart, RequestState
from bot.talk.acknowledge import HEAVIEST_FIRST
from bot.talk.groups import Group
from bot.talk.third_party import IN_OTHER_WORDS
from bot.talk.thread import BEFORE_OFFERS, CAPTURED, CONTACT, DETAILS, LOAD_QUESTIONS
from bot.understanding.language import DUTCH, LANGUAGES
from bot.wording import UNDATED
from channels.web.page import PHONES
from knowledge.facts import Facts
from knowledge.offers.freshness import CODES as FRESHNESS_CODES
from knowledge.vocabulary import Condition, UnmetReason
from tests.content.examples import every_example
from tests.content.names_in_code import names_in_code, python_trees, widget_words
from tests.content.sentences import every_response, faults

NAMES = {response.name for response in every_response()}


def _ends_of(prefix: str) -> set[str]:
    return {name.removeprefix(prefix) for name in NAMES if name.startswith(prefix)}


def _reason_codes() -> set[str]:
    """First argument of every ``Reason("…")`` in knowledge, also where two are chosen between."""
    codes = set()
    for _, tree in python_trees("knowledge"):
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "Reason"
                and node.args
            ):
                codes |= {part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
    return codes


def _urgency_codes() -> set[str]:
    """The codes in the rules of ``urgency_of``, and the one that is left when none holds."""
    tree = next(tree for path, tree in python_trees("bot") if path.as_posix() == "bot/request/urgency.py")
    function = next(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "urgency_of")
    ends = [node.elts[-1] for node in ast.walk(function) if isinstance(node, ast.Tuple)]
    codes = {end.value for end in ends if isinstance(end, ast.Constant) and isinstance(end.value, str)}
    return codes | {*OF_LOAD.values(), *WITHOUT_HEALTH.values()}


def _questions() -> set[str]:
    """Every question as it is worded: the place is asked in several ways, the interpreter in her language."""
    places = {"place_around", "place_request", "place_request_own", "place_confirm_derived", "place_which_near"}
    places |= {"loved_one_agrees_several", "wlz_several", "wish_in_a_home"}
    places |= {f"place_{whose}" for whose in ("carer", "loved_one", "loved_ones", "minor")}
    interpreter = {"interpreter", *(f"interpreter_{code}" for code in (*LANGUAGES, "other"))} - {f"interpreter_{DUTCH}"}
    load = {f"load_{question}" for question in ("check", *LOAD_QUESTIONS)}
    own = {"together", "still_true", "known_value", "health", *DETAILS, *IN_OTHER_WORDS.values()}
    return {*BEFORE_OFFERS, *CAPTURED, *places, *interpreter, *load, *own} - {"place"}


def _topics_asked() -> set[str]:
    return {
        str(example.block["topic"])
        for example in every_example()
        if example.intent == "ask" and "topic" in example.block
    }


def _topics() -> set[str]:
    """What the examples teach; a twin without the fact is said in the place of its answer."""
    topics = {str(example.block["topic"]) for example in every_example() if "topic" in example.block}
    return topics | {end for topic in topics if (end := f"{topic}{UNDATED}") in _ends_of("utter_answer_")}


FAMILIES: dict[str, Callable[[], set[str]]] = {
    "utter_part_condition_": lambda: {term.value for term in Condition},
    "utter_part_task_": lambda: {term.value for term in Task},
    "utter_part_load_": lambda: {*HEAVIEST_FIRST, "broken_nights"},
    "utter_request_status_": lambda: {term.value for term in RequestState} - {RequestState.DRAFTED.value},
    "utter_message_": lambda: {start.value for start in MessageStart},
    "utter_urgency_": _urgency_codes,
    "utter_reason_": _reason_codes,
    "utter_freshness_": lambda: set(FRESHNESS_CODES),
    "utter_unmet_": lambda: {term.value for term in UnmetReason},
    "utter_ask_": _questions,
    "utter_widget_phone_": lambda: set(PHONES),
    "utter_load_reason_": lambda: set(LOAD_CODES),
    "utter_load_told_": lambda: {band.value for band in LoadBand} - {LoadBand.UNKNOWN.value},
    "utter_group_": lambda: {group.value for group in Group},
    "utter_answer_": _topics,
    "utter_topic_": lambda: _topics_asked() - {LOAD_CHECK},
}
"""Names that are put together from a closed vocabulary: the sentences must be exactly its words."""

OPEN_FAMILIES = ("utter_field_",)
"""Names put together where a value without a sentence is left out on purpose (bot.request.compose)."""


@pytest.mark.parametrize("prefix", FAMILIES)
def test_a_family_has_a_sentence_for_every_word_of_its_vocabulary_and_no_other(prefix: str) -> None:
    assert _ends_of(prefix) == FAMILIES[prefix]()


def test_every_sentence_the_code_names_exists() -> None:
    missing = [f"{place} says {name}" for name, place in names_in_code().full.items() if name not in NAMES]
    assert not missing, faults(missing)


def test_every_beginning_of_a_name_made_at_run_time_leads_somewhere() -> None:
    missing = [
        f"{place}: nothing begins with {beginning}"
        for beginning, place in names_in_code().beginnings.items()
        if not any(name.startswith(beginning) for name in NAMES)
    ]
    assert not missing, faults(missing)


def test_answers_to_other_roles_and_odd_contacts_exist() -> None:
    wanted = {*chain(*OWN_PATH.values()), *(f"{question}_odd" for question in CONTACT)}
    assert {f"utter_{end}" for end in wanted} <= NAMES


def test_every_sentence_is_said_somewhere() -> None:
    code = names_in_code()
    of_widget = widget_words()

    def is_said(name: str) -> bool:
        name = name.removesuffix(UNDATED)  # a twin is said in the place of its sentence
        end = name.removeprefix("utter_")
        if name in code.full or end in code.words or any(name.startswith(prefix) for prefix in OPEN_FAMILIES):
            return True
        if any(name.startswith(prefix) for prefix in FAMILIES):  # held to its vocabulary above
            return True
        if name.startswith("utter_widget_"):
            word = name.removeprefix("utter_widget_")
            return word in of_widget or word in code.words
        if end.removesuffix("_odd") in CONTACT:
            return True
        return any(name.startswith(beginning) for beginning in code.beginnings if beginning != "utter_widget_")

    unsaid = sorted(name for name in NAMES if not is_said(name))
    assert not unsaid, faults(unsaid)


def test_every_word_the_widget_uses_exists() -> None:
    missing = sorted(widget_words() - _ends_of("utter_widget_"))
    assert not missing, faults(missing)


def test_every_number_on_the_page_is_a_fact() -> None:
    known = {fact.key for fact in Facts.load()}
    assert set(PHONES) <= known
