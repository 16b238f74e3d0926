"""A desk to visit in tests: real services on SQLite, the real routes, and browsers that keep cookies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

import httpx
from starlette.applications import Starlette

from bot.request import tables  # noqa: F401  - puts the tables in the metadata
from bot.request.desk import RequestDesk
from bot.settings import Settings
from bot.staff.accounts import Staff, StaffAccounts, StaffRole
from bot.staff.sign_in_settings import SecondFactorRule, SignInSettings
from bot.wording import Wording
from channels.desk.routes import desk_routes
from knowledge.facts import Facts
from knowledge.storage import metadata, open_engine, open_sessions
from tests.unit.bot.request.conftest import Listener

PASSWORD = "een lange zin als wachtwoord"


class Site:
    """The desk of Ede, with Petra and Karim (coordinators), Els (editor) and Joost of Assen."""

    def __init__(self, folder: Path, base_url: str = "http://desk.test", sign_in: SignInSettings | None = None) -> None:
        self.engine = open_engine(f"sqlite:///{folder / 'desk.db'}")
        metadata.create_all(self.engine)
        sessions = open_sessions(self.engine)
        self.base_url = base_url
        self.listener = Listener()
        self.requests = RequestDesk(sessions, notify=self.listener)
        self.staff = StaffAccounts(sessions)
        self.petra = self._add("Petra", StaffRole.COORDINATOR, "Ede", PASSWORD)
        self.karim = self._add("Karim", StaffRole.COORDINATOR, "Ede")
        self.els = self._add("Els", StaffRole.EDITOR)
        self.joost = self._add("Joost", StaffRole.COORDINATOR, "Assen")
        settings = Settings(
            folder,
            folder,
            "",
            "127.0.0.1",
            8080,
            base_url,
            "a secret of the tests",
            sign_in=sign_in or SignInSettings(SecondFactorRule.ADMINS),
        )
        wording = Wording.load(Facts.load().values())
        self.app = Starlette(
            routes=desk_routes(requests=self.requests, staff=self.staff, wording=wording, settings=settings)
        )

    def _add(self, name: str, role: StaffRole, municipality: str | None = None, password: str | None = None) -> Staff:
        return self.staff.add(name, f"{name.lower()}@ede.example", role, municipality, password)

    def browser(self) -> Browser:
        return Browser(self)


@contextmanager
def open_site(
    folder: Path, base_url: str = "http://desk.test", sign_in: SignInSettings | None = None
) -> Iterator[Site]:
    site = Site(folder, base_url, sign_in)
    try:
        yield site
    finally:
        site.engine.dispose()


class Browser:
    """Keeps cookies, follows nothing by itself, and sends the form token of the page it saw last."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app=site.app), base_url=site.base_url)
        self.token = ""

    async def get(self, path: str, **options) -> httpx.Response:
        return self._seen(await self.client.get(path, **options))

    async def post(self, path: str, **form: str) -> httpx.Response:
        return self._seen(await self.client.post(path, data={"form_token": self.token, **form}))

    async def enter(self, staff: Staff) -> Browser:
        """Come in by a link that works once."""
        address = f"/desk/enter/{self.site.staff.issue_sign_in(staff.email)}"
        await self.get(address)
        entered = await self.post(address)
        assert entered.status_code == 303
        await self.get("/desk/account")
        return self

    def _seen(self, response: httpx.Response) -> httpx.Response:
        found = re.search(r'name="form_token" value="([0-9a-f]+)"', response.text)
        self.token = found[1] if found else self.token
        return response


class Outline(HTMLParser):
    """What a page is made of: its title, headings, forms, and the fields without a label."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title, self.h1, self.main = "", [], 0
        self.forms: list[dict[str, str]] = []
        self.fields: list[str] = []
        self.labels: set[str] = set()
        self.ids: list[str] = []
        self.inline: list[str] = []
        self._in = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.ids += [values["id"]] if "id" in values else []
        self.inline += [name for name in values if name == "style" or name.startswith("on")]
        self.inline += ["script"] if tag == "script" and not values.get("src") else []
        if tag in ("title", "h1"):
            self._in = tag
            self.h1 += [""] if tag == "h1" else []
        elif tag == "main":
            self.main += 1
        elif tag == "form":
            self.forms.append({**values, "token": ""})
        elif tag in ("input", "textarea"):
            self._field(values)
        elif tag == "label":
            self.labels.add(values.get("for", ""))

    def _field(self, values):
        if values.get("name") == "form_token":
            self.forms[-1]["token"] = values["value"]
        elif values.get("type") != "hidden" and values.get("aria-hidden") != "true":
            self.fields.append(values.get("id", ""))

    def handle_endtag(self, tag):
        self._in = "" if tag == self._in else self._in

    def handle_data(self, data):
        if self._in == "title":
            self.title += data
        elif self._in == "h1":
            self.h1[-1] += data
