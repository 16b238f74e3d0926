"""The plain form: nothing leaves without her tick, nothing twice, and danger is heard before it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.request.desk import RequestDesk
from bot.request.fields import FieldKey
from bot.request.tables import requests
from bot.request.vocabulary import CountsAs, RequestState
from channels.serving import application
from channels.web.callback_desk import CallbackDesk
from knowledge.vocabulary import Urgency
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


def browser(house, **cookies):
    """A browser before a server that has just started: it remembers nothing."""
    transport = httpx.ASGITransport(app=application(house))
    return httpx.AsyncClient(transport=transport, base_url="http://house", follow_redirects=False, cookies=cookies)


@pytest.fixture
def http(house):
    return browser(house)


def how_many(house):
    with house.sessions() as session:
        return session.scalar(select(func.count()).select_from(requests))


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
    assert 'Uw nummer is <span class="whole">AP-' in (await http.get("/bel-mij/verstuurd")).text  # also without scripts
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


@pytest.mark.parametrize("question", ["Ik ben 14 en zorg voor mijn moeder.", "Ik ben 15 en mijn vader slaat mij."])
async def test_a_young_person_is_spoken_to_as_one_and_sees_whom_to_call_before_the_way_back(http, question):
    page = await checked(http, question=question)
    assert page.status_code == 422
    read = re.sub(r"<[^>]+>", " ", page.text[page.text.index("<body>") :])
    assert "Je kunt nu bellen" in read
    assert not re.search(r"\b[Uu]w?\b", read)
    assert page.text.index('class="phones"') < page.text.index('class="press"')


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
        ({"mark": "x"}, "Er ging iets mis. Wat u typte, staat er nog."),
    ],
)
async def test_what_cannot_be_sent_is_said_and_what_she_typed_stays(http, filled, said):
    page = await checked(http, **filled)
    assert page.status_code == 422
    assert said in page.text
    assert "Mijn man vergeet steeds meer." in page.text


async def test_a_press_that_could_not_be_read_can_be_repeated(http):
    page = await checked(http, mark="x")
    assert (await http.post("/bel-mij", data={**FILLED, **hidden(page)})).status_code == 200


async def test_without_the_tick_she_reads_what_is_missing_and_she_can_change_what_she_typed(http):
    told = hidden(await checked(http))
    assert "Zet dan het vinkje" in (await http.post("/bel-mij", data={**told, "step": "send"})).text
    form = await http.post("/bel-mij", data={**told, "step": "change", "agree": "yes"})
    assert 'value="06 12345678"' in form.text
    assert hidden(form)["mark"] == told["mark"]
    assert (await http.get("/api/messages")).status_code == 401


DANGER = [
    ("Ik wil niet meer leven, ik heb pillen klaarliggen.", "0800-0113", Urgency.EMERGENCY, "danger"),
    ("Mijn man slaat mij.", "0800-2000", Urgency.EMERGENCY, "danger"),
    ("Ik zie het niet meer zitten.", "Denkt u aan de dood, of is er gevaar?", Urgency.SOON, "soon"),
    ("Ik ben moe.", "", Urgency.NORMAL, "normal"),
]


@pytest.mark.parametrize(("question", "number", "urgency", "reason"), DANGER)
async def test_danger_is_heard_first_and_somebody_looks_sooner(http, house, question, number, urgency, reason):
    page = await checked(http, question=question)
    heard = urgency is not Urgency.NORMAL
    assert ('class="danger"' in page.text) == heard
    if heard:
        assert max(page.text.index(number), page.text.index('href="tel:112"')) < page.text.index("<h1>Dit gaat")
        assert page.text.count('id="phones-title"') == 1
    await http.post("/bel-mij", data={**hidden(page), "agree": "yes"})
    assert number in (await http.get("/bel-mij/verstuurd")).text
    _, card = await requests_of(http, house)
    request = house.requests.get(card["reference"])
    assert (request.urgency, request.urgency_reason) == (urgency, reason)
    spoken = request.shared(FieldKey.URGENCY)
    assert bool(spoken) == heard
    if heard:
        assert spoken in page.text  # what goes to the municipality stands on the page she says yes to


async def test_danger_is_heard_too_where_something_else_is_not_filled_in(http):
    page = await checked(http, municipality="", question="", when="niet, ik wil dood")
    assert page.status_code == 422
    assert page.text.index('href="tel:08000113"') < page.text.index("Laat een consulent u bellen</h1>")


async def test_a_second_press_in_another_process_or_after_a_restart_sends_nothing(house):
    first = browser(house)
    told = {**hidden(await checked(first)), "agree": "yes"}
    before = how_many(house)
    await first.post("/bel-mij", data=told)
    again = browser(house)  # a press of which the answer never came: no cookie
    assert (await again.post("/bel-mij", data=told)).status_code == 303
    assert (await requests_of(again, house))[1] == (await requests_of(first, house))[1]
    assert (await first.post("/bel-mij", data=told)).status_code == 303
    assert how_many(house) == before + 1
    other = {**hidden(await checked(first)), "agree": "yes"}  # something else is a request of its own
    await first.post("/bel-mij", data=other)
    assert how_many(house) == before + 2


def desk_of(house, **more):
    services = house.services
    made = CallbackDesk(house.conversations, house.requests, services.access_rules, house.wording, services.now)
    return replace(made, **more)


FILLED_IN = {**FILLED, "municipality": "Ede", "email": "", "via": "", "mark": "a" * 24}


def test_many_presses_at_once_make_one_request(house):
    before = how_many(house)
    with ThreadPoolExecutor(4) as pool:
        talks = list(pool.map(lambda _: desk_of(house).send(None, "at-once" * 6, FILLED_IN), range(4)))
    assert len(set(talks)) == 1
    assert how_many(house) == before + 1
    assert len(house.conversations.since(talks[0])) == 2


def test_what_a_process_began_and_never_finished_is_finished_by_the_next_press(house, monkeypatch):
    def gone(*_, **__):
        raise OperationalError("", {}, Exception("gone"))

    before = how_many(house)
    with monkeypatch.context() as broken:
        broken.setattr(RequestDesk, "send", gone)
        with pytest.raises(OperationalError):
            desk_of(house).send(None, "half-way" * 5, FILLED_IN)
    talk = desk_of(house, patience=0.01).send(None, "half-way" * 5, FILLED_IN)
    assert house.requests.for_conversation(talk).state is RequestState.SENT
    assert how_many(house) == before + 1
    assert [message.author for message in house.conversations.since(talk)] == ["person", "assistant"]


async def test_with_the_database_gone_the_page_after_it_has_numbers(http, monkeypatch):
    def gone(*_, **__):
        raise OperationalError("Mijn man vergeet", {}, Exception("gone"))

    told = {**hidden(await checked(http)), "agree": "yes"}
    await http.post("/bel-mij", data=told)
    monkeypatch.setattr(CallbackDesk, "told", gone)
    page = await http.get("/bel-mij/verstuurd")
    assert page.status_code == 500
    assert 'href="tel:112"' in page.text
    assert "Mijn man" not in page.text


async def test_what_cannot_be_kept_is_said_and_nothing_she_typed_is_gone(http, monkeypatch):
    told = hidden(await checked(http))

    def gone(*_, **__):
        raise OperationalError("Mijn man vergeet", {}, Exception("gone"))

    monkeypatch.setattr(RequestDesk, "draft", gone)
    page = await http.post("/bel-mij", data={**told, "agree": "yes"})
    assert page.status_code == 503
    assert "We konden het net niet bewaren." in page.text
    assert hidden(page)["question"] == told["question"]
    assert 'href="tel:112"' in page.text


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
