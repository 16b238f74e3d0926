"""A match as plain data for the channels: identifiers, labels and reason codes, never a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from knowledge.matching.need import Match, Reason
from knowledge.offers.freshness import freshness_of


def describe_match(match: Match, today: date) -> dict[str, Any]:
    """JSON-ready: what an offer card shows.

    ``phone`` and ``url`` are only there when their age allows; ``payers`` explain who may pay, ``payers_certain``
    whether the source says so. Each of ``fits``, ``misfits``, ``unknowns``, ``would_fit`` holds ``{"code", "values"}``
    for ``reason_<code>``; ``freshness`` for ``freshness_<code>``. ``would_fit`` is only there for a near miss.
    """
    offer = match.offer
    fresh = freshness_of(offer, today)
    return {
        "id": offer.id,
        "name": offer.name,
        "organisation": offer.organisation,
        "kind": offer.label,
        "kinds": [kind.value for kind in offer.kinds],
        "area": offer.area,
        "url": offer.url if fresh.may_show("url") else None,
        "phone": offer.phone if fresh.may_show_phone else None,
        "distance_km": None if match.distance_km is None else round(match.distance_km, 1),
        "payers": [payer.label for payer in offer.payers],
        "payers_certain": bool(offer.payers) and "payers" not in offer.inferred,
        "fits": _coded(match.fits),
        "misfits": _coded(match.misfits),
        "unknowns": _coded(match.unknowns),
        "would_fit": _coded(match.would_fit),
        "freshness": {"code": fresh.code, "values": dict(fresh.values)},
        "unlabelled": fresh.unlabelled,
    }


def _coded(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [{"code": reason.code, "values": dict(reason.values)} for reason in reasons]
