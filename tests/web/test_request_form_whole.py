"""The form with the whole house behind it: shaped, sent, changed once more, and then somebody has it."""

from __future__ import annotations

from playwright.async_api import expect

from bot.request.fields import FieldKey
from tests.web.request_house import box, form, save, sheet, tick
from tests.web.test_main_job import press, read, say


async def test_what_she_shapes_in_the_form_is_what_the_coordinator_reads(served, open_page):
    house, address = served
    carer = await open_page(f"{address}/", reduced_motion="reduce")
    await say(carer, "hoi, mijn man vergeet steeds meer en ik slaap niet. We wonen in Arnhem")
    await read(carer, "Arnhem")
    await say(carer, "ik wil een mens spreken")
    await read(carer, "Met welke naam")
    await say(carer, "Marijke")
    await read(carer, "telefoonnummer")
    await say(carer, "06 12 34 56 78")
    passes, asked = carer.get_by_role("button", name="Sla over", exact=True), 0
    while True:  # details are asked once; she may pass each by
        await expect(sheet(carer).or_(passes).last).to_be_visible()
        if await sheet(carer).count():
            break
        await passes.last.click()
        asked += 1
        await expect(carer.locator('[data-author="person"]', has_text="Sla over")).to_have_count(asked)
    await expect(sheet(carer)).to_contain_text("Nog niet verstuurd.")

    await carer.get_by_role("button", name="Aanpassen").click()
    await expect(form(carer).get_by_role("radio", checked=True)).to_have_count(0)
    await box(carer, "Naam").fill("Marijke de Wit")
    await tick(carer, "Telefoon weglaten").check()
    await form(carer).get_by_role("radio", name="Nee, laat dat weg").check()
    await save(carer)
    await expect(form(carer)).to_have_count(0)
    await expect(sheet(carer)).to_contain_text("Marijke de Wit")
    await expect(sheet(carer).locator('[data-key="contact_phone"] dd')).to_have_text("gaat niet mee")

    await press(carer, "Aanvraag versturen")
    await expect(sheet(carer)).to_contain_text("Een consulent zoekt uiterlijk")
    reference = await sheet(carer).get_attribute("data-reference")
    sent = house.requests.get(reference)
    assert sent.shared(FieldKey.CONTACT_NAME) == "Marijke de Wit"
    assert sent.shared(FieldKey.CONTACT_PHONE) == ""
    assert sent.shared(FieldKey.CONDITIONS) == ""
    assert sent.loved_one_health_agreed is False

    await carer.get_by_role("button", name="Aanpassen").click()
    await box(carer, "Naam").fill("Marijke Jansen")
    await save(carer)
    await expect(sheet(carer)).to_contain_text("Marijke Jansen")
    changed = house.requests.get(reference)
    assert changed.shared(FieldKey.CONTACT_NAME) == "Marijke Jansen"
    assert changed.shared(FieldKey.LOAD) == ""

    (person, token), *_ = house.staff.ensure_local_staff()
    desk = await open_page(f"{address}/desk/enter/{token}")
    await desk.get_by_role("button", name="Log in").click()
    await desk.get_by_role("link", name="Marijke Jansen").click()
    await desk.get_by_role("button", name="Ik pak dit op").click()
    await expect(sheet(carer)).to_contain_text(f"Opgepakt door {person.name}.")
    await expect(carer.get_by_role("button", name="Aanpassen")).to_have_count(0)
