"""Ways in from outside: a link or QR code for a municipality and who gives it, and the piece of HTML for a website."""

from __future__ import annotations

import argparse
import re
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from bot.settings import Settings
from channels.cli.problem import Problem

_VIA = re.compile(r"[\w .,'’()/-]{1,80}")  # as channels/web/api.py takes it
_CORRECTION = "q"  # a quarter of the code may be dirty or torn: it hangs in a waiting room
_SCALE = {"svg": 8, "png": 16}


def add_verbs(verbs: Any) -> None:
    """Add the verbs ``link`` and ``snippet`` to the parser."""
    link = verbs.add_parser("link", help="a link to the page of a municipality, and its QR code")
    link.add_argument("--gemeente", required=True, help="official name, such as Zwolle")
    link.add_argument("--via", help="who gives the link, such as huisarts")
    link.add_argument("--qr", type=Path, metavar="FILE", help="write the QR code to FILE.svg or FILE.png")
    link.set_defaults(run=_link)
    snippet = verbs.add_parser("snippet", help="the HTML that a municipality puts on its website")
    snippet.add_argument("--gemeente", required=True, help="official name, such as Zwolle")
    snippet.set_defaults(run=_snippet)


def address_for(base_url: str, municipality: str, via: str | None = None) -> str:
    """The page of a municipality; ``via`` is kept with the talks that begin there (R9)."""
    asked = f"?{urlencode({'via': via})}" if via else ""
    return f"{base_url}/g/{quote(municipality)}{asked}"


def _link(options: argparse.Namespace, settings: Settings) -> int:
    if options.via is not None and not _VIA.fullmatch(options.via):
        raise Problem("--via may hold letters, digits, spaces and . , ' ( ) / - and at most 80 of them")
    address = address_for(settings.base_url, _municipality(options.gemeente), options.via)
    if options.qr is not None:
        _write_code(address, options.qr)
        print(f"QR code in {options.qr}")
    print(address)
    return 0


def _write_code(address: str, path: Path) -> None:
    import segno

    kind = path.suffix.lower().removeprefix(".")
    if kind not in _SCALE:
        raise Problem(f"--qr must name a file that ends in .svg or .png, not {path.name!r}")
    if not path.parent.is_dir():
        raise Problem(f"there is no folder {path.parent}")
    segno.make(address, error=_CORRECTION, micro=False).save(str(path), kind=kind, scale=_SCALE[kind], border=4)


def _snippet(options: argparse.Namespace, settings: Settings) -> int:
    municipality = _municipality(options.gemeente)
    print(snippet_for(settings.base_url, municipality))
    return 0


def snippet_for(base_url: str, municipality: str) -> str:
    """The tag, and what is shown without it: a link to the talk and a number to call."""
    from bot.wording import Wording
    from channels.web.page import PREFIX
    from knowledge.facts import Facts

    facts = Facts.load()
    words, number = Wording.load(facts.values()), facts.value("mantelzorglijn")
    called = words.text(f"{PREFIX}phone_mantelzorglijn")
    tel = re.sub(r"[^\d+]", "", number)
    return "\n".join(
        [
            "<p data-adempauze-zonder-script>",
            f'  <a href="{escape(address_for(base_url, municipality, "website"))}">'
            f"{escape(words.text(f'{PREFIX}launcher'))}</a>",
            f'  <a href="tel:{tel}">{escape(number)}</a> ({escape(called)})',
            "</p>",
            f'<script src="{escape(base_url)}/adempauze.js" data-gemeente="{escape(municipality)}" defer></script>',
        ]
    )


def _municipality(name: str) -> str:
    from channels.web.places import municipality_named
    from knowledge.places.regions import Regions

    found = municipality_named(Regions.load())(name)
    if found is None:
        raise Problem(f"{name!r} is no municipality; give its official name, such as Zwolle")
    return found
