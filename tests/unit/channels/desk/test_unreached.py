"""Somebody who blocked the bot, left Telegram or said stop: the coordinator sees that a message does not arrive."""

from __future__ import annotations

import pytest

from bot.chats.book import ChatBook
from bot.chats.reach import Reach
from bot.chats.records import ChatState
from bot.conversations.store import ConversationStore
from bot.request.base import utc_now
from bot.request.fields import FieldKey
from knowledge.vocabulary import Urgency
from tests.unit.bot.request.conftest import AGREEMENT, told
from tests.unit.channels.desk_site import open_site

HEADING = "Uw bericht komt nu niet aan"


@pytest.fixture
def site(tmp_path):
    with open_site(tmp_path) as site:
        yield site


async def page_of(site, state, **shared):
    """The screen of a request of somebody whose chat is in this state; ``None``: she talks on the website."""
    fields = [told(FieldKey(key), value) for key, value in {"contact_name": "Ria", **shared}.items()]
    draft = site.requests.draft("c1", "Ede", fields, "Ik slaap niet.", Urgency.NORMAL)
    request = site.requests.accept(site.requests.send(draft.stored_id, AGREEMENT).reference, site.petra)
    if state is not None:
        ConversationStore(site.staff.sessions, utc_now).start("telegram", under=request.conversation_id)
        book = ChatBook(site.staff.sessions, "telegram", utc_now)
        book.open("a" * 64, request.conversation_id, "sealed")
        book.set_state("a" * 64, state)
    browser = await site.browser().enter(site.petra)
    return (await browser.get(f"/desk/requests/{request.reference}")).text


@pytest.mark.parametrize(
    ("state", "why"),
    [(ChatState.STOPPED, "vroeg daar om geen berichten meer"), (ChatState.BLOCKED, "de chat is geblokkeerd")],
)
async def test_it_stands_above_the_message_with_the_other_way(site, state, why):
    html = await page_of(site, state, contact_phone="06 12345678")
    assert why in html
    assert html.index(HEADING) < html.index("<textarea")
    assert "Zo bereikt u Ria wel:" in html
    assert '<a class="ref" href="tel:' in html


async def test_without_another_way_it_says_so(site):
    html = await page_of(site, ChatState.STOPPED)
    assert "Er is geen telefoonnummer of e-mailadres gedeeld" in html


@pytest.mark.parametrize("state", [ChatState.ACTIVE, None])
async def test_where_it_does_arrive_nothing_is_said(site, state):
    assert HEADING not in await page_of(site, state)


def test_whose_talk_is_gone_or_unknown_is_not_spoken_of(site):
    assert Reach(site.staff.sessions)("never-was") is None
