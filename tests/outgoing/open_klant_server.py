"""A register on loopback that holds every call against the OpenAPI document of Open Klant, and keeps what is made."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from jsonschema import Draft202012Validator, FormatChecker

from knowledge.yaml_files import read_yaml

DOCUMENT = read_yaml((Path(__file__).parents[1] / "data/open_klant/klantinteracties.yml").read_text("utf-8"))
BASE = DOCUMENT["servers"][0]["url"]
TOKEN = "geheim-van-de-test"
FINDS = {
    "/klantcontacten": lambda record, asked: all(record["_mark"].get(name) == value for name, value in asked.items()),
    "/digitaleadressen": lambda record, asked: record.get("referentie") == asked["referentie"],
    "/internetaken": lambda record, asked: (
        record["aanleidinggevendKlantcontact"]["uuid"] == asked["aanleidinggevendKlantcontact__uuid"]
    ),
}


def as_schema(part: Any, *, answer: bool) -> Any:
    """OpenAPI 3.0 as JSON Schema: ``nullable``, and ``readOnly`` (only in answers: forbidden in what is sent)."""
    if isinstance(part, list):
        return [as_schema(item, answer=answer) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return as_schema(DOCUMENT["components"]["schemas"][part["$ref"].rpartition("/")[2]], answer=answer)
    made = {key: as_schema(value, answer=answer) for key, value in part.items() if key not in ("nullable", "readOnly")}
    if part.get("type") == "object" and "properties" in part:
        hidden = {name for name, item in part["properties"].items() if item.get("readOnly") and not answer}
        made["properties"] = {name: item for name, item in made["properties"].items() if name not in hidden}
        made["required"] = [name for name in part.get("required", ()) if name not in hidden]
        made["additionalProperties"] = False
    return {"anyOf": [made, {"type": "null"}]} if part.get("nullable") else made


def faults(schema: Any, value: Any, *, answer: bool) -> list[str]:
    """What is wrong with a value by the document."""
    validator = Draft202012Validator(as_schema(schema, answer=answer), format_checker=FormatChecker())
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(value)]


class Register:
    """What was made. ``before`` and ``after`` are called with method and path around each call, and may sleep or raise;
    ``answers`` gives a number instead of the real answer."""

    def __init__(self) -> None:
        self.made: dict[str, list[dict[str, Any]]] = {path: [] for path in FINDS}
        self.faults: list[str] = []
        self.before: Callable[[str, str], None] = lambda method, path: None
        self.after: Callable[[str, str], None] = lambda method, path: None
        self.answers: dict[str, tuple[int, dict[str, str]]] = {}
        self.deaf = False  # ignores what is asked of it, as a server may that does not know a parameter
        self.lock = Lock()

    @property
    def contacts(self) -> list[dict[str, Any]]:
        return self.made["/klantcontacten"]

    @property
    def tasks(self) -> list[dict[str, Any]]:
        return self.made["/internetaken"]

    @property
    def addresses(self) -> list[dict[str, Any]]:
        return self.made["/digitaleadressen"]

    def find(self, path: str, asked: dict[str, str]) -> dict[str, Any]:
        known = {item["name"] for item in DOCUMENT["paths"][path]["get"]["parameters"]}
        self.faults += [f"{path} knows no {name}" for name in set(asked) - known]
        with self.lock:
            found = [record for record in self.made[path] if self.deaf or FINDS[path](record, asked)]
        return {"count": len(found), "results": [_shown(record) for record in found]}

    def make(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            if path == "/maak-klantcontact":
                return self._contact(body)
            record = {"uuid": str(uuid.uuid4()), "url": "http://register.test/x", **body}
            if path == "/internetaken":
                record["toegewezenOp"] = "2026-11-23T09:00:00Z"
            for name in ("aanleidinggevendKlantcontact", "verstrektDoorBetrokkene"):
                if record.get(name):
                    record[name] = {"url": "http://register.test/x", **record[name]}
            for actor in record.get("toegewezenAanActoren", ()):
                actor["url"] = "http://register.test/a"
            self.made[path].append(record)
            return record

    def _contact(self, body: dict[str, Any]) -> dict[str, Any]:
        here = {"uuid": str(uuid.uuid4()), "url": "http://register.test/k"}
        mark = body["onderwerpobject"]["onderwerpobjectidentificator"]
        person = body.get("betrokkene")
        involved = {"uuid": str(uuid.uuid4()), "url": "http://register.test/b"}
        record = {
            **{name: [] for name in ("gingOverOnderwerpobjecten", "hadBetrokkenActoren", "omvatteBijlagen")},
            "leiddeTotInterneTaken": [],
            "hadBetrokkenen": [involved] if person else [],
            **here,
            **body["klantcontact"],
            "_mark": {
                f"onderwerpobject__onderwerpobjectidentificator{name[0].upper()}{name[1:]}": value
                for name, value in mark.items()
            },
            "_after": body["onderwerpobject"]["wasKlantcontact"],
            "_person": person,
        }
        self.made["/klantcontacten"].append(record)
        subject = {"uuid": str(uuid.uuid4()), "url": "http://register.test/o", "klantcontact": here}
        was = body["onderwerpobject"]["wasKlantcontact"]
        answer = {
            "klantcontact": _shown(record),
            "onderwerpobject": {
                **subject,
                "onderwerpobjectidentificator": mark,
                "wasKlantcontact": {**was, "url": "http://register.test/k"} if was else None,
            },
        }
        if person:
            name = person["contactnaam"]["voornaam"]
            more = {"hadKlantcontact": here, "digitaleAdressen": [], "volledigeNaam": name}
            answer["betrokkene"] = {**person, **involved, **more}
        return answer


def _shown(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if not name.startswith("_")}


class _Handler(BaseHTTPRequestHandler):
    """One call to the register of the server."""

    protocol_version = "HTTP/1.1"

    @property
    def register(self) -> Register:
        return self.server.register

    def do_GET(self) -> None:
        self._handle("get")

    def do_POST(self) -> None:
        self._handle("post")

    def _handle(self, method: str) -> None:
        parts = urlsplit(self.path)
        path = parts.path.removeprefix(BASE)
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        try:
            self.register.before(method, path)
            status, headers, answer = self._answer(method, path, dict(parse_qsl(parts.query)), body)
            self.register.after(method, path)
            self._send(status, headers, json.dumps(answer).encode())
        except ConnectionError:
            self.close_connection = True

    def _send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        more = {"content-type": "application/json", "content-length": str(len(content))}
        for name, value in {**headers, **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _answer(self, method: str, path: str, asked: dict[str, str], body: bytes) -> tuple[int, dict[str, str], Any]:
        operation = DOCUMENT["paths"].get(path, {}).get(method)
        if operation is None or not self.path.startswith(BASE + "/"):
            self.register.faults.append(f"no {method} {path}")
            return 404, {}, {}
        if self.headers.get("authorization") != f"Token {TOKEN}":
            return 401, {}, {}
        if f"{method} {path}" in self.register.answers:
            return *self.register.answers[f"{method} {path}"], {}
        if method == "get":
            answer, good = self.register.find(path, asked), "200"
        else:
            sent = json.loads(body)
            wrong = faults(operation["requestBody"]["content"]["application/json"]["schema"], sent, answer=False)
            if wrong:
                self.register.faults += wrong
                return 400, {}, {}
            answer, good = self.register.make(path, sent), "201"
        own = faults(operation["responses"][good]["content"]["application/json"]["schema"], answer, answer=True)
        assert not own, own
        return int(good), {}, answer

    def log_message(self, *arguments: Any) -> None:
        """Quiet."""


@contextmanager
def open_klant() -> Iterator[tuple[Register, str]]:
    """The register and its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.register = Register()
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.register, f"http://127.0.0.1:{server.server_port}{BASE}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
