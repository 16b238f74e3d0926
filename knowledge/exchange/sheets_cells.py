"""Cells: what is dangerous in them, what a spreadsheet program did to them, and how they are kept whole.

A cell that begins with ``=`` or one of its companions is run as a formula by the program that opens a CSV file. Ours
get an apostrophe before it, which reading takes off again; a text that already looks protected gets one more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.exchange.messages import RowFault, row_fault, shortened
from knowledge.exchange.sheets_columns import Column
from knowledge.offers.guide import Shape

COMMENT = "#"  # a row of which the first cell begins with it is help, never data
_RISKY = re.compile("'*[=+\\-@\t\r\n#＝＋－＠]")
_LOOKS_PROTECTED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]|'*#")
_PROTECTED = re.compile("'+[=+\\-@\t\r\n#＝＋－＠]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# UTF-8 that was read as Windows-1252: a capital A or a with a sign that no Dutch word has behind it.
_BROKEN = re.compile("\ufffd|[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿]|â€")
_BARE_NUMBER = re.compile(r"[1-9]\d{6,11}")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")


@dataclass(frozen=True)
class Line:
    """One line of a file. ``number``: as the spreadsheet program counts, from 1.

    ``faults``: what is wrong with the cell at a position, as a code with values. ``is_comment``: help or an example,
    not an offer. ``cut_off``: the file ends in the middle of it.
    """

    number: int
    cells: list[str]
    faults: dict[int, tuple[str, dict[str, str]]] = field(default_factory=dict)
    is_comment: bool = False
    cut_off: bool = False

    @property
    def is_blank(self) -> bool:
        """Nothing in it at all."""
        return not self.faults and not any(cell.strip() for cell in self.cells)


def is_comment(cells: Sequence[str]) -> bool:
    """Does the line, as it stands in the file, begin with ``#``?"""
    return bool(cells) and cells[0].lstrip().startswith(COMMENT)


def protect(text: str) -> str:
    """The text of a CSV cell that no program runs as a formula."""
    return "'" + text if _RISKY.match(text) else text


def keep_apostrophe(text: str) -> str:
    """The text of an XLSX cell (a text there, never a formula) that ``unprotect`` gives back."""
    return "'" + text if _LOOKS_PROTECTED.match(text) else text


def unprotect(text: str) -> str:
    """What ``protect`` was given."""
    return text[1:] if _PROTECTED.match(text) else text


def cell_faults(column: Column, text: str) -> Iterator[RowFault]:
    """What is wrong with a cell whatever the offer: broken letters, and numbers that a spreadsheet program spoiled."""
    if _BROKEN.search(text):
        yield row_fault(column.name, "broken_letters", value=shortened(text))
    if _CONTROL.search(text):
        yield row_fault(column.name, "control_letters")
    if column.shape in (Shape.PHONE, Shape.POSTCODE) and _SCIENTIFIC.fullmatch(text.strip()):
        yield row_fault(column.name, "rounded_number", value=shortened(text))
    elif column.shape is Shape.PHONE and _BARE_NUMBER.fullmatch(text.strip()):
        yield row_fault(column.name, "lost_zero", value=shortened(text))
