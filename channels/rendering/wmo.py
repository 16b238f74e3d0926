"""The request in the order in which a municipality investigates a melding: Wmo 2015, article 2.3.2, fourth paragraph.

Within that the order of R99 holds: her question first, then what is the matter, what would help, who else is there, and
money last. Of *gebruikelijke hulp* only facts are given and no judgement (R28): whether help is usual, the municipality
decides. A part of which nothing is known says so, because the one who investigates has to ask about it.
"""

from __future__ import annotations

from bot.request.fields import FieldKey, Section
from channels.rendering.sheet import RequestSheet, SheetLine, SheetPart
from knowledge.vocabulary import Term


class WmoPart(Term):
    """A part of the investigation; the letter is that of article 2.3.2, fourth paragraph."""

    NEEDS = "needs", "Behoeften, persoonskenmerken en voorkeuren (a)"
    RESULT = "result", "Gewenst resultaat"
    OWN_STRENGTH = "own_strength", "Eigen mogelijkheden en gebruikelijke hulp (b)"
    NETWORK = "network", "Mantelzorg en sociaal netwerk (c)"
    CARER = "carer", "Wat de mantelzorger nodig heeft (d)"
    PROVISIONS = "provisions", "Algemene en voorliggende voorzieningen (e)"
    TOGETHER = "together", "Samenwerking met andere partijen (f)"
    COSTS = "costs", "Bijdrage in de kosten (g)"
    URGENCY = "urgency", "Spoed en soort aanvraag"
    CONTACT = "contact", "Contact"
    OTHER = "other", "Verder verteld"


_K = FieldKey
_OF_KEY: dict[str, WmoPart] = {
    **dict.fromkeys((_K.FIT,), WmoPart.NEEDS),
    **dict.fromkeys((_K.LIVING_TOGETHER,), WmoPart.OWN_STRENGTH),
    **dict.fromkeys((_K.RELATION, _K.TASKS, _K.HOURS, _K.NIGHTS, _K.SINCE), WmoPart.NETWORK),
    **dict.fromkeys((_K.CURRENT_HELP, _K.TRIED, _K.ASKED_AT, _K.OFFERS), WmoPart.PROVISIONS),
}
_OF_SECTION: dict[str, WmoPart] = {
    Section.CARER: WmoPart.CARER,
    Section.LOVED_ONE: WmoPart.NEEDS,
    Section.HELP: WmoPart.RESULT,
    Section.NETWORK: WmoPart.NETWORK,
    Section.ARRANGEMENTS: WmoPart.TOGETHER,
    Section.URGENCY: WmoPart.URGENCY,
    Section.CONTACT: WmoPart.CONTACT,
}
_ONLY_IF_TOLD = frozenset({WmoPart.URGENCY, WmoPart.OTHER})


def wmo_parts(sheet: RequestSheet) -> tuple[SheetPart, ...]:
    """Every line of the sheet, regrouped; a part of the investigation without lines stays, with none."""
    lines: dict[WmoPart, list[SheetLine]] = {part: [] for part in WmoPart}
    for line in sheet.lines:
        lines[part_of(line)].append(line)
    return tuple(
        SheetPart(part.value, part.label, tuple(lines[part]))
        for part in WmoPart
        if lines[part] or part not in _ONLY_IF_TOLD
    )


def part_of(line: SheetLine) -> WmoPart:
    """Where a line stands: by its key, else by its section; a section that is new to us is never lost."""
    return _OF_KEY.get(line.key) or _OF_SECTION.get(line.section, WmoPart.OTHER)
