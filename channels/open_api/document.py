"""The OpenAPI document of the open catalogue: ``openapi.yml`` with what only the code knows filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from channels.open_api.answers import ATTRIBUTION, LICENCE
from channels.open_api.query import A_PAGE, KNOWN, MOST_A_PAGE
from knowledge.exchange.hsds_profile import PROFILE
from knowledge.vocabulary import OfferKind
from knowledge.yaml_files import read_yaml

FILE = Path(__file__).with_name("openapi.yml")


def openapi_document(base_url: str) -> dict[str, Any]:
    """The document for this installation. Raises ``ValueError`` when it and the code name other parameters."""
    document: dict[str, Any] = read_yaml(FILE.read_text(encoding="utf-8"))
    document["servers"] = [{"url": f"{base_url}/api/v1"}]
    document["info"]["license"] = {"name": "EUPL-1.2", "url": LICENCE}
    document["info"]["description"] += f" {ATTRIBUTION}. Profile of the attributes: {PROFILE}."
    parameters = document["components"]["parameters"]
    if set(parameters) - {"id"} != set(KNOWN):
        raise ValueError(f"{FILE.name} and the code differ in their parameters")
    parameters["kind"]["schema"]["items"]["enum"] = [kind.value for kind in OfferKind]
    parameters["per_page"]["schema"].update(maximum=MOST_A_PAGE, default=A_PAGE)
    return document
