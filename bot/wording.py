"""Every sentence a person reads, by name: loaded from the domain files, filled with values and checked facts.

One mechanism for the talk (through Rasa's NLG seam, ``bot.assistant``), the safety gate (no model needed), offer
reasons, the request and the desk's notices. A name may have several variants; which one is chosen follows from
``variant``, never from chance, so that the same talk reads the same twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from bot.address import in_je
from bot.settings import ROOT
from knowledge.answers import CuratedAnswers
from knowledge.yaml_files import read_yaml

UNDATED = "_undated"
ANSWER = "utter_answer_"
FACT = "fact_"
DOMAIN_FOLDER = ROOT / "nlu_data" / "domain"


class WordingError(LookupError):
    """A sentence or one of its values is missing: a fault in the content, never in what a person typed."""


@dataclass(frozen=True)
class Utterance:
    """A filled-in sentence with its buttons (``title``, ``payload``) and, if any, a card."""

    name: str
    text: str
    buttons: tuple[dict[str, str], ...] = ()
    card: dict[str, Any] | None = None


class Wording:
    """The sentences by name. ``facts`` are available in every sentence as ``{fact_<key>}``, as they are now.

    What an editor published as answer on a topic takes the place of the sentence ``utter_answer_<topic>``.
    """

    def __init__(
        self,
        responses: Mapping[str, list[dict[str, Any]]],
        facts: Mapping[str, str],
        overdue: Callable[[], Collection[str]] = frozenset,
        informal: bool = False,
        answers: CuratedAnswers | None = None,
    ) -> None:
        self._responses = responses
        self._facts = facts
        self._overdue = overdue
        self._informal = informal
        self._answers = answers

    @classmethod
    def load(
        cls,
        facts: Mapping[str, str],
        folder: Path = DOMAIN_FOLDER,
        overdue: Callable[[], Collection[str]] = frozenset,
        answers: CuratedAnswers | None = None,
    ) -> Wording:
        """Read the ``responses`` of every domain file in ``folder``. Raises ``WordingError`` on a name given twice.

        ``overdue`` gives the keys of facts that may not be shown today (R68): a sentence that holds one gives way to
        its twin ``<name>_undated``, which says whom to ask instead.
        """
        responses: dict[str, list[dict[str, Any]]] = {}
        for path in sorted(folder.glob("*.yml")):
            for name, variants in (read_yaml(path.read_text(encoding="utf-8")).get("responses") or {}).items():
                if name in responses:
                    raise WordingError(f"{name} is given twice, the second time in {path.name}")
                responses[name] = variants
        return cls(responses, facts, overdue, answers=answers)

    def names(self) -> Iterable[str]:
        """All names that came with the product, for content checks."""
        return self._responses.keys()

    def has(self, name: str) -> bool:
        """Is there a sentence of this name?"""
        return bool(self._variants(name))

    def varies(self, name: str) -> bool:
        """Is there more than one way to say it?"""
        return len(self._variants(name)) > 1

    def offers_choice(self, name: str, beginning: str) -> bool:
        """Has the sentence a button that chooses something of this kind (``"topic:"``)?"""
        return any(f'"{beginning}' in button["payload"] for one in self._variants(name) for button in _buttons(one))

    def facts_in(self, name: str) -> list[str]:
        """The keys of the facts that a sentence quotes today, in the order of its text."""
        chosen = self._variants(name)[0].get("text", "")
        return [] if self._held(chosen) else [key for key in _quoted(chosen) if key in self._facts]

    def topic_of(self, question: str) -> str | None:
        """The topic of the answer that an editor wrote for such a question, if it can be said today."""
        found = self._answers.find(question) if self._answers else None
        return found.topic if found and self.has(f"{ANSWER}{found.topic}") else None

    def in_je(self) -> Wording:
        """The same sentences for somebody who is *je* to us."""
        return Wording(self._responses, self._facts, self._overdue, informal=True, answers=self._answers)

    def spoken(self, text: str) -> str:
        """A text of ours as it is said to this person; her own words are not to be passed through here."""
        return in_je(text) if self._informal else text

    def say(self, name: str, variant: int = 0, /, **values: Any) -> Utterance:
        """The sentence ``name`` filled with ``values``. Raises ``WordingError`` if it or a value is missing."""
        variants = self._variants(name)
        if not variants:
            raise WordingError(f"no sentence is called {name}")
        chosen = variants[variant % len(variants)]
        if self._held(chosen.get("text", "")):
            return self.say(f"{name}{UNDATED}", variant, **values)
        buttons = tuple(
            {"title": self._fill(name, button["title"], values), "payload": button["payload"]}
            for button in _buttons(chosen)
        )
        return Utterance(name, self._fill(name, chosen.get("text", ""), values), buttons)

    def text(self, name: str, variant: int = 0, /, **values: Any) -> str:
        """Only the text of ``say``."""
        return self.say(name, variant, **values).text

    def _variants(self, name: str) -> list[dict[str, Any]]:
        """The ways to say it today; an edited answer that quotes what may not be shown gives way to our own."""
        ours = self._responses.get(name, [])
        edited = (
            self._answers.texts().get(name.removeprefix(ANSWER)) if self._answers and name.startswith(ANSWER) else None
        )
        if edited is None or self._held(edited):
            return ours
        return [{"text": edited, "buttons": _buttons(ours[0]) if ours else ()}]

    def _held(self, text: str) -> bool:
        """Does it quote a fact that may not be shown today, or that is gone?"""
        quoted = _quoted(text)
        overdue = self._overdue() if quoted else ()
        return any(key in overdue or key not in self._facts for key in quoted)

    def _fill(self, name: str, template: str, values: Mapping[str, Any]) -> str:
        try:
            quoted = {f"fact_{key}": self._facts[key] for key in _quoted(template) if key in self._facts}
            return Formatter().vformat(self.spoken(template), (), {**quoted, **values}).strip()
        except (KeyError, IndexError) as missing:
            raise WordingError(f"{name} needs a value for {missing}") from missing


def _quoted(text: str) -> list[str]:
    """The keys of the facts in a sentence, in order, each once."""
    names = (name for _, name, _, _ in Formatter().parse(text) if name and name.startswith(FACT))
    return [name.removeprefix(FACT) for name in dict.fromkeys(names)]


def _buttons(one: Mapping[str, Any]) -> tuple[dict[str, str], ...]:
    return tuple(one.get("buttons", ()))
