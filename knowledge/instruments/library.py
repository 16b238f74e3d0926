"""Which questionnaires are switched on here, and why the others are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from knowledge.instruments.blocks import InstrumentError
from knowledge.instruments.licensed import read_licensed
from knowledge.instruments.pack_files import PACKS, read_packs
from knowledge.instruments.packs import Pack
from knowledge.instruments.runs import Instrument


class Instruments:
    """The questionnaires that may be asked, by key."""

    def __init__(self, switched_on: Iterable[Instrument], off: Mapping[str, InstrumentError]) -> None:
        self._on = {each.pack.key: each for each in switched_on}
        self._off = dict(off)

    def available(self) -> tuple[Instrument, ...]:
        """Only those that are switched on."""
        return tuple(self._on.values())

    def get(self, key: str) -> Instrument:
        """This questionnaire. Raises ``InstrumentError`` that says why when it is off or unknown."""
        if key in self._on:
            return self._on[key]
        raise self._off.get(key) or InstrumentError(key, "there is no such pack")

    def why_off(self) -> dict[str, str]:
        """For each pack that is off, and each file that belongs to no pack: what is wrong, in English."""
        return {key: str(error) for key, error in self._off.items()}


def load_packs(texts_folder: Path | None, packs_folder: Path = PACKS) -> Instruments:
    """The packs with the operator's texts, ``<key>.yml`` in ``texts_folder``; ``None`` leaves every pack off.

    A fault in the operator's file switches that pack off and nothing else; a fault in a pack raises
    ``InstrumentError``.
    """
    on: list[Instrument] = []
    off: dict[str, InstrumentError] = {}
    packs = read_packs(packs_folder)
    for pack in packs:
        try:
            on.append(_switched_on(pack, texts_folder))
        except InstrumentError as error:
            off[pack.key] = error
    for path in sorted(texts_folder.glob("*.y*ml")) if texts_folder else ():
        if path.name not in {f"{pack.key}.yml" for pack in packs}:
            off[path.name] = InstrumentError(path.name, "this file has the name of no pack, and is not read")
    return Instruments(on, off)


def _switched_on(pack: Pack, texts_folder: Path | None) -> Instrument:
    if texts_folder is None:
        raise InstrumentError(pack.key, "no folder with licensed texts is set")
    if not texts_folder.is_dir():
        raise InstrumentError(pack.key, "the folder with licensed texts does not exist")
    path = texts_folder / f"{pack.key}.yml"
    if not path.exists():
        raise InstrumentError(pack.key, f"there is no {path.name} with its licensed text and the permission")
    return Instrument(pack, read_licensed(path, pack))
