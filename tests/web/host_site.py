"""The website of a municipality, for the tests: another origin, busy, and with styles that spare nobody."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

HOSTILE = """
html { font-size: 62.5%; }
* { color: #ff00aa !important; background: #ffff66 !important; font: italic 9px "Comic Sans MS" !important;
    border-radius: 0 !important; letter-spacing: 4px !important; text-transform: uppercase !important;
    direction: rtl !important; visibility: visible !important; padding: 11px !important; margin: 3px !important;
    float: right !important; line-height: 3 !important; opacity: .6 !important; position: static !important;
    display: inline-block !important; transform: rotate(1deg) !important; width: 200px !important; }
"""
CALM = """
body { margin: 0; font: 16px/1.5 Verdana, sans-serif; color: #222; background: #fff; }
header { background: #00508f; color: #fff; padding: 1.2em 2em; font-size: 1.3em; }
nav { background: #e6eef5; padding: .8em 2em; } nav a { margin-right: 1.5em; color: #00508f; }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(14em, 1fr)); gap: 1.5em; padding: 2em; }
article { border: 1px solid #c5d3de; padding: 1em; } h2 { margin-top: 0; color: #00508f; }
"""
STORY = "Zoekt u hulp bij de zorg voor een ander? Lees hier wat de gemeente voor u kan doen en waar u terechtkunt."


@dataclass
class HostSite:
    """Serves what is in ``pages`` by path; ``policies`` holds a Content-Security-Policy by path."""

    url: str
    pages: dict[str, str] = field(default_factory=dict)
    policies: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return self.url.rstrip("/")


def busy_page(tag: str, css: str = CALM, before: str = "") -> str:
    """A page of a municipality with the tag in it."""
    blocks = "".join(f"<article><h2>Onderwerp {n}</h2><p>{STORY}</p></article>" for n in range(9))
    return (
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Gemeente Voorbeeld</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{css}</style></head>'
        f"<body>{before}<header>Gemeente Voorbeeld</header>"
        f'<nav><a href="/">Start</a><a href="/">Zorg</a><a href="/">Contact</a></nav><main>{blocks}</main>'
        f'<label>Zoeken <input id="zoek"></label>{tag}</body></html>'
    )


@contextlib.contextmanager
def host_site(name: str = "localhost") -> Iterator[HostSite]:
    """Serve on a free port of its own; ``localhost`` is another site than 127.0.0.1 to a browser."""
    site = HostSite("")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = site.pages.get(self.path.split("?")[0])
            kind = "text/css" if self.path.endswith(".css") else "text/html; charset=utf-8"
            self.send_response(200 if page is not None else 404)
            self.send_header("Content-Type", kind)
            if self.path in site.policies:
                self.send_header("Content-Security-Policy", site.policies[self.path])
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://{name}:{server.server_address[1]}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
