"""Asking a questionnaire item by item, word for word: an immutable run that can be stored between two turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from knowledge.instruments.blocks import InstrumentError
from knowledge.instruments.licensed import LicensedText
from knowledge.instruments.packs import NOT_ASKED, SKIPPED, UNANSWERED, Answer, Construct, Pack
from knowledge.instruments.results import InstrumentResult, result_of


@dataclass(frozen=True)
class Instrument:
    """A questionnaire that is switched on: the pack and the words that may be asked."""

    pack: Pack
    text: LicensedText

    def start(self) -> InstrumentRun:
        """A run in which nothing was asked."""
        return InstrumentRun(self, (NOT_ASKED,) * self.pack.item_count)

    def resume(self, stored: Mapping[str, Any]) -> InstrumentRun:
        """The run that ``to_dict`` stored. Raises ``InstrumentError``, also when the words have changed since."""
        steps, rephrased = stored.get("steps"), stored.get("rephrased")
        if stored.get("pack") != self.pack.key or not isinstance(steps, list) or not isinstance(rephrased, bool):
            raise InstrumentError(self.pack.key, "what was stored is no run of this pack")
        if stored.get("sha256") != self.text.permission.sha256:
            raise InstrumentError(self.pack.key, "the stored answers were given to other words")
        known = {*UNANSWERED, *(answer.code for answer in self.pack.answers)}
        if len(steps) != self.pack.item_count or not all(isinstance(step, str) and step in known for step in steps):
            raise InstrumentError(self.pack.key, "the stored steps do not fit its items and answers")
        return InstrumentRun(self, tuple(steps), rephrased)


@dataclass(frozen=True)
class Item:
    """One item to ask. ``number`` from 1; ``text`` word for word; ``construct``: what it is about, when known."""

    number: int
    text: str
    answers: tuple[Answer, ...]
    construct: Construct | None


@dataclass(frozen=True)
class InstrumentRun:
    """Where somebody is in a questionnaire. ``steps``: an answer code, ``NOT_ASKED`` or ``SKIPPED`` for each item.

    ``rephrased``: an item was asked in other words; that cannot be taken back.
    """

    instrument: Instrument
    steps: tuple[str, ...]
    rephrased: bool = False

    @property
    def next_item(self) -> Item | None:
        """The first item that was not asked; ``None`` at the end. What was skipped is not asked again (R17)."""
        return self.item(self.steps.index(NOT_ASKED) + 1) if NOT_ASKED in self.steps else None

    @property
    def finished(self) -> bool:
        """Is there nothing left to ask?"""
        return NOT_ASKED not in self.steps

    def item(self, number: int) -> Item:
        """Item ``number`` (from 1), asked or not. Raises ``InstrumentError``."""
        pack = self.instrument.pack
        if not 1 <= number <= pack.item_count:
            raise InstrumentError(pack.key, f"items are numbered 1 to {pack.item_count}")
        return Item(number, self.instrument.text.items[number - 1], pack.answers, pack.construct(number))

    def answer(self, code: str, number: int | None = None) -> InstrumentRun:
        """The run after this answer to the next item, or to item ``number``, also to change what was answered.

        Raises ``InstrumentError`` on a code outside the answer set, or when there is nothing left to ask.
        """
        chosen = self._number(number)
        self.instrument.pack.points(chosen, code)
        return self._with(chosen, code)

    def skip(self, number: int | None = None) -> InstrumentRun:
        """The run after not answering the next item, or item ``number``. Raises ``InstrumentError`` at the end."""
        return self._with(self._number(number), SKIPPED)

    def rephrase(self) -> InstrumentRun:
        """The run once an item was asked in other words: from now on indicative, without a band (domain facts 1.1)."""
        return replace(self, rephrased=True)

    def result(self) -> InstrumentResult:
        """What can be said so far; at any moment, also when the person stops half-way."""
        return result_of(self.instrument.pack, self.instrument.text.tariff, self.steps, self.rephrased)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, for ``Instrument.resume``; it holds no word of the items."""
        return {
            "pack": self.instrument.pack.key,
            "sha256": self.instrument.text.permission.sha256,
            "steps": list(self.steps),
            "rephrased": self.rephrased,
        }

    def _number(self, number: int | None) -> int:
        if number is not None:
            return self.item(number).number
        if self.finished:
            raise InstrumentError(self.instrument.pack.key, "every item was asked already")
        return self.steps.index(NOT_ASKED) + 1

    def _with(self, number: int, step: str) -> InstrumentRun:
        return replace(self, steps=(*self.steps[: number - 1], step, *self.steps[number:]))
