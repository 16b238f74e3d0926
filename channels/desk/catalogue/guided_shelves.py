"""Facts, answers, desks and banners at the desk: each made from its guide and checked by its own reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from channels.desk.catalogue.offer_form import question_of
from channels.desk.catalogue.plain_texts import data_of_guided, texts_of_guided
from channels.desk.catalogue.questions import Control, FaultLike, Question, Section
from channels.desk.catalogue.shelves import Body, Shelf, Texts
from knowledge.answers import answer_faults, answer_warnings
from knowledge.banners import FIELDS as BANNER_FIELDS
from knowledge.banners import SCOPES, find_banner_faults
from knowledge.curation.guides import GUIDES
from knowledge.curation.record import RecordKind
from knowledge.desks import Desks, desk_faults
from knowledge.facts import Facts, fact_faults
from knowledge.offers.guide import FieldGuide, Shape
from knowledge.places.regions import Regions
from knowledge.vocabulary import OfferKind

Check = Callable[[str, Body], tuple[FaultLike, ...]]
LEAST_TERM, MOST_TERM = timedelta(days=30), timedelta(days=366)


class GuidedShelf(Shelf):
    """A kind with one flat guide. ``check`` gives all faults of a body with its identifier."""

    def __init__(
        self, kind: RecordKind, slug: str, guide: Mapping[str, FieldGuide], check: Check, named_by: str
    ) -> None:
        self.kind = kind
        self.slug = slug
        self._guide = guide
        self._check = check
        self._named_by = named_by
        questions = tuple(question_of(one) for one in guide.values())
        self.sections = (Section(kind.value, kind.label.capitalize(), questions),)

    def texts(self, body: Mapping[str, Any]) -> dict[str, str]:
        """What stands in the form."""
        return texts_of_guided(self._guide, body)

    def read(self, texts: Texts) -> tuple[Body, tuple[FaultLike, ...]]:
        """The record that was typed, and everything that is wrong with it."""
        body = data_of_guided(self._guide, texts)
        return body, self._check(texts.get("id") or "nieuw", body)

    def title(self, texts: Mapping[str, Any]) -> str:
        """What people call it, on one line."""
        value = texts.get(self._named_by) or ""
        line = value[0] if isinstance(value, list) else str(value)
        return line.strip().split("\n")[0][:120]


class FactShelf(GuidedShelf):
    """Facts: a confirmation renews the term that its owner gave it before."""

    can_confirm = True

    def __init__(self) -> None:
        guide = GUIDES[RecordKind.FACT]
        super().__init__(RecordKind.FACT, "feiten", guide, self._faults, "label")

    @staticmethod
    def _faults(key: str, body: Body) -> tuple[FaultLike, ...]:
        return fact_faults(key, body)

    def confirmed(self, body: Mapping[str, Any], by: str, today: date) -> Body:
        """Read at its source today, and to be read again after as long as before: a month at least, a year at most."""
        term = date.fromisoformat(body["review_by"]) - date.fromisoformat(body["checked_on"])
        until = today + max(LEAST_TERM, min(term, MOST_TERM))
        return {**body, "checked_on": today.isoformat(), "review_by": until.isoformat()}


class AnswerShelf(GuidedShelf):
    """Answers: they may quote the facts that there are."""

    def __init__(self, facts: Facts) -> None:
        def faults(topic: str, body: Body) -> tuple[FaultLike, ...]:
            return answer_faults(topic, body, set(facts.values()))

        super().__init__(RecordKind.ANSWER, "antwoorden", GUIDES[RecordKind.ANSWER], faults, "questions")

    def title(self, texts: Mapping[str, Any]) -> str:
        """Its first question, or else how it begins."""
        return super().title(texts) or str(texts.get("text") or "").strip()[:80]

    def doubts(self, body: Body) -> tuple[str, ...]:
        """What is better worded in another way."""
        return answer_warnings(body["text"])


class DeskShelf(GuidedShelf):
    """Desks: nobody is sent in a circle, or to a desk that is not there."""

    def __init__(self, desks: Desks, facts: Facts) -> None:
        def faults(desk_id: str, body: Body) -> tuple[FaultLike, ...]:
            return desk_faults(desk_id, body, desks, facts)

        super().__init__(RecordKind.DESK, "loketten", GUIDES[RecordKind.DESK], faults, "name")


_BANNER_SHAPES = {
    "text": Control.TEXT,
    "scope": Control.ONE,
    "begins": Control.DAY,
    "ends": Control.DAY,
    "municipalities": Control.LINES,
    "ggd_region": Control.PICK,
    "kinds": Control.SEVERAL,
    "asks_what_fell_away": Control.FLAG,
}


class BannerShelf(Shelf):
    """Banners: where, from when until when, and for whom."""

    kind = RecordKind.BANNER
    slug = "mededelingen"

    def __init__(self, regions: Regions) -> None:
        self._regions = regions
        self._options: dict[str, dict[str, str]] = {
            "scope": {scope.label: scope.value for scope in SCOPES},
            "kinds": {kind.label: kind.value for kind in OfferKind},
            "ggd_region": {name: name for name in sorted({one.ggd_region for one in regions.municipalities()})},
        }
        questions = tuple(self._question(name, block) for name, block in BANNER_FIELDS.items())
        self.sections = (Section("banner", RecordKind.BANNER.label.capitalize(), questions),)

    def _question(self, name: str, block: Mapping[str, str]) -> Question:
        return Question(
            name,
            block["label"],
            block["help"],
            block["example"],
            _BANNER_SHAPES[name],
            options=tuple(self._options.get(name, ())),
            optional=name != "scope",
        )

    def texts(self, body: Mapping[str, Any]) -> dict[str, str]:
        """What stands in the form."""
        return {name: self._written(name, body.get(name)) for name in BANNER_FIELDS}

    def _written(self, name: str, value: Any) -> str:
        if value is None:
            return ""
        by_value = {stored: label for label, stored in self._options.get(name, {}).items()}
        if isinstance(value, list):
            return "\n".join(by_value.get(str(one), str(one)) for one in value)
        return texts_of_guided(_AS_GUIDE, {name: by_value.get(str(value), value)}).get(name, str(value))

    def read(self, texts: Texts) -> tuple[Body, tuple[FaultLike, ...]]:
        """The banner that was typed, and everything that is wrong with it."""
        body = data_of_guided(_AS_GUIDE, texts)
        for name, options in self._options.items():
            known = {label.casefold(): stored for label, stored in options.items()}
            typed = body.get(name)
            if isinstance(typed, list):
                body[name] = [known.get(one.casefold(), one) for one in typed]
            elif typed:
                body[name] = known.get(typed.casefold(), typed)
        return body, find_banner_faults(body, self._regions)

    def title(self, texts: Mapping[str, Any]) -> str:
        """How it begins."""
        return str(texts.get("text") or "").strip().split("\n")[0][:80]


_SHAPES = {
    Control.LINES: Shape.TEXTS,
    Control.SEVERAL: Shape.TEXTS,
    Control.DAY: Shape.DAY,
    Control.FLAG: Shape.FLAG,
}
_AS_GUIDE: Mapping[str, FieldGuide] = {
    name: FieldGuide(name, block["label"], "", "", "", "", _SHAPES.get(_BANNER_SHAPES[name], Shape.TEXT), False)
    for name, block in BANNER_FIELDS.items()
}
