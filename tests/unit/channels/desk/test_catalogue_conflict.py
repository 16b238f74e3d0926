"""Two editors on one record: nobody overwrites the other unseen, and nobody loses what she typed."""

from __future__ import annotations

from channels.desk.catalogue.comparing import differences
from channels.desk.catalogue.offer_form import offer_sections
from channels.desk.catalogue.record_views import typed_texts
from channels.desk.forms import Form
from knowledge.curation.record import RecordKind
from knowledge.offers.written import texts_of
from tests.unit.channels.desk.forms_of_pages import FormOf
from tests.unit.channels.desk.test_catalogue_editing import form_on, post
from tests.unit.channels.desk_site import Browser

OFFER = "/desk/catalogus/aanbod/o002"


async def test_the_second_sees_both_versions_and_chooses_field_by_field(site, els):
    omar = await Browser(site).enter(site.omar)
    hers, his = await form_on(els, OFFER), await form_on(omar, OFFER)
    await post(els, OFFER, hers, name="Van Els", phone="050-111 11 11", action="publiceer")
    page = await post(omar, OFFER, his, name="Van Omar", email="info@voorbeeld.nl", action="publiceer")
    assert page.status_code == 409
    assert site.catalogue.offer("o002").name == "Van Els"
    assert "Van Els" in page.text
    assert "Van Omar" in page.text
    choice = FormOf(page.text, OFFER)
    picked = dict(choice.pairs)
    assert picked["pick.phone"] == "theirs"  # only Els changed it
    assert picked["pick.email"] == picked["pick.name"] == "mine"
    posted = {**choice.filled(action="publiceer"), "pick.name": ["theirs"], "form_token": omar.token}
    assert (await omar.post(OFFER, **posted)).status_code == 303
    offer = site.catalogue.offer("o002")
    assert (offer.name, offer.phone, offer.email) == ("Van Els", "050-111 11 11", "info@voorbeeld.nl")


async def test_a_draft_of_a_colleague_is_not_written_over_either(site, els):
    omar = await Browser(site).enter(site.omar)
    hers, his = await form_on(els, OFFER), await form_on(omar, OFFER)
    await post(els, OFFER, hers, name="Concept van Els", action="bewaar")
    for action in ("bewaar", "publiceer", "controle"):
        page = await post(omar, OFFER, his, name="Van Omar", action=action)
        assert page.status_code == 409, action
        assert "Concept van Els" in page.text
    assert site.records.draft(RecordKind.OFFER, "o002").body["name"] == "Concept van Els"


async def test_a_draft_that_was_overtaken_is_laid_beside_what_stands_there_now(site, els):
    await post(els, OFFER, await form_on(els, OFFER), name="Concept van Els", action="bewaar")
    body = {**site.offer("o002").body, "phone": "050-222 22 22"}
    site.records.publish(RecordKind.OFFER, "o002", body, by="Omar", base_revision=1)
    page = await els.get(OFFER)
    assert page.status_code == 409
    choice = FormOf(page.text, OFFER)
    assert (await els.post(OFFER, **{**choice.filled(action="publiceer"), "form_token": els.token})).status_code == 303
    offer = site.catalogue.offer("o002")
    assert (offer.name, offer.phone) == ("Concept van Els", "050-222 22 22")


async def test_what_a_colleague_took_away_can_be_put_back_with_what_was_typed(site, els):
    form = await form_on(els, OFFER)
    site.records.remove(RecordKind.OFFER, "o002", by="Omar", base_revision=1, why="dubbel")
    page = await post(els, OFFER, form, name="Toch nog", action="publiceer")
    assert page.status_code == 409
    assert "weggehaald" in page.text
    choice = FormOf(page.text, OFFER)
    assert (await els.post(OFFER, **{**choice.filled(action="publiceer"), "form_token": els.token})).status_code in (
        303,
        422,
    )
    assert site.records.draft(RecordKind.OFFER, "o002") is not None or site.catalogue.offer("o002").name == "Toch nog"


async def test_a_form_that_nobody_touched_differs_in_nothing(site, els):
    for record in site.records.all(RecordKind.OFFER):
        form = await form_on(els, f"/desk/catalogus/aanbod/{record.id}")
        posted = Form(tuple((name, value) for name, values in form.filled().items() for value in values))
        sections = offer_sections()
        assert differences(sections, typed_texts(posted, sections, texts_of({})), texts_of(record.body)) == (), (
            record.id
        )


def test_only_what_differs_is_shown_and_blanks_are_no_difference():
    sections = offer_sections()
    found = differences(sections, {"name": "A ", "phone": "1"}, {"name": "A", "phone": "2"}, {"phone": "2"})
    assert [(one.column, one.mine_changed, one.theirs_changed) for one in found] == [("phone", True, False)]
