"""Anything posted to any form of a request, or asked of any page of it: an answer that makes sense, never a fault."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.request.vocabulary import ReceiverKind
from channels.desk.request_views import DONE_CODES, FORMS
from tests.unit.bot.request.conftest import sent
from tests.unit.channels.desk.editors_site import open_editors_site
from tests.unit.channels.desk_site import Browser

STEPS = (
    "accept", "contacted", "message", "ask", "plan", "note", "end-chat", "forward", "refuse", "take-back", "outside",
    "resolve", "reopen", "propose", "propose/search",
)  # fmt: skip
FIELDS = (
    "reached", "text", "day", "time", "receiver", "reason", "agrees", "who", "outcome", "why", "next_step", "offer",
    "words", "kind", "municipality", "form_token",
)  # fmt: skip
ODD = st.sampled_from(
    ["", " ", "\x00", "\ud800", "\u202e", "{staff}", "{0}", "{{ 7 * 7 }}", "<script>", "yes", "2026-02-30", "24:00",
     "9999-12-31", "0001-01-01", "23:59", "o026@Ede", "@", "o026@", "%", "a" * 4001, "colleague:1",
     f"{ReceiverKind.TEAM}:x", "municipality:Ede", "desk:het zorgkantoor", "1" * 30, "Ede"]
)  # fmt: skip
VALUES = ODD | st.text(max_size=60)
POSTED = st.lists(st.tuples(st.sampled_from(FIELDS), VALUES), max_size=12)
ASKED = st.dictionaries(st.sampled_from(["done", "open", "start", "view", "page", "reference"]), VALUES, max_size=4)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk with two requests in hand, one that waits and one that is closed; a loop that outlives one example."""
    loop = asyncio.new_event_loop()
    with open_editors_site(tmp_path_factory.mktemp("fuzz"), offers=("o026", "o001")) as site:
        petra = loop.run_until_complete(Browser(site).enter(site.petra))
        addresses = []
        for number in range(4):
            request = sent(site.requests, f"c{number}")
            if number != 1:
                site.requests.accept(request.reference, site.petra)
            addresses.append(f"/desk/requests/{request.reference}")
        site.requests.resolve(addresses[3].rpartition("/")[2], site.petra, "Er komt een vrijwilliger.")
        yield loop, petra, addresses
        loop.run_until_complete(petra.client.aclose())
    loop.close()


def encoded(pairs):
    """As a browser would send it; what no browser can send goes as bytes."""
    quoted = httpx.QueryParams(
        [(name, value.encode("utf-8", "surrogatepass").decode("latin-1")) for name, value in pairs]
    )
    return str(quoted)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(which=st.integers(0, 3), step=st.sampled_from(STEPS), pairs=POSTED)
def test_no_form_of_a_request_breaks(desk, which, step, pairs):
    loop, petra, addresses = desk
    content = encoded([*pairs, ("form_token", petra.token)])
    headers = {"content-type": "application/x-www-form-urlencoded"}
    posting = petra.client.post(f"{addresses[which]}/{step}", content=content, headers=headers)
    response = loop.run_until_complete(posting)
    assert response.status_code in (200, 303, 400, 403, 404, 409, 413, 422)
    assert "<script>" not in response.text
    assert loop.run_until_complete(petra.client.get(addresses[which])).status_code == 200, "it can still be opened"


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(which=st.integers(0, 3), page=st.sampled_from(["", "/propose"]), asked=ASKED)
def test_no_address_of_a_request_or_inbox_breaks(desk, which, page, asked):
    loop, petra, addresses = desk
    for address in (addresses[which] + page, "/desk/", "/desk/inbox/list", "/desk/find", "/desk/inbox/live"):
        response = loop.run_until_complete(petra.client.get(f"{address}?{encoded(asked.items())}"))
        assert response.status_code in (200, 303, 404, 409), address
        assert "<script>" not in response.text.replace('<script src="', "")


def test_every_word_that_an_address_may_hold_is_known(desk):
    loop, petra, addresses = desk
    for code in DONE_CODES:
        assert 'class="done"' in loop.run_until_complete(petra.client.get(f"{addresses[0]}?done={code}")).text, code
    for form in FORMS:
        assert loop.run_until_complete(petra.client.get(f"{addresses[0]}?open={form}")).status_code == 200
