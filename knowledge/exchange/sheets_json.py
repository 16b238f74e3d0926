"""JSON in and out: the shape of our own seed, and HSDS 3 through ``hsds``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.exchange.hsds import from_hsds, to_hsds
from knowledge.exchange.messages import RowFault, SheetError, row_fault
from knowledge.exchange.sheets_csv import decoded
from knowledge.offers.data import read_offer

Numbered = tuple[int, Mapping[str, Any] | None, tuple[RowFault, ...]]


def read_json(content: bytes, *, hsds: bool) -> list[Numbered]:
    """The offers of a JSON file, numbered from 1. Raises ``SheetError``."""
    found = _parsed(decoded(content).lstrip("\ufeff"))
    if hsds:
        return _from_hsds(found)
    if not isinstance(found, list):
        raise SheetError("not_a_list")
    return [_numbered(number, item) for number, item in enumerate(found, 1)]


def write_json(bodies: Iterable[Mapping[str, Any]], *, hsds: bool) -> bytes:
    """Offers in the shape of ``seed/offers.json``, or as an HSDS document; one line a key, so that changes are seen."""
    found: Any = [dict(body) for body in bodies]
    if hsds:
        found = to_hsds([read_offer(body) for body in found])
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _numbered(number: int, item: Any) -> Numbered:
    if isinstance(item, dict):
        return number, item, ()
    return number, None, (row_fault("", "not_an_object"),)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as problem:
        raise SheetError("broken_json", row=problem.lineno) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, NaN, a nest without a bottom
        raise SheetError("broken_json", row=1) from None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _from_hsds(found: Any) -> list[Numbered]:
    """Service by service, so that a fault is told with the number of its service."""
    if isinstance(found, dict):
        contents = found.get("contents")
        found = contents if isinstance(contents, list) else [found] if "name" in found else None
    if not isinstance(found, list):
        raise SheetError("not_a_list")
    numbered: list[Numbered] = []
    for number, service in enumerate(found, 1):
        rows, strange = from_hsds([service])
        faults = tuple(RowFault(fault.field, fault.code, fault.text) for fault in strange)
        numbered.append((number, rows[0] if rows else None, faults))
    return numbered
