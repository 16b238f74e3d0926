"""What tests of an import ask of a plan and of the catalogue."""

from __future__ import annotations

from typing import Any

from knowledge.curation.record import ChangeAction, RecordKind
from knowledge.curation.records import Records
from knowledge.exchange.importing_plan import ImportPlan

OFFER = RecordKind.OFFER
BY = "Ria Redacteur"


def publish(records: Records, *bodies: dict[str, Any]) -> None:
    records.publish_many(OFFER, {body["id"]: body for body in bodies}, by="seed", action=ChangeAction.EDITED)


def stored(records: Records) -> dict[str, dict[str, Any]]:
    return {record.id: record.body for record in records.all(OFFER)}


def codes(plan: ImportPlan) -> list[list[tuple[str, str]]]:
    return [[(fault.column, fault.code) for fault in row.faults] for row in plan.rows]


def outcomes(plan: ImportPlan) -> list[str]:
    return [row.outcome.value for row in plan.rows]
