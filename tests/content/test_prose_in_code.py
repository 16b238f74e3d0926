"""No sentence that people read stands in Python or JavaScript (invariant 1): nobody who edits Dutch would find it."""

from __future__ import annotations

import ast
import re

from tests.content.names_in_code import python_trees
from tests.content.sentences import ROOT, faults, load

_COMMON_TEXT = """
aan als bij dan dat de deze dit een er geen het hier ik kan kunt maar met moet naar niet nog of om ook op te u uw van
voor waar wat we wel wij wilt worden wordt zijn zo
"""
COMMON = frozenset(_COMMON_TEXT.split())
ALSO_ENGLISH = frozenset({"als", "dan", "de", "er", "met", "of", "om", "op", "u", "wat", "we"})
ENOUGH = 2  # so many different common Dutch words make a sentence
ALLOWED: dict[str, str] = load("prose_allowed.yml")
ROOMS_THAT_ONLY_READ = ("bot/understanding/", "bot/safety/")
"""Their Dutch is what people write, in pieces of patterns; a whole sentence is out of place there too."""
_WHOLE_SENTENCE = re.compile(r"[A-ZÀ-Ý][^|()\\]*[.?!]")
_JAVASCRIPT_TEXT = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
_JAVASCRIPT_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)


def looks_dutch(text: str) -> bool:
    """Two or more common Dutch words, at least one of which is no English word (or abbreviation) too."""
    words = set(re.findall(r"[a-zà-ÿ]+", text.lower())) & COMMON
    return len(words) >= ENOUGH and bool(words - ALSO_ENGLISH)


def test_the_eye_for_dutch_sees_dutch_and_leaves_english_alone() -> None:
    assert looks_dutch("Dat is niet voor u.")
    assert looks_dutch("kunt u het nog eens zeggen")
    assert not looks_dutch("there is no model for these sources: run `make train`")
    assert not looks_dutch("one of the offers of a person we met")
    assert not looks_dutch("thuis")


def test_no_dutch_sentence_in_python() -> None:
    found = []
    for path, tree in python_trees("knowledge", "bot", "actions", "channels"):
        if path.as_posix() in ALLOWED:
            continue
        only_reads = path.as_posix().startswith(ROOMS_THAT_ONLY_READ)
        found += [
            f"{path}:{line}: {text[:80]!r}"
            for line, text in _dutch_in(tree)
            if not only_reads or _WHOLE_SENTENCE.fullmatch(text.strip())
        ]
    assert not found, faults(found)


def test_no_dutch_sentence_in_javascript() -> None:
    found = []
    for path in sorted((ROOT / "channels").rglob("*.js")):
        code = _JAVASCRIPT_COMMENT.sub("", path.read_text(encoding="utf-8"))
        texts = (next(filter(None, groups), "") for groups in _JAVASCRIPT_TEXT.findall(code))
        found += [f"{path.relative_to(ROOT)}: {text[:80]!r}" for text in texts if looks_dutch(text)]
    assert not found, faults(found)


def test_every_exception_is_still_needed() -> None:
    idle = [
        name
        for name in ALLOWED
        if not (ROOT / name).exists() or not _dutch_in(ast.parse((ROOT / name).read_text(encoding="utf-8")))
    ]
    assert not idle, faults(idle)


def _dutch_in(tree: ast.Module) -> list[tuple[int, str]]:
    """Dutch texts with their lines. Left out: docstrings, words of a closed vocabulary (``Term``: labels, not
    sentences), and patterns (``re.compile``: what people write, not what we say)."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if _holds_no_sentence(node):
            skipped |= {id(part) for part in ast.walk(node)}
    texts = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped
    )
    return [(node.lineno, node.value) for node in texts if looks_dutch(node.value)]


def _holds_no_sentence(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.ClassDef):
        return any(_name(base) == "Term" for base in node.bases)
    return isinstance(node, ast.Call) and _name(node.func) == "compile"


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
