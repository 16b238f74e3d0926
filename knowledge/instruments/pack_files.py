"""Packs from their files. A fault here is a fault of ours, so reading stops at once."""

from __future__ import annotations

from pathlib import Path

from knowledge.instruments.blocks import Block, read_yaml
from knowledge.instruments.packs import NOT_ASKED, UNANSWERED, Answer, Band, Construct, Pack

PACKS = Path(__file__).parent / "packs"
_ABOUT = {"name", "citation", "rights_holder", "terms", "source", "confidence", "checked_on"}
_FIELDS = {"key", *_ABOUT, "items", "answers", "score"}
_OPTIONAL = {"bands", "constructs", "themes", "takes_tariff", "assumes_relation"}
_CONFIDENCES = ("official", "secondary", "weak", "general")


def read_packs(folder: Path = PACKS) -> tuple[Pack, ...]:
    """Every pack of the folder by key. Raises ``InstrumentError``."""
    return tuple(read_pack(path) for path in sorted(folder.glob("*.yml")))


def read_pack(path: Path) -> Pack:
    """One pack. Raises ``InstrumentError``, also for a field that is not known: there is no place for an item text."""
    block = Block(path.stem, "", read_yaml(path, path.stem), _FIELDS, _OPTIONAL)
    pack = Pack(
        key=block.code("key"),
        name=block.text("name"),
        citation=block.text("citation"),
        rights_holder=block.text("rights_holder"),
        terms=block.text("terms"),
        source=block.text("source"),
        confidence=_one_of(block, "confidence", _CONFIDENCES),
        checked_on=block.day("checked_on"),
        item_count=block.whole("items"),
        answers=tuple(
            Answer(each.code("code"), each.text("label"), each.whole("points"))
            for each in block.blocks("answers", {"code", "label", "points"})
        ),
        summed=_one_of(block, "score", ("sum", "profile")) == "sum",
        bands=tuple(
            Band(each.code("code"), each.text("label"), each.whole("from"), each.whole("to"))
            for each in block.blocks("bands", {"code", "label", "from", "to"})
        ),
        constructs=_constructs(block, "constructs"),
        themes=_constructs(block, "themes"),
        takes_tariff=block.flag("takes_tariff"),
        assumes_relation=block.code("assumes_relation") if "assumes_relation" in block else None,
    )
    _check(block, pack, path.stem)
    return pack


def _one_of(block: Block, field: str, values: tuple[str, ...]) -> str:
    value = block.text(field)
    if value not in values:
        raise block.fault(f"{field} is one of {', '.join(values)}")
    return value


def _constructs(block: Block, field: str) -> tuple[Construct, ...]:
    listed = block.blocks(field, {"code", "label"}, {"reversed"})
    return tuple(Construct(each.code("code"), each.text("label"), each.flag("reversed")) for each in listed)


def _check(block: Block, pack: Pack, stem: str) -> None:
    codes = [answer.code for answer in pack.answers]
    faults = {
        f"key differs from the name of its file, {stem}": pack.key != stem,
        "needs at least one item and two answers": pack.item_count < 1 or len(codes) < 2,
        "an answer is given twice": len(set(codes)) < len(codes),
        f"no answer may be called {' or '.join(UNANSWERED)}": not set(codes).isdisjoint(UNANSWERED),
        "needs one construct for each item": len(pack.constructs) not in (0, pack.item_count),
        "a construct is given twice": len({each.code for each in pack.constructs}) < len(pack.constructs),
        "only a sum has bands": bool(pack.bands) and not pack.summed,
        "a tariff needs constructs": pack.takes_tariff and not pack.constructs,
    }
    for fault, found in faults.items():
        if found:
            raise block.fault(fault)
    if pack.bands and not _cover(pack):
        raise block.fault("the bands must cover every score once, from low to high")


def _cover(pack: Pack) -> bool:
    possible = pack.score_range([NOT_ASKED] * pack.item_count)
    lows = [band.low for band in pack.bands]
    highs = [band.high for band in pack.bands]
    joined = lows == [possible.low, *(high + 1 for high in highs[:-1])] and highs[-1] == possible.high
    return joined and all(band.low <= band.high for band in pack.bands)
