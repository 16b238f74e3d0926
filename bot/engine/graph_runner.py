"""Runs the model's graph node after node: Dask plans and schedules anew on every run, two runs a turn."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner


class SerialGraphRunner(DaskGraphRunner):
    """Rasa's runner with its own nodes, run in an order that is worked out once for each set of targets."""

    def __init__(self, graph_schema: GraphSchema, *args: Any, **kwargs: Any) -> None:
        super().__init__(graph_schema, *args, **kwargs)
        self._orders: dict[tuple[str, ...], list[str]] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The outputs of ``targets`` (all targets of the graph by default), given ``inputs`` by name."""
        wanted = tuple(targets or self._graph_schema.target_names)
        done: dict[str, Any] = dict(inputs or {})
        for name in self._orders.get(wanted) or self._order(wanted):
            needed = self._graph_schema.nodes[name].needs.values()
            _, done[name] = self._instantiated_nodes[name](*((need, done[need]) for need in needed))
        return {name: done[name] for name in wanted}

    def _order(self, wanted: tuple[str, ...]) -> list[str]:
        """Every node that ``wanted`` rests on, each after what it needs; what is no node is an input."""
        order: list[str] = []

        def add(name: str) -> None:
            node = self._graph_schema.nodes.get(name)
            if node is None or name in order:
                return
            for need in node.needs.values():
                add(need)
            order.append(name)

        for name in wanted:
            add(name)
        self._orders[wanted] = order
        return order
