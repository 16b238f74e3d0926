"""The rules of every municipality for the talk to read, in step with what editors publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.access.checks import AccessRulesError
from knowledge.access.data import read_local_rules
from knowledge.access.record import LocalRule, LocalRules, Standing
from knowledge.curation.following import Following, readable
from knowledge.curation.record import Loaded, Record, RecordKind
from knowledge.curation.records import Records
from knowledge.places.regions import Regions
from knowledge.yaml_files import read_yaml

SEED = Path(__file__).parent.parent / "seed" / "access_rules.yml"


class AccessRules:
    """One record for each municipality, by its CBS code; where there is none, nothing is known and nothing is said."""

    def __init__(self, records: Records, regions: Regions) -> None:
        self._records = records
        self._regions = regions
        self._following = Following(records, RecordKind.ACCESS_RULES, _by_code)

    def load_seed(self, path: Path = SEED) -> Loaded:
        """Add or refresh the rules that come with the product; what an editor changed stays.

        Raises ``AccessRulesError`` when the file has a fault, ``LookupError`` on a name that is no municipality.
        """
        return self._records.load_seed(RecordKind.ACCESS_RULES, read_seed(self._regions, path))

    def for_municipality(self, name: str) -> LocalRules:
        """What is known of the municipality with this official name, and of no other (R75)."""
        known = self._regions.municipality(name)
        if known is None:
            return LocalRules("", name)
        return self._following.current().get(known.code) or LocalRules(known.code, name)


def read_seed(regions: Regions, path: Path = SEED) -> dict[str, dict[str, Any]]:
    """The bodies of the seed by CBS code. Raises ``AccessRulesError`` or ``LookupError``."""
    bodies: dict[str, dict[str, Any]] = {}
    for name, block in read_yaml(path.read_text(encoding="utf-8"))["municipalities"].items():
        municipality = regions.municipality(name)
        if municipality is None:
            raise LookupError(f"{path.name}: {name} is no municipality")
        bodies[municipality.code] = {"municipality": name, **block}
        read_local_rules(municipality.code, bodies[municipality.code])
    return bodies


def all_local_rules(records: Records) -> Iterator[LocalRules]:
    """What is kept of every municipality; a record that cannot be read tells nothing, and the others still do."""
    return readable(records.all(RecordKind.ACCESS_RULES), read_local_rules, AccessRulesError)


def _by_code(records: Iterable[Record]) -> Mapping[str, LocalRules]:
    return {local.id: local for local in readable(records, read_local_rules, AccessRulesError)}


def rules_to_check(everywhere: Iterable[LocalRules], today: date) -> tuple[tuple[LocalRules, LocalRule, Standing], ...]:
    """Every rule that says yes or no and may not be shown today, by the name of its municipality."""
    by_name = sorted(everywhere, key=lambda local: local.municipality)
    return tuple(found for local in by_name for found in _waiting(local, today))


def _waiting(local: LocalRules, today: date) -> Iterator[tuple[LocalRules, LocalRule, Standing]]:
    for rule in local.rules.values():
        standing = rule.standing(today)
        if standing in (Standing.UNVERIFIED, Standing.EXPIRED):
            yield local, rule, standing
