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

import yaml

from bot.address import in_je
from bot.settings import ROOT

UNDATED = "_undated"
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
    """The sentences by name. ``facts`` are available in every sentence as ``{fact_<key>}``."""

    def __init__(
        self,
        responses: Mapping[str, list[dict[str, Any]]],
        facts: Mapping[str, str],
        overdue: Callable[[], Collection[str]] = frozenset,
        informal: bool = False,
    ) -> None:
        self._responses = responses
        self._facts = facts
        self._quotable = {f"fact_{key}": value for key, value in facts.items()}
        self._overdue = overdue
        self._informal = informal

    @classmethod
    def load(
        cls,
        facts: Mapping[str, str],
        folder: Path = DOMAIN_FOLDER,
        overdue: Callable[[], Collection[str]] = frozenset,
    ) -> Wording:
        """Read the ``responses`` of every domain file in ``folder``. Raises ``WordingError`` on a name given twice.

        ``overdue`` gives the keys of facts that may not be shown today (R68): a sentence that holds one gives way to
        its twin ``<name>_undated``, which says whom to ask instead.
        """
        responses: dict[str, list[dict[str, Any]]] = {}
        for path in sorted(folder.glob("*.yml")):
            for name, variants in (yaml.safe_load(path.read_text(encoding="utf-8")).get("responses") or {}).items():
                if name in responses:
                    raise WordingError(f"{name} is given twice, the second time in {path.name}")
                responses[name] = variants
        return cls(responses, facts, overdue)

    def names(self) -> Iterable[str]:
        """All names, for content checks."""
        return self._responses.keys()

    def has(self, name: str) -> bool:
        """Is there a sentence of this name?"""
        return name in self._responses

    def varies(self, name: str) -> bool:
        """Is there more than one way to say it?"""
        return len(self._responses.get(name, ())) > 1

    def offers_choice(self, name: str, beginning: str) -> bool:
        """Has the sentence a button that chooses something of this kind (``"topic:"``)?"""
        variants = self._responses.get(name, ())
        return any(f'"{beginning}' in button["payload"] for one in variants for button in one.get("buttons", ()))

    def facts_in(self, name: str) -> list[str]:
        """The keys of the facts that a sentence quotes today, in the order of its text."""
        chosen = self._responses[name][0].get("text", "")
        names = dict.fromkeys(name for _, name, _, _ in Formatter().parse(chosen) if name in self._quotable)
        quoted = [str(name).removeprefix("fact_") for name in names]
        return [] if set(quoted) & set(self._overdue()) else quoted

    def in_je(self) -> Wording:
        """The same sentences for somebody who is *je* to us."""
        return Wording(self._responses, self._facts, self._overdue, informal=True)

    def spoken(self, text: str) -> str:
        """A text of ours as it is said to this person; her own words are not to be passed through here."""
        return in_je(text) if self._informal else text

    def say(self, name: str, variant: int = 0, /, **values: Any) -> Utterance:
        """The sentence ``name`` filled with ``values``. Raises ``WordingError`` if it or a value is missing."""
        variants = self._responses.get(name)
        if not variants:
            raise WordingError(f"no sentence is called {name}")
        chosen = variants[variant % len(variants)]
        if any(f"{{fact_{key}}}" in chosen.get("text", "") for key in self._overdue()):
            return self.say(f"{name}{UNDATED}", variant, **values)
        buttons = tuple(
            {"title": self._fill(name, button["title"], values), "payload": button["payload"]}
            for button in chosen.get("buttons", ())
        )
        return Utterance(name, self._fill(name, chosen.get("text", ""), values), buttons)

    def text(self, name: str, variant: int = 0, /, **values: Any) -> str:
        """Only the text of ``say``."""
        return self.say(name, variant, **values).text

    def _fill(self, name: str, template: str, values: Mapping[str, Any]) -> str:
        try:
            return Formatter().vformat(self.spoken(template), (), {**self._quotable, **values}).strip()
        except (KeyError, IndexError) as missing:
            raise WordingError(f"{name} needs a value for {missing}") from missing
