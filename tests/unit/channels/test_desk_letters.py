"""Letters that could not be delivered, at the desk: seen, with the reason, by whom it concerns, and sent again."""

from __future__ import annotations

import pytest

from bot.outbox.carrying import Outbox
from bot.outbox.letters import LetterKind, LetterState, Refused
from bot.outbox.writing import WRITER, LetterWriter
from bot.request.base import utc_now
from bot.staff.accounts import StaffRole
from tests.unit.bot.request.conftest import sent
from tests.unit.channels.desk_site import Browser, Outline, open_site


@pytest.fixture
def site(tmp_path):
    with open_site(tmp_path) as site:
        yield site


def dead_letter(site, reason: str = "smtp 550 5.1.1"):
    """A letter about a request that was sent, and that nobody took."""
    site.staff.sessions.configure(info={WRITER: LetterWriter([LetterKind.WEBHOOK])})
    request = sent(site.requests)
    outbox = Outbox(site.staff.sessions, utc_now)
    letter = outbox.claim([LetterKind.WEBHOOK])
    outbox.settle(letter, Refused(reason))
    assert outbox.counts()[LetterState.DEAD] == 1
    return outbox, letter, request


async def leader(site, municipality="Ede", name="Ans") -> Browser:
    return await site.browser().enter(
        site.staff.add(name, f"{name.lower()}@ede.example", StaffRole.TEAM_LEAD, municipality)
    )


async def test_a_team_lead_sees_what_was_not_delivered_and_why_and_tries_again(site):
    outbox, letter, request = dead_letter(site)
    browser = await leader(site)
    page = await browser.get("/desk/post")
    assert page.status_code == 200
    assert request.reference in page.text
    assert "smtp 550 5.1.1" in page.text
    assert "De mailserver weigerde dit bericht." in page.text
    assert "Ria" not in page.text
    assert "vergeet" not in page.text
    outline = Outline(page.text)
    assert (outline.title, outline.h1, outline.main) == ("Niet bezorgd", ["Niet bezorgd"], 1)
    assert outline.inline == []
    again = await browser.post(f"/desk/post/{letter.id}/again")
    assert again.headers["location"] == "/desk/post?done=again"
    assert outbox.counts()[LetterState.WAITING] == 1
    page = await browser.get("/desk/post?done=again")
    assert "Het wordt zo nog eens verstuurd." in page.text
    assert "Alles is bezorgd." in page.text


async def test_another_municipality_sees_nothing_and_sends_nothing(site):
    outbox, letter, request = dead_letter(site)
    browser = await leader(site, "Assen", "Bo")
    assert request.reference not in (await browser.get("/desk/post")).text
    again = await browser.post(f"/desk/post/{letter.id}/again")
    assert again.headers["location"] == "/desk/post?done=gone"
    assert outbox.counts()[LetterState.DEAD] == 1


async def test_it_is_for_who_leads(site):
    _, letter, _ = dead_letter(site)
    for person in (site.petra, site.els):
        browser = await site.browser().enter(person)
        assert (await browser.get("/desk/post")).status_code == 403
        assert (await browser.post(f"/desk/post/{letter.id}/again")).status_code == 403


async def test_every_reason_has_words(site):
    outbox, _, _ = dead_letter(site, "unsure timeout")
    page = await (await leader(site)).get("/desk/post")
    assert "Niet zeker of dit is aangekomen." in page.text
    assert outbox.counts()[LetterState.DEAD] == 1


@pytest.mark.parametrize(
    "reason", ["http 403", "http 422", "no address", "timeout", "no connection", "connection lost", "worker died", "?"]
)
async def test_no_reason_breaks_the_page(site, reason):
    dead_letter(site, reason)
    assert (await (await leader(site)).get("/desk/post")).status_code == 200
