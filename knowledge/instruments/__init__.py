"""Licensed questionnaires as packs: exact score, word for word, off without the operator's text (ADR 7, R32)."""

from knowledge.instruments.blocks import InstrumentError
from knowledge.instruments.library import Instruments, load_packs
from knowledge.instruments.packs import NOT_ASKED, SKIPPED, Answer, Band, Construct, Pack, ScoreRange
from knowledge.instruments.results import InstrumentResult, NoBand
from knowledge.instruments.runs import Instrument, InstrumentRun, Item

__all__ = [
    "NOT_ASKED",
    "SKIPPED",
    "Answer",
    "Band",
    "Construct",
    "Instrument",
    "InstrumentError",
    "InstrumentResult",
    "InstrumentRun",
    "Instruments",
    "Item",
    "NoBand",
    "Pack",
    "ScoreRange",
    "load_packs",
]
