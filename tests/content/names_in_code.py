"""Which sentences the code names: read from the source text, so that a name nobody ever says is found too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tests.content.sentences import ROOT

ROOMS_THAT_SPEAK = ("actions", "bot", "channels")
_FULL_NAME = re.compile(r"utter_[a-z0-9_]*[a-z0-9]")
_OF_RASA = {"utter_action"}  # a key of Rasa's messages, not a sentence
_IN_JAVASCRIPT = re.compile(r"\bwords\.([a-z0-9_]+)")


@dataclass
class Named:
    """``full``: names that must exist, with the place; ``beginnings``: of names made at run time; ``words``: every
    short text in the code, among which are the ends of names that are put together (``{"ask_cost": "answer_cost"}``).
    """

    full: dict[str, str] = field(default_factory=dict)
    beginnings: dict[str, str] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)


@lru_cache(maxsize=1)
def names_in_code() -> Named:
    """Everything the rooms that speak say by name."""
    named = Named()
    for path, tree in python_trees(*ROOMS_THAT_SPEAK):
        for node in ast.walk(tree):
            place = f"{path}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.words.add(node.value)
                if _FULL_NAME.fullmatch(node.value) and node.value not in _OF_RASA:
                    named.full[node.value] = place
            elif isinstance(node, ast.JoinedStr):
                _note_beginning(named, node, "", place)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                _note_call(named, node, node.func, place)
    return named


def widget_words() -> set[str]:
    """The ends of the ``utter_widget_`` names that the widget's scripts and page templates use."""
    web = ROOT / "channels" / "web"
    files = [*web.glob("static/*.js"), *web.glob("templates/*.html")]
    return {name for path in files for name in _IN_JAVASCRIPT.findall(path.read_text(encoding="utf-8"))}


def python_trees(*rooms: str) -> Iterator[tuple[Path, ast.Module]]:
    """The parsed modules of these rooms, with their paths from the root."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def _note_call(named: Named, call: ast.Call, method: ast.Attribute, place: str) -> None:
    on_turn = isinstance(method.value, ast.Name) and method.value.id == "turn"
    if method.attr == "say" and on_turn and call.args:
        _note(named, call.args[0], "utter_", place)
    elif method.attr == "ask" and on_turn and call.args:
        _note(named, call.args[1] if len(call.args) > 1 else call.args[0], "utter_ask_", place)


def _note(named: Named, node: ast.expr, before: str, place: str) -> None:
    if isinstance(node, ast.IfExp):
        _note(named, node.body, before, place)
        _note(named, node.orelse, before, place)
    elif isinstance(node, ast.JoinedStr):
        _note_beginning(named, node, before, place)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        named.full[before + node.value] = place


def _note_beginning(named: Named, node: ast.JoinedStr, before: str, place: str) -> None:
    first = node.values[0] if node.values else None
    start = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
    if (before + start).startswith("utter_") and start not in ("", "utter_"):
        named.beginnings[before + start] = place
