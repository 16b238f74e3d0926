"""The access rules of municipalities at the desk: one record a municipality, one group of questions a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from channels.desk.catalogue.plain_texts import dutch_day, iso_day
from channels.desk.catalogue.questions import Control, Question, Section
from channels.desk.catalogue.shelves import Body, Shelf, Texts
from knowledge.access.checks import TOP_TEXTS, find_faults
from knowledge.access.guide import RULES, SECTIONS, DetailGuide, DetailShape, RuleAnswer, RuleGuide
from knowledge.curation.record import RecordKind
from knowledge.places.regions import Regions
from knowledge.yaml_files import read_yaml

LABELS = Path(__file__).with_name("labels.yml")
_CONTROLS = {
    DetailShape.LONG_TEXT: Control.TEXT,
    DetailShape.YEAR: Control.NUMBER,
    DetailShape.DAY: Control.DAY,
    DetailShape.MAYBE: Control.MAYBE,
}
_INPUTS = {DetailShape.PHONE: "tel", DetailShape.URL: "url"}
_MAYBE = {"ja": RuleAnswer.YES.value, "nee": RuleAnswer.NO.value}


class AccessShelf(Shelf):
    """The rules of each municipality. A column is ``municipality`` or ``<rule>.<field>``."""

    kind = RecordKind.ACCESS_RULES
    slug = "regels"
    can_confirm = True

    def __init__(self, regions: Regions) -> None:
        self._regions = regions
        self._names = frozenset(one.name for one in regions.municipalities())
        self._words = read_yaml(LABELS.read_text(encoding="utf-8"))["access"]
        self.sections = (self._which(), *(self._section(key, title) for key, title in SECTIONS.items()))
        self._columns = [column for one in self.sections for question in one.questions for column in question.columns()]

    def _which(self) -> Section:
        asked = [self._plain(name, "municipalities" if name == "municipality" else "") for name in self._top()]
        return Section("which", self._words["which"]["title"], tuple(asked))

    @staticmethod
    def _top() -> tuple[str, ...]:
        return ("municipality", *TOP_TEXTS)

    def _plain(self, name: str, lookup: str) -> Question:
        words = self._words[name]
        return Question(name, words["label"], words["help"], words["example"], Control.LINE, lookup=lookup)

    def _section(self, key: str, title: str) -> Section:
        return Section(key, title, tuple(self._rule(rule) for rule in RULES.values() if rule.section == key))

    def _rule(self, rule: RuleGuide) -> Question:
        words = self._words["answer"]
        answer = Question(
            f"{rule.key}.answer",
            words["label"],
            words["help"],
            "",
            Control.ONE,
            options=tuple(one.label for one in RuleAnswer),
            optional=False,
        )
        parts = (answer, *(self._detail(rule, one) for one in rule.fields))
        return Question(rule.key, rule.label, rule.help, rule.example, Control.LINE, parts=parts)

    @staticmethod
    def _detail(rule: RuleGuide, guide: DetailGuide) -> Question:
        control = _CONTROLS.get(guide.shape, Control.LINE)
        kind = _INPUTS.get(guide.shape, "text")
        return Question(f"{rule.key}.{guide.name}", guide.label, guide.help, guide.example, control, kind_of_input=kind)

    def texts(self, body: Mapping[str, Any]) -> dict[str, str]:
        """What stands in the form."""
        texts = {column: str(body.get(column) or "") if "." not in column else "" for column in self._columns}
        for key, block in (body.get("rules") or {}).items():
            for name, value in block.items():
                texts[f"{key}.{name}"] = _written(value)
        for key in RULES:
            texts[f"{key}.answer"] = texts.get(f"{key}.answer") or RuleAnswer.UNKNOWN.label
        return texts

    def read(self, texts: Texts) -> tuple[Body, tuple[Any, ...]]:
        """The rules that were typed, and everything that is wrong with them."""
        body: Body = {name: texts[name].strip() for name in self._top() if texts.get(name, "").strip()}
        rules = {key: block for key, rule in RULES.items() if (block := _block(rule, texts))}
        body["rules"] = rules
        return body, find_faults(body, self._names)

    def title(self, texts: Mapping[str, Any]) -> str:
        """The municipality."""
        return str(texts.get("municipality") or "").strip()

    def new_id(self, texts: Texts, taken: Iterable[str]) -> str:
        """The code of the municipality: it outlives a change of name."""
        known = self._regions.municipality(texts.get("municipality", "").strip())
        return known.code if known else super().new_id(texts, taken)

    def confirmed(self, body: Mapping[str, Any], by: str, today: date) -> Body:
        """Every rule that says yes or no was asked of the municipality today."""
        rules = {
            key: {**block, "checked_on": today.isoformat(), "checked_by": by} if _says(block) else block
            for key, block in (body.get("rules") or {}).items()
        }
        return {**body, "rules": rules}


def _says(block: Mapping[str, Any]) -> bool:
    return block.get("answer") in (RuleAnswer.YES.value, RuleAnswer.NO.value)


def _block(rule: RuleGuide, texts: Texts) -> dict[str, Any]:
    """What is known of one rule; nothing at all when it is unknown and nothing is typed."""
    block = {}
    for guide in rule.fields:
        value = _typed(guide, texts.get(f"{rule.key}.{guide.name}", "").strip())
        if value not in ("", None):
            block[guide.name] = value
    answer = texts.get(f"{rule.key}.answer", "").strip().casefold()
    stored = next((one.value for one in RuleAnswer if answer in (one.label, one.value)), answer)
    if stored in ("", RuleAnswer.UNKNOWN.value) and not block:
        return {}
    return {"answer": stored or RuleAnswer.UNKNOWN.value, **block}


def _typed(guide: DetailGuide, text: str) -> Any:
    if guide.shape is DetailShape.DAY:
        return iso_day(text)
    if guide.shape is DetailShape.MAYBE:
        return _MAYBE.get(text.casefold(), text)
    if guide.shape is DetailShape.YEAR and text.isascii() and text.isdigit():
        return int(text)
    return text


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return RuleAnswer.YES.label if value else RuleAnswer.NO.label
    if value in {one.value for one in RuleAnswer}:
        return RuleAnswer(value).label
    return dutch_day(value)
