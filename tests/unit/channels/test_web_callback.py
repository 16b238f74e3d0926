"""The plain form: nothing leaves without her tick, nothing twice, and danger is heard before it."""

from __future__ import annotations

import re

import httpx
import pytest

from bot.request.vocabulary import CountsAs, FieldKey, RequestState
from channels.serving import application
from tests.house import MONDAY_MORNING, SetClock, opened_house

FILLED = {
    "municipality": "ede",
    "phone": "06 12345678",
    "name": "Anneke",
    "when": "na zes uur",
    "question": "Mijn man vergeet steeds meer. Mijn BSN is 111222333.",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with opened_house(tmp_path_factory.mktemp("callback"), SetClock(MONDAY_MORNING), with_model=False) as ready:
        yield ready


@pytest.fixture
def http(house):
    transport = httpx.ASGITransport(app=application(house))
    return httpx.AsyncClient(transport=transport, base_url="http://house", follow_redirects=False)


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))


async def checked(http, **filled):
    empty = await http.get("/bel-mij?gemeente=Ede&via=huisarts")
    return await http.post("/bel-mij", data={**hidden(empty), **FILLED, **filled})


async def requests_of(http, house):
    """The request of the conversation that this browser now has."""
    messages = (await http.get("/api/messages")).json().get("messages", [])
    return messages, (await http.get("/api/request")).json().get("card")


async def test_she_sees_what_would_go_to_whom_and_nothing_has_gone(http, house):
    page = await checked(http)
    assert page.status_code == 200
    for shown in ("Dit gaat naar de gemeente", "consulent respijtzorg van de gemeente Ede", "06 12345678", "Anneke"):
        assert shown in page.text
    assert "111222333" not in page.text
    assert "set-cookie" not in page.headers
    assert page.headers["cache-control"] == "no-store"
    assert (await http.get("/api/messages")).status_code == 401


async def test_her_tick_sends_it_once_and_she_reads_how_it_goes_on(http, house):
    told = hidden(await checked(http))
    sent = await http.post("/bel-mij", data={**told, "agree": "yes"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/bel-mij/verstuurd")
    assert "Uw nummer is AP-" in (await http.get("/bel-mij/verstuurd")).text  # also without scripts
    again = await http.post("/bel-mij", data={**told, "agree": "yes"})
    assert again.status_code == 303
    messages, card = await requests_of(http, house)
    assert [message["author"] for message in messages] == ["person", "assistant"]
    reference = card["reference"]
    assert reference in messages[1]["text"]
    request = house.requests.get(reference)
    assert request.state is RequestState.SENT
    assert request.municipality == "Ede"
    assert request.shared(FieldKey.CONTACT_PHONE) == "06 12345678"
    assert request.shared(FieldKey.CONTACT_NAME) == "Anneke"
    assert request.agreement_version == "2026-11-form"
    assert request.agreed_recipient == "consulent respijtzorg van de gemeente Ede"
    assert request.loved_one_health_agreed is False
    assert request.counts_as in (None, *CountsAs)
    assert request.answer_by is not None
    assert house.conversations.get(request.conversation_id).origin == "huisarts"


async def test_without_her_tick_nothing_goes_whatever_else_is_sent(http):
    told = hidden(await checked(http))
    for agree in ("", "no", "on", "true"):
        answer = await http.post("/bel-mij", data={**told, "agree": agree})
        assert answer.status_code == 200
    assert (await http.get("/api/messages")).status_code == 401


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ({"municipality": "Nergens"}, "Deze gemeente kennen we niet."),
        ({"municipality": ""}, "Deze gemeente kennen we niet."),
        ({"phone": ""}, "Vul een telefoonnummer in, of een e-mailadres."),
        ({"phone": "0612"}, "Dit nummer is te kort."),
        ({"email": "anneke"}, "Dit lijkt geen e-mailadres."),
        ({"mark": "x"}, "Dit konden we niet lezen."),
    ],
)
async def test_what_cannot_be_sent_is_said_and_what_she_typed_stays(http, filled, said):
    page = await checked(http, **filled)
    assert page.status_code == 422
    assert said in page.text
    assert "Mijn man vergeet steeds meer." in page.text


async def test_danger_is_heard_before_anything_else(http):
    page = await checked(http, question="Ik wil niet meer leven, ik heb pillen klaarliggen.")
    assert page.text.index("0800-0113") < page.text.index("Dit gaat naar de gemeente")


@pytest.mark.parametrize("headers", [{"Origin": "https://elders.example"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_another_website_cannot_hand_it_in_for_her(http, headers):
    page = await http.post("/bel-mij", data={**FILLED, "agree": "yes"}, headers=headers)
    assert page.status_code == 403
    assert "112" in page.text


async def test_markup_stays_text_and_too_much_is_refused(http):
    page = await checked(http, name="<b>Anneke</b>")
    assert "<b>Anneke" not in page.text
    assert "&lt;b&gt;Anneke" in page.text
    assert (await http.post("/bel-mij", content=b"x" * 70_000)).status_code == 413
    for odd in (b"", b"\xff\xfe", b"a=1&" * 30, b"question=%00%ff"):
        assert (await http.post("/bel-mij", content=odd)).status_code in (400, 422)


async def test_who_sent_nothing_is_not_told_that_it_went(http):
    answer = await http.get("/bel-mij/verstuurd")
    assert (answer.status_code, answer.headers["location"]) == (303, "/bel-mij")


async def test_the_link_without_scripts_leads_here(http):
    assert 'href="/bel-mij?gemeente=Ede"' in (await http.get("/g/Ede")).text
    assert 'name="municipality" type="text" value="Ede"' in (await http.get("/bel-mij?gemeente=Ede")).text
