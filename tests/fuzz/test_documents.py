"""Schemathesis asks what our API documents allow, and what they do not: every answer is as promised, no fault."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from hypothesis import settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from channels.open_api.document import openapi_document
from channels.serving import application
from channels.web.browsers import Browsers
from channels.web.identity import TalkIdentity
from knowledge.yaml_files import read_yaml
from tests.fuzz.inputs import how_many, thrown

WIDGET = read_yaml((Path(__file__).parents[2] / "channels" / "web" / "openapi.yml").read_text(encoding="utf-8"))
NOT_DESCRIBED = {"/api/stream", "/api/request/copy", "/api/request/copy.pdf", "/api/export", "/api/v1"}
"""Streams, papers and files have tests of their own; the open catalogue has its own document."""
CHECKED = [not_a_server_error, content_type_conformance, response_schema_conformance]
FEW = settings(thrown("web"), max_examples=max(10, how_many() // 100))


@pytest.fixture(scope="module")
def app(target, in_haste):
    return application(target)


@pytest.fixture(scope="module")
def open_catalogue(app, target):
    document = openapi_document("http://house")
    schema = schemathesis.openapi.from_dict(document)
    schema.app, schema.location = app, "/api/v1/openapi.json"
    return schema


@pytest.fixture(scope="module")
def widget(app):
    schema = schemathesis.openapi.from_dict(WIDGET)
    schema.app, schema.location = app, "/"
    return schema


catalogue_schema = schemathesis.pytest.from_fixture("open_catalogue")
widget_schema = schemathesis.pytest.from_fixture("widget")


@catalogue_schema.parametrize()
@FEW
def test_the_open_catalogue_keeps_its_promises(case):
    case.call_and_validate(base_url="http://house/api/v1", checks=CHECKED)


@widget_schema.parametrize()
@FEW
def test_the_api_of_the_widget_keeps_its_promises(case, target):
    """Of somebody who has a talk: a stranger hears nothing but no."""
    browsers = Browsers(target.conversations)
    identity = TalkIdentity(target.settings.secret, False, browsers)
    mine = identity.cookie(browsers.welcome(target.conversations.start("web").id))
    case.call_and_validate(base_url="http://house", checks=CHECKED, headers={"Cookie": f"{identity.name}={mine}"})


def test_the_document_of_the_widget_names_every_address(app):
    described = {(path, method.upper()) for path, methods in WIDGET["paths"].items() for method in methods}
    there = {
        (route.path, method)
        for route in app.routes
        if getattr(route, "path", "").startswith("/api/") and not route.path.startswith("/api/v1")
        for method in (route.methods or ()) - {"HEAD", "OPTIONS"}
        if route.path not in NOT_DESCRIBED
    }
    assert described == there
