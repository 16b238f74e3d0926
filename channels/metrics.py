"""Figures for the operator's own monitoring, in the words of Prometheus: how many, how long, how well. Never a person.

There is no label that a visitor can influence: a label holds a word of ours. The page is there only with a token
(``ADEMPAUZE_METRICS_TOKEN``). "From this machine only" would be no lock: behind a proxy on the same machine, the whole
world comes from this machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.conversations.records import Incoming, Message
from bot.keeping import NotKeptError
from channels.inside import knows_token
from channels.interface import Reception
from channels.refused import DOORS, KINDS, PAGE

WELL = ("ok", "off")
_TURN_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The figures of one process. ``health`` gives the report of ``/health``."""

    def __init__(self, health: Callable[[], dict[str, Any]]) -> None:
        self._health = health
        self.registry = CollectorRegistry()
        self._messages = Counter(
            "adempauze_messages", "Messages that came in, by what became of them", ["outcome"], registry=self.registry
        )
        self._turns = Histogram(
            "adempauze_turn_seconds", "From message to answer", registry=self.registry, buckets=_TURN_SECONDS
        )
        self._parts = Gauge("adempauze_part_well", "1: this part works", ["part"], registry=self.registry)
        self._figures = Gauge("adempauze_figure", "A number on the health page", ["name"], registry=self.registry)
        self._up = Gauge("adempauze_well", "1: ok; 0.5: degraded; 0: failing", registry=self.registry)
        self._refusals = Counter(
            "adempauze_refusals", "Calls that were refused, by door and kind", ["door", "kind"], registry=self.registry
        )
        for door, kind in product((*DOORS, PAGE), KINDS.values()):
            self._refusals.labels(door, kind)
        for outcome in ("answered", "not_kept", "failed"):
            self._messages.labels(outcome)

    def counting(self, reception: Any) -> Reception:
        """The same reception, with its messages counted and timed."""
        return _Counting(reception, self._messages, self._turns)

    def refused(self, door: str, kind: str) -> None:
        """Count a call that was refused (``channels/refused.py``)."""
        self._refusals.labels(door, kind).inc()

    def page(self) -> bytes:
        """Everything, as text."""
        report = self._health()
        self._up.set({"ok": 1.0, "degraded": 0.5}.get(report.get("status", ""), 0.0))
        for part, found in report.items():
            if isinstance(found, str) and part != "status":
                self._parts.labels(part).set(found in WELL)
            elif isinstance(found, (int, float)):
                self._figures.labels(part).set(found)
        return generate_latest(self.registry)


class _Counting:
    def __init__(self, reception: Any, messages: Counter, turns: Histogram) -> None:
        self._reception, self._messages, self._turns = reception, messages, turns

    async def receive(self, conversation_id: str, incoming: Incoming) -> list[Message]:
        began, outcome = time.perf_counter(), "failed"
        try:
            received: list[Message] = await self._reception.receive(conversation_id, incoming)
            outcome = "answered"
            return received
        except NotKeptError:
            outcome = "not_kept"
            raise
        finally:
            self._messages.labels(outcome).inc()
            self._turns.observe(time.perf_counter() - began)

    async def open(self, conversation_id: str) -> list[Message]:
        opened: list[Message] = await self._reception.open(conversation_id)
        return opened

    async def not_kept(self, texts: Sequence[str], conversation_id: str = "") -> NotKeptError:
        error: NotKeptError = await self._reception.not_kept(texts, conversation_id)
        return error


def metrics_route(metrics: Metrics, token: str) -> Route:
    """``GET /metrics`` with ``Authorization: Bearer <token>``; without a token that is set, nothing is there."""

    async def page(request: Request) -> Response:
        if not knows_token(request, token):
            raise HTTPException(404)
        body = await run_in_threadpool(metrics.page)
        return Response(body, media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})

    return Route("/metrics", page, methods=["GET"])
