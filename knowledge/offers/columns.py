"""The columns in which an offer is typed and shown as text: those of a form and of a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from knowledge.offers.guide import GUIDE, FieldGuide, Shape

SPREAD = (Shape.PRICE, Shape.SOURCE)
"""Blocks that are spread over columns of their own, one a part."""

ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00)?)?", re.ASCII)
"""A day as we store it, and as a spreadsheet writes it out."""

COLUMN_GUIDES: Mapping[str, FieldGuide] = MappingProxyType(
    {
        each.name: each
        for whole in GUIDE.values()
        for each in (whole.parts.values() if whole.shape in SPREAD else (whole,))
    }
)
COLUMNS: tuple[str, ...] = tuple(COLUMN_GUIDES)
