"""A small house whose request can be changed with the form, and the form as a test sees it."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import expect

from bot.conversations.store import ConversationStore
from bot.settings import Settings
from bot.wording import Wording
from channels.app import build_app
from channels.web.routes import web_routes
from knowledge.facts import Facts
from knowledge.storage import metadata, open_engine, open_sessions
from tests.web.browser import Answer, KnownNumbers, SmallReception, ThreadedServer
from tests.web.test_widget_talk import say

SENT = "Verstuurd. Een consulent zoekt uiterlijk dinsdag 24 november contact met u."
TAKEN_UP = "Opgepakt door Petra de Vries. Petra de Vries zoekt uiterlijk dinsdag 24 november contact met u."
DRAFT = "Nog niet verstuurd. Alleen u ziet dit."


def a_field(key, label, text, state="told", **more):
    shown = text if state in ("told", "derived") else ""
    extra = {"editable": True, "asked": True, "optional": False, "health": False, **more}
    return {"key": key, "label": label, "value": shown, "text": text, "state": state, **extra}


def a_card():
    """A draft as the house gives it, with a field of every kind."""
    carer = [
        a_field("relation", "Zorgt voor", "man", "derived"),
        a_field("tasks", "Doet dit", "wassen en aankleden, medicijnen, vervoer naar het ziekenhuis"),
        a_field("hours", "Uren zorg", "", "not_asked", asked=False),
        a_field("nights", "Nachten", "elke nacht"),
        a_field("load", "Hoe zwaar het is", "slaapt slecht (een signaal, geen test)", "left_out", optional=True),
    ]
    loved_one = [
        a_field("conditions", "Wat er speelt", "problemen met het geheugen", health=True),
        a_field("loved_one_agrees", "Weet de ander ervan", "", "refused"),
    ]
    contact = [
        a_field("contact_name", "Naam", "Marijke"),
        a_field("contact_phone", "Telefoon", "06 12 34 56 78"),
        a_field("contact_when", "Wanneer bellen", "'s ochtends", "left_out"),
    ]
    return {
        "kind": "request",
        "reference": "AP-7K3M-2Q",
        "recipient": "consulent respijtzorg van de gemeente Ede",
        "question": "Mijn man vergeet steeds meer en ik slaap niet.",
        "state": "drafted",
        "standing": DRAFT,
        "changeable": True,
        "asks_health": True,
        "health": None,
        "sections": [
            {"title": "Wie zorgt", "fields": carer},
            {"title": "De ander", "fields": loved_one},
            {"title": "Hoe snel", "fields": [a_field("counts_as", "Wat dit is", "Wmo-melding", editable=False)]},
            {"title": "Contact", "fields": contact},
        ],
    }


@dataclass
class ChangingReception(SmallReception):
    """Does what the form asks, as the talk would, and shows the request again."""

    card: dict[str, Any] = field(default_factory=a_card)
    said: list[dict[str, Any]] = field(default_factory=list)

    async def receive(self, conversation_id, incoming):
        if (incoming.payload or "").startswith("/choose") and not self.failing:
            self.said.append(json.loads(incoming.payload.removeprefix("/choose"))["value"])
            self._apply(self.said[-1])
            self.answers[incoming.payload] = [Answer("Zo staat het er nu in.", card=copy.deepcopy(self.card))]
        return await super().receive(conversation_id, incoming)

    def _apply(self, said):
        for section in self.card["sections"]:
            for one in section["fields"]:
                if one["key"] in said["include"]:
                    one.update(state="told", value=one["text"])
                if one["key"] in said["changes"]:
                    text = said["changes"][one["key"]]
                    one.update(state="left_out" if text is None else "told", value=text or "", text=text or one["text"])
        self.card.update(health=said["loved_one_health"], asks_health=said["loved_one_health"] is None)


@dataclass
class FormHouse:
    url: str
    reception: ChangingReception

    @property
    def said(self):
        return self.reception.said


@contextlib.contextmanager
def serve_form(folder: Path) -> Iterator[FormHouse]:
    settings = Settings.from_environment({"ADEMPAUZE_DATA": str(folder)})
    engine = open_engine(settings.database_url)
    metadata.create_all(engine)
    conversations = ConversationStore(open_sessions(engine))
    reception = ChangingReception(conversations)
    reception.answers = {"toon": [Answer("Dit is de aanvraag.", card=a_card())]}
    wording = Wording.load(Facts.load().values())
    routes = web_routes(
        conversations=conversations,
        reception=reception,
        wording=wording,
        facts=KnownNumbers(),
        settings=settings,
        health=lambda: {"status": "ok"},
        report_offer=lambda offer_id, reason: None,
        leave_url="about:blank",
        request_now=lambda conversation_id: reception.card,
    )
    server = ThreadedServer(build_app(routes=routes, wording=wording, facts=KnownNumbers()))
    server.start()
    try:
        yield FormHouse(f"http://127.0.0.1:{server.port}/", reception)
    finally:
        server.stop()
        engine.dispose()


async def with_card(house, open_page, **look):
    page = await open_page(house.url, reduced_motion="reduce", **look)
    await say(page, "toon")
    await expect(sheet(page)).to_contain_text("Nog niet verstuurd")
    return page


async def with_form(house, open_page, **look):
    page = await with_card(house, open_page, **look)
    await page.get_by_role("button", name="Aanpassen").click()
    await expect(form(page)).to_be_visible()
    return page


def sheet(page):
    return page.get_by_role("region", name="Uw aanvraag").last


def form(page):
    return page.get_by_role("dialog", name="Uw aanvraag aanpassen")


def box(page, label):
    return form(page).get_by_role("textbox", name=label, exact=True)


def tick(page, label):
    return form(page).get_by_role("checkbox", name=label)


def more(page, section):
    """The fold with what could be added to a section."""
    return form(page).get_by_role("group", name=section).locator("summary")


def restored(page):
    return form(page).get_by_text("Hier staat nog wat u eerder typte.")


async def save(page):
    await form(page).get_by_role("button", name="Bewaren").click()


async def focused(page):
    return await page.evaluate("document.activeElement.shadowRoot.activeElement?.textContent.trim()")
