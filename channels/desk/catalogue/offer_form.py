"""The form of an offer, made from its guide: a field that is added there stands in the form, with its help."""

from __future__ import annotations

from channels.desk.catalogue.questions import FEW, Control, Question, Section
from knowledge.offers.guide import GUIDE, SECTIONS, FieldGuide, Shape
from knowledge.places.official import ggd_regions, provinces

ASKED = "asked"  # ticked beside each question that has no answer, not in a list of its own
_CONTROLS = {
    Shape.IDENTIFIER: Control.FIXED,
    Shape.LONG_TEXT: Control.TEXT,
    Shape.TEXTS: Control.LINES,
    Shape.PLACES: Control.LINES,
    Shape.CHECKS: Control.LINES,
    Shape.TERMS: Control.SEVERAL,
    Shape.FIELDS: Control.SEVERAL,
    Shape.FLAG: Control.FLAG,
    Shape.MAYBE: Control.MAYBE,
    Shape.COUNT: Control.NUMBER,
    Shape.POSTCODE: Control.NUMBER,
    Shape.RANGE: Control.NUMBER,
    Shape.DAY: Control.DAY,
    Shape.REGION: Control.PICK,
    Shape.PROVINCE: Control.PICK,
}
_INPUTS = {Shape.URL: "url", Shape.EMAIL: "email", Shape.PHONE: "tel", Shape.AMOUNT: "decimal", Shape.RANGE: "text"}
_FIRST_COUNTS = frozenset({"kinds"})  # the first is what it mainly is


def offer_sections() -> tuple[Section, ...]:
    """The whole form, section by section."""
    return tuple(
        Section(
            key, title, tuple(question_of(one) for one in GUIDE.values() if one.section == key and one.name != ASKED)
        )
        for key, title in SECTIONS.items()
    )


def labels_asked_inline() -> frozenset[str]:
    """The labels of the questions that can be answered with "we asked, and it is not known"."""
    return frozenset(one.label for one in GUIDE.values() if one.needed and one.inferable)


def question_of(guide: FieldGuide) -> Question:
    """The question for a field of any guide of this shape."""
    parts = () if guide.shape is Shape.CHECKS else tuple(question_of(part) for part in guide.parts.values())
    return Question(
        column=guide.name,
        label=guide.label,
        help=guide.help,
        example=guide.example,
        control=_control(guide),
        options=_options(guide),
        needed=guide.needed,
        optional=not guide.required,
        lookup="municipalities" if guide.shape is Shape.PLACE else "",
        kind_of_input=_INPUTS.get(guide.shape, "text"),
        may_be_asked=guide.inferable,
        parts=parts,
    )


def _control(guide: FieldGuide) -> Control:
    if guide.name in _FIRST_COUNTS:
        return Control.ORDERED
    if guide.shape is Shape.TERM:
        return Control.ONE if len(_options(guide)) <= FEW else Control.PICK
    return _CONTROLS.get(guide.shape, Control.LINE)


def _options(guide: FieldGuide) -> tuple[str, ...]:
    if guide.vocabulary is not None:
        return tuple(term.label for term in guide.vocabulary)
    if guide.shape is Shape.FIELDS:
        return tuple(one.label for one in GUIDE.values() if one.inferable)
    if guide.shape is Shape.REGION:
        return tuple(sorted(ggd_regions()))
    return tuple(sorted(provinces())) if guide.shape is Shape.PROVINCE else ()
