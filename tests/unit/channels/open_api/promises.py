"""Does an answer keep what the OpenAPI document promises for its address? And is that document itself valid?"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator

from tests.unit.knowledge.exchange.hsds_schemas import LISTED, WHOLE, faults_of, formats

OFFICIAL = Path(__file__).parents[3] / "data" / "openapi" / "schema-3.1.json"


@cache
def official_schema():
    return json.loads(OFFICIAL.read_text(encoding="utf-8"))


class Promises:
    """The document, ready to hold answers against."""

    def __init__(self, document):
        self.document = document

    def faults_of_document(self):
        """What is wrong with the document by the official schema of OpenAPI 3.1, and with each schema in it."""
        found = [error.message for error in Draft202012Validator(official_schema()).iter_errors(self.document)]
        for schema in self.document["components"]["schemas"].values():
            Draft202012Validator.check_schema(schema)
        return found

    def check(self, path, response):
        """Assert that status, headers, kind of content and body are as promised."""
        promised = self._promised(path, response.status_code)
        for name, header in promised.get("headers", {}).items():
            assert name in response.headers or not self._resolved(header).get("required"), f"{path}: no {name}"
        content = promised.get("content", {})
        if not content:
            assert not response.content
            return
        (kind, media), sent = next(iter(content.items())), response.headers["content-type"]
        assert sent == kind
        body = response.json()
        schema = {**media["schema"], "components": self.document["components"]}
        wrong = [error.message for error in Draft202012Validator(schema, format_checker=formats).iter_errors(body)]
        assert not wrong, f"{path}: {wrong[:3]}"
        self._check_hsds(path, response.status_code, body)

    def _check_hsds(self, path, status, body):
        """What is HSDS is valid HSDS too."""
        if status != 200 or not path.startswith("/offers"):
            return
        for service in body.get("contents", [body]):
            assert not faults_of(service, LISTED) + faults_of(service, WHOLE)

    def _promised(self, path, status):
        address = "/offers/{id}" if path.startswith("/offers/") else path or "/"
        responses = self.document["paths"][address]["get"]["responses"]
        return self._resolved(responses.get(str(status), responses["default"]))

    def _resolved(self, item):
        found = item
        while "$ref" in found:
            found = self.document
            for step in item["$ref"].removeprefix("#/").split("/"):
                found = found[step]
        return found
