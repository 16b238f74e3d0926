"""The day of a carer and of a coordinator, from the first words to "dank u, het hielp": two browsers and Telegram."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.audit.log import AuditFilter, Outcome
from bot.request.asking import Question
from bot.request.fields import FieldKey
from bot.request.followup import FollowUp, Happened, Needed
from bot.request.vocabulary import EventKind, RequestState
from knowledge.vocabulary import Urgency
from tests.web.day import IN_HER_OWN_WORDS, KARIN, Day, begin, day_house


@pytest.fixture
def served_day(tmp_path: Path) -> Iterator[tuple]:  # type: ignore[type-arg]
    with day_house(tmp_path) as parts:
        yield parts


async def test_a_day(served_day, open_page):  # type: ignore[no-untyped-def]
    day = await begin(*served_day, open_page)
    await day.petra.enters(day.house)
    await expect(day.petra.page.get_by_role("main")).to_contain_text("Alles is opgepakt.")

    hers, karins = await both_ask(day)
    await urgent_comes_first(day, hers, karins)
    await she_hears_and_is_heard(day, hers)
    await karin_answers_and_takes_it_back(day, karins)
    await not_yet_and_then_it_helped(day, hers)
    await weeks_later(day, hers)
    await nothing_twice_and_everything_written_down(day, hers, karins)


async def both_ask(day: Day) -> tuple[str, str]:
    """Karin's request comes in while Petra looks; Marijke tells, is shown offers, and asks for a person."""
    karins, _ = await asyncio.gather(day.karin_sends_a_request(), day.marijke_tells())
    await expect(day.marijke.page.get_by_role("article").first).to_be_visible()
    assert 1 <= await day.marijke.page.get_by_role("article").count() <= 3
    await day.petra.sees(KARIN)

    await day.marijke_asks_for_a_person()
    await day.marijke_answers_what_she_likes()
    form = await day.marijke_opens_the_form()
    await day.marijke_saves_the_form(form)
    assert day.house.requests.get(await reference_on(day)).state is RequestState.DRAFTED, "nothing goes out by itself"
    hers = await day.marijke_sends()

    request = day.house.requests.get(hers)
    assert (request.state, request.question.splitlines()[0]) == (RequestState.SENT, IN_HER_OWN_WORDS)
    assert request.shared(FieldKey.CONTACT_NAME) == "Marijke de Wit"
    assert request.shared(FieldKey.LOAD) == "", "how heavy it is goes only when she ticks it"
    assert request.loved_one_health_agreed is True
    return hers, karins


async def reference_on(day: Day) -> str:
    return str(await day.marijke.sheet.get_attribute("data-reference"))


async def urgent_comes_first(day: Day, hers: str, karins: str) -> None:
    """Without loading the list anew: the request that cannot wait stands above the one that was there before."""
    await day.petra.sees("Marijke de Wit")
    lines = await day.petra.page.locator("a.who").all_inner_texts()
    assert [line.split()[0] for line in lines] == ["Marijke", KARIN]
    urgencies = [day.house.requests.get(reference).urgency for reference in (hers, karins)]
    assert urgencies == [Urgency.SOON, Urgency.NORMAL]


async def she_hears_and_is_heard(day: Day, hers: str) -> None:
    marijke, petra = day.marijke, day.petra
    await petra.opens("Marijke de Wit")
    await expect(petra.page.get_by_role("blockquote")).to_contain_text("hij is s nachts vaak wakker")
    await petra.presses("Ik pak dit op", "U hebt deze aanvraag")
    await marijke.reads(f"{petra.name} heeft uw aanvraag {hers} gelezen en opgepakt")
    await petra.presses("Niet bereikt", "Vastgelegd dat het niet lukte")
    await marijke.reads(f"{petra.name} heeft geprobeerd u te bereiken")

    await petra.page.get_by_label("Bericht aan Marijke").fill("Slaapt uw man overdag ook?")
    await petra.presses("Verstuur en wacht op antwoord", "Uw vraag is verstuurd")
    await marijke.reads("Slaapt uw man overdag ook?")
    said_by_the_bot = by_the_assistant(day, hers)
    await marijke.says("ja na het eten wel een uur of twee. bellen kan na drie uur")
    await petra.sees("ja na het eten wel een uur of twee", where="section.thread")
    assert by_the_assistant(day, hers) == said_by_the_bot, "while a person talks with her, the assistant is silent"

    await petra.page.reload()
    offer = await petra.proposes("Misschien is dit iets: iemand die bij uw man blijft terwijl u slaapt.")
    await marijke.reads("iemand die bij uw man blijft terwijl u slaapt")
    await expect(marijke.page.get_by_role("article").last).to_contain_text(offer)
    tomorrow = (day.clock() + timedelta(days=1)).date().isoformat()
    await petra.plans(tomorrow, "15:30")
    when = re.compile(f"{petra.name} zoekt op dinsdag 24 november .{{0,3}}15[.:]30.{{0,4}} contact met u")
    await marijke.reads(when)
    await expect(marijke.sheet).to_contain_text(when)


async def karin_answers_and_takes_it_back(day: Day, karins: str) -> None:
    petra = day.petra
    await petra.goes_to_inbox()
    await petra.opens(KARIN)
    await petra.presses("Ik pak dit op", "U hebt deze aanvraag")
    await day.karin_hears(f"{petra.name} heeft uw aanvraag {karins} gelezen en opgepakt")
    offer = await petra.proposes("Zou dit een dag voor uzelf kunnen geven?")
    read = await day.karin_hears("Zou dit een dag voor uzelf kunnen geven?")
    assert offer in read
    assert f"{petra.name} (een mens)" in read
    heard = len(day.karin.hears)
    day.karin.says("mijn zus komt nu elke zaterdag, dus ik red me weer")
    await petra.sees("mijn zus komt nu elke zaterdag", where="section.thread")
    assert len(day.karin.hears) == heard, "the assistant is silent in Telegram too"
    await petra.presses("Sluit het gesprek", "Het gesprek is gesloten")
    await day.karin_hears("heeft het gesprek hier gesloten")
    day.karin.says("ik wil mijn aanvraag intrekken")
    await day.karin_hears(f"Uw aanvraag {karins} is ingetrokken")
    assert day.house.requests.get(karins).state is RequestState.WITHDRAWN
    await petra.page.reload()
    await expect(petra.page.get_by_role("main")).to_contain_text("Deze aanvraag is ingetrokken.")
    await expect(petra.page.get_by_role("main")).not_to_contain_text("zaterdag")


async def not_yet_and_then_it_helped(day: Day, hers: str) -> None:
    marijke, petra = day.marijke, day.petra
    day.clock.forward(days=1, hours=6, minutes=30)
    await petra.enters(day.house)
    await petra.goes_to_inbox("mine")
    await petra.opens("Marijke de Wit")
    await petra.presses("Contact gehad", "Het contact is vastgelegd")
    await petra.resolves(
        "Vanaf 1 december komt er elke dinsdag en donderdag iemand van 13.00 tot 16.00 uur.",
        "U wilt overdag kunnen slapen, en uw man blijft het liefst thuis.",
        "De vrijwilliger belt u vrijdag om kennis te maken.",
    )
    await marijke.reads("elke dinsdag en donderdag iemand van 13.00 tot 16.00 uur")
    await marijke.reads("Hoe het verdergaat: De vrijwilliger belt u vrijdag")

    await marijke.says("nog niet opgelost")
    await marijke.reads(re.compile(f"Uw aanvraag {hers} is (weer open|afgerond. Is het voor u nog niet opgelost)"))
    if day.house.requests.get(hers).state is not RequestState.REOPENED:  # what she typed is asked back, once
        await marijke.presses("Nog niet opgelost")
    await marijke.reads(f"Uw aanvraag {hers} is weer open")
    assert day.house.requests.get(hers).state is RequestState.REOPENED
    await petra.goes_to_inbox()
    await petra.opens("Marijke de Wit")
    await petra.presses("Ik pak dit op", "U hebt deze aanvraag")
    await petra.presses("Contact gehad", "Het contact is vastgelegd")
    await petra.resolves(
        "Er komt ook één nacht per week iemand waken, vanaf 4 december.",
        "De middagen alleen gaven te weinig rust.",
        "Loopt het anders, bel dan de thuishulp.",
    )
    await marijke.reads("één nacht per week iemand waken")
    await marijke.says("dank u, het hielp")
    await marijke.reads("hier altijd terugkomen")
    request = day.house.requests.get(hers)
    assert request.state is RequestState.RESOLVED
    assert "De middagen alleen gaven te weinig rust." in request.outcome


async def weeks_later(day: Day, hers: str) -> None:
    marijke, conversation = day.marijke, day.house.requests.get(hers).conversation_id
    day.clock.forward(hours=1)
    assert await asks(day) == [Question.INVITE]
    await marijke.reads("Mag ik u over een paar weken één keer vragen hoe het is gegaan?")
    await marijke.presses("Ja, dat mag")
    await marijke.reads("Hoeveel rust was er bij u thuis toen u de aanvraag deed?")
    await marijke.presses("Geen rust")
    await marijke.reads("Over een paar weken vraag ik één keer")
    assert await asks(day) == []
    day.clock.forward(weeks=4)
    assert await asks(day) == [Question.FOLLOW_UP]
    await marijke.reads("Is er gekomen wat u had afgesproken?")
    await marijke.presses("Ja")
    await marijke.reads("Hoeveel rust is er nu bij u thuis?")
    await marijke.presses("Redelijk wat rust")
    await marijke.reads("Is er nu iets nodig?")
    await marijke.presses("Nee, nu niet")
    await marijke.reads("Dank u wel voor uw antwoorden")
    kept = day.house.requests.follow_up(conversation)
    assert isinstance(kept, FollowUp)
    assert (kept.rest_before, kept.happened, kept.rest_after, kept.needed) == (1, Happened.YES, 4, Needed.NOTHING)
    assert await asks(day) == [], "each question comes once"


async def nothing_twice_and_everything_written_down(day: Day, hers: str, karins: str) -> None:
    talk, told = messages_of(day, hers), file_of(day, hers).notices
    marks = Counter(each.client_id for each in talk)
    assert [marks[f"notice-{notice.id}"] for notice in told] == [1] * len(told), "what the desk says comes once"
    said = Counter(each.text for each in talk if each.author == "staff" or hers in each.text)
    twice = [text for text, times in said.items() if times > 1]
    assert [text for text in twice if not re.search("opgepakt|contact hebt gehad", text)] == [], "both happened twice"
    shown = await day.marijke.log.locator(".message").evaluate_all("all => all.map(one => Number(one.dataset.id))")
    assert shown == [each.id for each in talk], "all of it, in order, each once"
    sent_to_karin = [text for text, times in Counter(day.karin.hears).items() if times > 1]
    assert sent_to_karin == []

    steps = ["sent", "seen", "accepted", "tried", "asked", "proposed", "planned"]
    steps += ["contacted", "resolved", "reopened", "accepted", "contacted", "resolved"]
    in_order = [kind.value for kind in history(day, hers) if kind.value in steps]
    assert in_order == steps
    assert EventKind.MESSAGE_FROM_CARER in history(day, hers)
    assert EventKind.WITHDRAWN in history(day, karins)

    lines = day.house.audit.all(AuditFilter(subject=hers), 1000)
    done = Counter(line.act for line in lines if line.outcome is Outcome.DONE)
    for act, times in {"accept": 2, "contacted": 3, "ask": 1, "propose": 1, "plan": 1, "resolve": 2}.items():
        assert done[f"requests.{act}"] == times, act
    assert done["requests.view"] > 0
    assert {line.name for line in lines} == {day.petra.name}
    assert not re.search("alzheimer|Marijke", " ".join(f"{line.act} {line.subject}" for line in lines))


async def asks(day: Day) -> list[Question]:
    """The worker of the clock looks, as it does every minute."""
    return [asked.kind for asked in await asyncio.to_thread(day.house.requests.ask_what_is_due)]


def file_of(day: Day, reference: str):  # type: ignore[no-untyped-def]
    return day.house.requests.open_file(reference, day.petra.staff)


def history(day: Day, reference: str) -> list[EventKind]:
    return [event.kind for event in file_of(day, reference).events]


def messages_of(day: Day, reference: str):  # type: ignore[no-untyped-def]
    return day.house.conversations.since(day.house.requests.get(reference).conversation_id)


def by_the_assistant(day: Day, reference: str) -> list[str]:
    return [each.text for each in messages_of(day, reference) if each.author == "assistant"]
