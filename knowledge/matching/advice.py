"""What helps most in her situation, by carer type (requirements 2), and what she tried before.

Which kinds rise, by how much and why stands in ``seed/carer_types.yml``. Advice orders; it never adds or removes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.matching.need import RELATIONS, Aspect, Need, Reason
from knowledge.matching.target import is_child, told_conditions
from knowledge.matching.wish import PREFERENCE_POINTS
from knowledge.offers.record import Offer
from knowledge.vocabulary import Condition, OfferKind, Term, Urgency
from knowledge.yaml_files import read_yaml

SEED = Path(__file__).parents[1] / "seed" / "carer_types.yml"
MOST_RISE = 99  # so that, without a wish, home stays first (R41)
FAILED_POINTS = 5 * PREFERENCE_POINTS  # a bad experience outweighs all else but old age and distance to a region

REASONS = {
    reason.code: reason
    for reason in (
        Reason("advice_takeover_home"),
        Reason("advice_last_phase"),
        Reason("advice_family"),
        Reason("advice_working_child"),
        Reason("advice_arranging"),
        Reason("advice_plannable"),
    )
}
"""The reasons that the data may name; each has its line in the wording files."""

_TERMS: dict[str, type[Term]] = {"conditions": Condition, "urgency": Urgency}
_FLAGS = ("works", "child", "arranging_is_heavy")
_KEYS = {"who", "source", "signs", "rises"}


class AdviceError(ValueError):
    """The carer types cannot be read; the message names the type and what is wrong."""


@dataclass(frozen=True)
class Advice:
    """How much each kind rises for one need, and why."""

    rises: Mapping[OfferKind, tuple[int, Reason | None]] = field(default_factory=dict)

    def of(self, offer: Offer) -> Aspect:
        """What the advice means for an offer, by what it mainly is."""
        top = max((by for by, _ in self.rises.values()), default=0)
        by, reason = self.rises.get(offer.kinds[0], (0, None))
        return Aspect(points=top - by, fits=(reason,) if reason else ())


@dataclass(frozen=True)
class CarerType:
    """One type. Every sign must be known and hold; of a sign with several values one is enough."""

    id: str
    signs: Mapping[str, Any]
    advice: Advice

    def holds(self, need: Need) -> bool:
        """Do all signs hold? What was not told holds for nobody."""
        return all(_holds(name, wanted, need) for name, wanted in self.signs.items())


def advise(need: Need, types: Iterable[CarerType] | None = None) -> Advice:
    """The advice of the first type that holds; without one every kind stays where it is."""
    for each in carer_types() if types is None else types:
        if each.holds(need):
            return each.advice
    return Advice()


def tried_of(offer: Offer, need: Need) -> Aspect:
    """What she tried before: what went wrong sinks and says so, but never vanishes."""
    told = [tried for tried in need.tried if tried.kind is offer.kinds[0]]
    if any(tried.failed for tried in told):
        return Aspect(points=FAILED_POINTS, misfits=(Reason("tried_failed"),))
    if any(tried.failed is None for tried in told):
        return Aspect(unknowns=(Reason("tried_before"),))
    return Aspect(fits=(Reason("tried_well"),)) if told else Aspect()


@lru_cache(maxsize=1)
def carer_types() -> tuple[CarerType, ...]:
    """The types of the seed, read once. Raises ``AdviceError``."""
    return read_types(SEED)


def read_types(path: Path) -> tuple[CarerType, ...]:
    """A file of carer types, in its order. Raises ``AdviceError``."""
    try:
        data = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise AdviceError(f"{path.name}: {problem}") from problem
    if not isinstance(data, Mapping) or not isinstance(data.get("types"), Mapping):
        raise AdviceError(f"{path.name}: expected 'types:' with a block for each type")
    return tuple(_type(str(key), block) for key, block in data["types"].items())


def _holds(name: str, wanted: Any, need: Need) -> bool:
    if name == "conditions":
        return bool(told_conditions(need) & wanted)
    known = {
        "relation": need.relation,
        "urgency": need.urgency,
        "works": need.carer_works,
        "child": is_child(need),
        "arranging_is_heavy": need.arranging_is_heavy,
    }[name]
    return known is wanted if name in _FLAGS else known in wanted


def _type(key: str, block: Any) -> CarerType:
    if not isinstance(block, Mapping) or set(block) != _KEYS:
        raise AdviceError(f"type {key}: expected {', '.join(sorted(_KEYS))}")
    for name in ("who", "source"):
        if not isinstance(block[name], str) or not block[name].strip():
            raise AdviceError(f"type {key}: {name} must be a text")
    signs = block["signs"]
    if not isinstance(signs, Mapping) or not signs:
        raise AdviceError(f"type {key}: signs must name at least one sign")
    return CarerType(
        key, {name: _sign(key, name, value) for name, value in signs.items()}, _advice(key, block["rises"])
    )


def _sign(key: str, name: str, value: Any) -> Any:
    if name in _FLAGS:
        if not isinstance(value, bool):
            raise AdviceError(f"type {key}: sign {name} is true or false")
        return value
    values = value if isinstance(value, list) and value else None
    if name == "relation" and values and all(each in RELATIONS for each in values):
        return frozenset(values)
    if name in _TERMS and values:
        return frozenset(_term(key, _TERMS[name], each) for each in values)
    raise AdviceError(f"type {key}: sign {name} is not known, or lists what is not in its vocabulary")


def _advice(key: str, rises: Any) -> Advice:
    if not isinstance(rises, list) or not rises:
        raise AdviceError(f"type {key}: rises must list at least one line")
    found: dict[OfferKind, tuple[int, Reason | None]] = {}
    for line in rises:
        for kind, by, reason in _rise(key, line):
            if kind in found:
                raise AdviceError(f"type {key}: {kind} rises twice")
            found[kind] = (by, reason)
    return Advice(found)


def _rise(key: str, line: Any) -> Iterable[tuple[OfferKind, int, Reason | None]]:
    if not isinstance(line, Mapping) or not {"kinds", "by"} <= set(line) <= {"kinds", "by", "because"}:
        raise AdviceError(f"type {key}: a line of rises has kinds, by and perhaps because")
    by, because = line["by"], line.get("because")
    if not isinstance(by, int) or isinstance(by, bool) or not 1 <= by <= MOST_RISE:
        raise AdviceError(f"type {key}: by is a number from 1 to {MOST_RISE}")
    if because is not None and because not in REASONS:
        raise AdviceError(f"type {key}: because is one of {', '.join(REASONS)}")
    if not isinstance(line["kinds"], list):
        raise AdviceError(f"type {key}: kinds must be a list")
    return [(_term(key, OfferKind, kind), by, REASONS.get(because or "")) for kind in line["kinds"]]


def _term(key: str, vocabulary: Any, value: Any) -> Any:
    try:
        return vocabulary(value)
    except ValueError as problem:
        raise AdviceError(f"type {key}: {value!r} is not one of {vocabulary.__name__}") from problem
