"""The danger patterns as an editor keeps them (``patterns/*.yml``), read once and made ready to search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.safety.kinds import DangerKind
from bot.safety.phrases import Phrase, PhraseError, PhraseReader
from bot.safety.tokens import Speller, fold
from knowledge.yaml_files import read_yaml

Reader = Callable[[Iterable[str]], tuple[Phrase, ...]]
PATTERNS = Path(__file__).parent / "patterns"
_ENTRY_KEYS = {
    *("name", "certain", "other", "says", "unless", "softer", "examples", "past", "no_in_gaps"),
    *("beside", "not_beside", "weak"),
}


@dataclass(frozen=True)
class Entry:
    """One way danger is told. ``unless`` takes it away, ``softer`` makes it a question, both within the sentence.

    ``past``: what is long over counts as well. ``no_in_gaps``: a "niet" between the words takes it away (not so where
    the words only stand together: "ik ben gevallen en kan niet lopen, wie zorgt er nu").
    """

    name: str
    kind: DangerKind
    certain: bool
    other: bool
    says: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    softer: tuple[Phrase, ...]
    past: bool
    no_in_gaps: bool
    examples: tuple[str, ...]
    beside: tuple[tuple[Phrase, ...], ...] = ()
    not_beside: tuple[Phrase, ...] = ()
    weak: bool = False


@dataclass(frozen=True)
class Lexicon:
    """All patterns and the words around them that change their meaning.

    ``figures`` are figures of speech and daily care words, taken out before anything is searched. ``answers`` are the
    answers to the gentle question. ``explained`` are words that say of a kind of danger that it is something else.
    """

    speller: Speller
    lists: Mapping[str, frozenset[str]]
    entries: tuple[Entry, ...]
    figures: tuple[Phrase, ...]
    long_ago: tuple[Phrase, ...]
    still: tuple[Phrase, ...]
    pressing: tuple[Phrase, ...]
    jokes: tuple[Phrase, ...]
    young_speaker: tuple[Phrase, ...]
    answers: Mapping[str, tuple[Phrase, ...]]
    explained: Mapping[DangerKind, tuple[Phrase, ...]]


@lru_cache(maxsize=4)
def read_lexicon(folder: Path = PATTERNS) -> Lexicon:
    """Read ``words.yml``, ``context.yml``, ``answers.yml`` and the files of each kind (``suicide*.yml``).

    Raises ``PhraseError`` on a phrase that cannot be read and on an entry with an unknown key or without examples.
    """
    words = _yaml(folder / "words.yml")
    context = _yaml(folder / "context.yml")
    answers = _yaml(folder / "answers.yml")
    files = [(kind, _yaml(path)) for kind in DangerKind for path in sorted(folder.glob(f"{kind}*.yml"))]
    speller = Speller(words["short_forms"], words["distinctive"])
    lists = {**words["lists"], **{name: listed for _, file in files for name, listed in file.get("lists", {}).items()}}
    reader = PhraseReader(lists, speller.spell, words["common"])
    for source in _all_phrases([words["lists"], context, answers, *(file for _, file in files)]):
        speller.known |= reader.words(source)

    def read(sources: Iterable[str]) -> tuple[Phrase, ...]:
        return tuple(reader.read(source) for source in sources)

    groups = {name: phrases for _, file in files for name, phrases in file.get("groups", {}).items()}
    elsewhere = read(context["elsewhere"])
    entries = [_entry(kind, file, raw, read, elsewhere, groups) for kind, file in files for raw in file["entries"]]
    return Lexicon(
        speller=speller,
        lists={name: frozenset(fold(str(word)) for word in listed) for name, listed in lists.items()},
        entries=tuple(entries),
        figures=read(context["figures"]),
        long_ago=read(context["long_ago"]),
        still=read(context["still"]),
        pressing=read(phrase for _, file in files for phrase in file.get("pressing", [])),
        jokes=read(context["jokes"]),
        young_speaker=read(context["young_speaker"]),
        answers={name: read(sources) for name, sources in answers.items()},
        explained={DangerKind(kind): read(sources) for kind, sources in context["explained"].items()},
    )


def _entry(
    kind: DangerKind,
    file: dict[str, Any],
    raw: dict[str, Any],
    read: Reader,
    elsewhere: tuple[Phrase, ...],
    groups: Mapping[str, list[str]],
) -> Entry:
    if unknown := set(raw) - _ENTRY_KEYS:
        raise PhraseError(f"unknown key {', '.join(sorted(unknown))} in {kind.value} / {raw.get('name')}")
    if not raw.get("examples"):
        raise PhraseError(f"{kind.value} / {raw.get('name')} has no examples")
    own_death = (
        kind is DangerKind.SUICIDE and raw["certain"] and not raw.get("other")
    )  # even with a film in it, this is asked about
    return Entry(
        name=f"{kind.value}: {raw['name']}",
        kind=kind,
        certain=raw["certain"],
        other=raw.get("other", False),
        says=read(raw["says"]),
        unless=read([*file.get("unless", []), *raw.get("unless", [])]) + (() if own_death else elsewhere),
        softer=read([*file.get("softer", []), *raw.get("softer", [])]) + (elsewhere if own_death else ()),
        past=raw.get("past", False),
        no_in_gaps=(raw.get("no_in_gaps") or file.get("no_in_gaps", "counts")) == "counts",
        examples=tuple(raw["examples"]),
        beside=tuple(read(_named(group, groups)) for group in raw.get("beside", [])),
        not_beside=read(_named([*file.get("not_beside", []), *raw.get("not_beside", [])], groups)),
        weak=raw.get("weak", False),
    )


def _all_phrases(tree: Any) -> Iterable[str]:
    """Every phrase in the files (examples and names are not phrases: they may hold typing errors)."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, Mapping):
        for key, value in tree.items():
            if key not in ("examples", "name"):
                yield from _all_phrases(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _all_phrases(value)


def _named(sources: str | list[str], groups: Mapping[str, list[str]]) -> list[str]:
    """Phrases, with the whole group for a name (``=handled``). Raises ``PhraseError`` on a name nobody defined."""
    listed = [sources] if isinstance(sources, str) else sources
    if unknown := [name for name in listed if name.startswith("=") and name[1:] not in groups]:
        raise PhraseError(f"unknown group {', '.join(unknown)}")
    return [phrase for source in listed for phrase in (groups[source[1:]] if source.startswith("=") else [source])]


def _yaml(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml(path.read_text(encoding="utf-8"))
    return loaded
