"""The widget when things go wrong: nothing she wrote is lost or doubled, and there is always a number to call."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from tests.web.browser import until
from tests.web.line import Line
from tests.web.test_widget_talk import box, log, say

OFFLINE = "Er is even geen verbinding."


def own(page):
    return page.locator('[data-author="person"]')


def stored(house):
    return [m.text for m in house.conversations.since(house.only_conversation()) if m.author == "person"]


async def test_what_is_written_offline_is_sent_when_the_line_is_back(live_server, open_page):
    page = await open_page(live_server.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await page.context.set_offline(True)
    await say(page, "eerste")
    await say(page, "tweede")
    await expect(page.locator(".status")).to_contain_text(OFFLINE)
    await expect(own(page).first).to_contain_text("nog niet verstuurd")
    await expect(page.locator(".typing i")).to_have_count(0)
    await page.context.set_offline(False)
    await expect(log(page)).to_contain_text("Ik las: tweede")
    await expect(page.locator(".status")).not_to_contain_text(OFFLINE)
    assert stored(live_server) == ["eerste", "tweede"]
    await expect(own(page)).to_have_count(2)
    await expect(page.get_by_text("nog niet verstuurd")).to_have_count(0)


async def test_an_answer_lost_on_the_way_doubles_nothing(live_server, open_page):
    page = await open_page(live_server.url)
    marks = []

    async def lose_the_first(route):
        marks.append(route.request.post_data_json["client_id"])
        if len(marks) == 1:
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/api/messages", lose_the_first)
    await say(page, "kwam dit aan")
    await expect(log(page)).to_contain_text("Ik las: kwam dit aan")
    await expect(page.locator(".status")).not_to_contain_text(OFFLINE)
    # The live stream may bring the answer before the message is sent once more.
    await until(lambda: len(marks) == 2, "sent once more")
    assert len(set(marks)) == 1
    assert stored(live_server) == ["kwam dit aan"]
    await expect(page.locator(".message")).to_have_count(3)


async def test_a_server_that_restarts_is_waited_for(live_server, open_page):
    page = await open_page(live_server.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    live_server.stop()
    await expect(page.locator(".status")).to_contain_text(OFFLINE)
    await say(page, "bent u er nog")
    live_server.start()
    await expect(log(page)).to_contain_text("Ik las: bent u er nog")
    await expect(page.locator(".status")).not_to_contain_text(OFFLINE)
    live_server.conversations.add(live_server.only_conversation(), "staff", "Ja hoor.")
    await expect(log(page)).to_contain_text("Ja hoor.")
    assert stored(live_server) == ["bent u er nog"]


async def test_what_was_not_sent_survives_a_reload(live_server, open_page):
    page = await open_page(live_server.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await page.route("**/api/messages", lambda route: route.abort())
    await say(page, "blijf bewaard")
    await expect(own(page)).to_contain_text("nog niet verstuurd")
    await page.unroute("**/api/messages")
    await page.reload()
    await expect(log(page)).to_contain_text("Ik las: blijf bewaard")
    assert stored(live_server) == ["blijf bewaard"]
    await expect(own(page)).to_have_count(1)


async def test_who_writes_before_the_greeting_is_there_starts_one_conversation_and_loses_nothing(
    live_server, open_page, chromium
):
    context = await chromium.new_context(locale="nl-NL")

    async def late(route):
        await asyncio.sleep(0.7)
        await route.continue_()

    await context.route("**/api/conversation", late)
    page = await open_page(live_server.url, context=context)
    await say(page, "vast beginnen")
    await expect(log(page)).to_contain_text("Ik las: vast beginnen")
    assert stored(live_server) == ["vast beginnen"]
    bodies = await page.locator(".message .body").all_inner_texts()
    assert [body[:5] for body in bodies] == ["Hallo", "vast ", "Ik la"]
    await context.close()


async def test_a_fault_of_ours_is_said_with_numbers_and_another_try(live_server, open_page):
    page = await open_page(live_server.url)
    live_server.reception.failing = 3
    await say(page, "hoort u mij")
    await expect(log(page)).to_contain_text("Er ging bij ons iets mis.")
    await expect(log(page).get_by_role("link", name="030 760 60 55")).to_be_visible()
    await page.get_by_role("button", name="Opnieuw versturen").click()
    await expect(log(page)).to_contain_text("Ik las: hoort u mij")
    assert stored(live_server) == ["hoort u mij"]


async def test_a_second_message_before_the_first_is_answered_waits_its_turn(live_server, open_page):
    live_server.reception.is_held = True
    page = await open_page(live_server.url)
    await say(page, "een")
    await say(page, "twee")
    await expect(page.locator(".typing i")).to_have_count(3)
    live_server.reception.is_held = False
    await expect(log(page)).to_contain_text("Ik las: twee")
    await expect(page.locator(".typing i")).to_have_count(0)
    bodies = await page.locator(".message .body").all_inner_texts()
    assert bodies[1:] == ["een", "Ik las: een", "twee", "Ik las: twee"]


async def test_someone_who_writes_very_fast_is_asked_to_wait_and_loses_nothing(live_server, open_page):
    page = await open_page(live_server.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    too_fast, said = page.locator(".status").filter(has_text="Dat ging even te snel."), []
    while not await too_fast.count():  # on a slow machine it takes more of them: meanwhile some may be written again
        said.append(f"bericht {len(said)}.")
        await say(page, said[-1])
        if len(said) > 13:
            answered = log(page).get_by_text(f"Ik las: {said[-1]}")
            await expect(too_fast.or_(answered).first).to_be_visible()
        assert len(said) < 60
    await expect(log(page)).to_contain_text(f"Ik las: {said[-1]}")
    assert stored(live_server) == said


async def test_a_conversation_that_ended_meanwhile_begins_anew_with_what_she_wrote(live_server, open_page):
    page = await open_page(live_server.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await page.context.clear_cookies()
    await say(page, "is er iemand")
    await expect(log(page)).to_contain_text("Ik las: is er iemand")
    await expect(log(page)).to_contain_text("Dit gesprek is afgelopen.")
    await expect(own(page)).to_have_count(1)


async def test_with_the_server_gone_from_the_start_there_are_numbers_and_it_keeps_trying(
    live_server, open_page, chromium
):
    context = await chromium.new_context(locale="nl-NL")
    await context.route("**/api/**", lambda route: route.abort())
    page = await open_page(live_server.url, context=context)
    await expect(log(page).get_by_role("link", name="030 760 60 55")).to_be_visible()
    await expect(page.locator(".status")).to_contain_text(OFFLINE)
    await context.unroute("**/api/**")
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await context.close()


async def test_without_scripts_there_are_numbers(live_server, open_page):
    page = await open_page(live_server.url, java_script_enabled=False)
    await expect(page.get_by_role("link", name="030 760 60 55")).to_be_visible()
    await expect(page.get_by_text("Het gesprek wordt geladen.")).to_be_hidden()


async def test_with_a_script_that_never_comes_there_are_numbers(live_server, open_page, chromium):
    context = await chromium.new_context(locale="nl-NL")
    await context.route("**/adempauze.js", lambda route: route.abort())
    page = await open_page(live_server.url, context=context)
    await expect(page.get_by_role("link", name="030 760 60 55")).to_be_visible()
    await expect(box(page)).to_have_count(0)
    await context.close()


async def test_a_line_that_breaks_again_and_again_loses_and_doubles_nothing(live_server, open_page, chromium):
    context = await chromium.new_context(locale="nl-NL")
    lines = []

    async def break_the_first(route):
        lines.append(route.request.url)
        await (route.abort() if len(lines) <= 3 else route.continue_())

    await context.route("**/api/stream*", break_the_first)
    page = await open_page(live_server.url, context=context)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    for number in range(5):
        live_server.conversations.add(live_server.only_conversation(), "staff", f"Bericht {number}.")
    await expect(log(page)).to_contain_text("Bericht 4.")
    assert len(lines) == 4
    bodies = await page.locator('[data-author="staff"] .body').all_inner_texts()
    assert bodies == [f"Bericht {number}." for number in range(5)]
    await context.close()


@pytest.mark.parametrize("moment", [0.0, 0.15, 0.4, 0.8, 1.05])
async def test_a_line_cut_in_mid_turn_gives_one_question_and_one_answer(live_server, open_page, moment):
    live_server.reception.delay = 0.8
    async with Line(live_server.url) as line:
        page = await open_page(line.url)
        await expect(log(page)).to_contain_text("Voor wie zorgt u?")
        await say(page, "halverwege weg")
        await asyncio.sleep(moment)
        line.cut()
        await expect(page.locator(".status")).to_contain_text(OFFLINE)
        await asyncio.sleep(1)  # what was received is answered while she is away
        line.mend()
        await expect(log(page)).to_contain_text("Ik las: halverwege weg")
        await expect(page.locator(".status")).not_to_contain_text(OFFLINE)
        assert stored(live_server) == ["halverwege weg"]
        bodies = await page.locator(".message .body").all_inner_texts()
        assert bodies[1:] == ["halverwege weg", "Ik las: halverwege weg"]
        await say(page, "en weer verder")
        await expect(log(page)).to_contain_text("Ik las: en weer verder")


async def test_a_server_that_stops_in_mid_turn_keeps_what_was_said(live_server, open_page):
    live_server.reception.is_held = True
    page = await open_page(live_server.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    await say(page, "midden in een beurt")
    await until(lambda: live_server.reception.received, "received")
    live_server.stop()
    live_server.reception.is_held = False
    live_server.start()
    await say(page, "en daarna")
    await expect(log(page)).to_contain_text("Ik las: en daarna")
    assert stored(live_server) == ["midden in een beurt", "en daarna"]
    await expect(own(page)).to_have_count(2)
    await expect(page.get_by_text("nog niet verstuurd")).to_have_count(0)


async def test_a_line_that_falls_silent_is_left_for_a_new_one(live_server, open_page):
    page = await open_page("about:blank")
    lines = []
    page.on("request", lambda request: lines.append(1) if "/api/stream" in request.url else None)
    await page.clock.install()
    await page.goto(live_server.url)
    await expect(log(page)).to_contain_text("Voor wie zorgt u?")
    live_server.conversations.add(live_server.only_conversation(), "staff", "Ik ben er.")
    await expect(log(page)).to_contain_text("Ik ben er.")  # it came over the line, so the line is open and watched
    await page.clock.run_for(30_000)
    assert len(lines) == 1
    await page.clock.run_for(50_000)
    await until(lambda: len(lines) > 1, "a new line")
    live_server.conversations.add(live_server.only_conversation(), "staff", "Daar ben ik weer.")
    await expect(log(page)).to_contain_text("Daar ben ik weer.")
