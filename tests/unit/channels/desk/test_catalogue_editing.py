"""Changing a record: what is typed is kept, what is wrong is told, what is published is seen, and nothing is lost."""

from __future__ import annotations

import pytest

from knowledge.curation.record import ChangeAction, DraftState, RecordKind
from knowledge.offers.data import read_offer
from tests.unit.channels.desk.editors_site import FEW, open_editors_site
from tests.unit.channels.desk.forms_of_pages import FormOf
from tests.unit.channels.desk_site import Browser

OFFER = "/desk/catalogus/aanbod/o002"


async def form_on(browser: Browser, address: str) -> FormOf:
    page = await browser.get(address)
    assert page.status_code == 200
    return FormOf(page.text, address.split("?")[0])


async def post(browser: Browser, address: str, form: FormOf, **values):
    return await browser.post(address, **{**form.filled(**values), "form_token": browser.token})


async def test_a_form_that_nobody_touched_says_what_the_record_says(tmp_path):
    with open_editors_site(tmp_path, offers=None) as site:
        els = await Browser(site).enter(site.els)
        for record in site.records.all(RecordKind.OFFER)[::6]:
            address = f"/desk/catalogus/aanbod/{record.id}"
            response = await post(els, address, await form_on(els, address), action="publiceer")
            assert response.status_code == 303, record.id
            assert read_offer(site.offer(record.id).body) == read_offer(record.body), record.id


@pytest.mark.parametrize(
    ("kind", "place"),
    [(RecordKind.FACT, "feiten"), (RecordKind.DESK, "loketten"), (RecordKind.ACCESS_RULES, "regels")],
    ids=["facts", "desks", "rules"],
)
async def test_the_same_holds_for_the_smaller_kinds(site, els, kind, place):
    for record in site.records.all(kind)[:6]:
        address = f"/desk/catalogus/{place}/{record.id}"
        assert (await post(els, address, await form_on(els, address), action="publiceer")).status_code == 303, record.id
        known = {name: value for name, value in record.body.items() if value != []}
        assert site.records.get(kind, record.id).body == known


async def test_what_is_published_reaches_carers_at_once_and_can_be_taken_back(site, els):
    form = await form_on(els, OFFER)
    done = await post(els, OFFER, form, name="Steunpunt Nieuw", action="publiceer", note="gebeld")
    assert done.headers["location"] == f"{OFFER}?gedaan=published"
    assert site.catalogue.offer("o002").name == "Steunpunt Nieuw"
    change = site.records.history(RecordKind.OFFER, "o002")[0]
    assert (change.by, change.why, change.action) == ("Els", "gebeld", ChangeAction.EDITED)

    page = (await els.get(f"{OFFER}/geschiedenis")).text
    assert "Steunpunt Nieuw" in page
    assert "gebeld" in page
    assert (await els.post(f"{OFFER}/terugzetten", number=str(change.number))).status_code == 303
    assert site.catalogue.offer("o002").name == "Steunpunt Mantelzorg Humanitas Groningen"


async def test_an_older_version_comes_back_too_unless_somebody_was_quicker(site, els):
    for name in ("Een", "Twee"):
        await post(els, OFFER, await form_on(els, OFFER), name=name, action="publiceer")
    first = site.records.history(RecordKind.OFFER, "o002")[1]
    outdated = await els.post(f"{OFFER}/terugzetten", number=str(first.number), base_revision="2")
    assert outdated.headers["location"].endswith("mis=intussen")
    assert site.catalogue.offer("o002").name == "Twee"
    await els.post(f"{OFFER}/terugzetten", number=str(first.number), base_revision="3")
    assert site.catalogue.offer("o002").name == "Steunpunt Mantelzorg Humanitas Groningen"


async def test_a_faulty_form_is_kept_with_every_message_at_its_field(site, els):
    form = await form_on(els, OFFER)
    page = await post(els, OFFER, form, phone="bel maar", source__year="vorig jaar", name="Nieuw", action="publiceer")
    assert page.status_code == 422
    assert 'href="#f-phone"' in page.text
    assert 'id="f-phone-wrong"' in page.text
    assert 'href="#f-source-year"' in page.text
    assert site.catalogue.offer("o002").name != "Nieuw"
    draft = site.records.draft(RecordKind.OFFER, "o002")
    assert (draft.body["phone"], draft.body["name"], draft.by) == ("bel maar", "Nieuw", "Els")
    again = await form_on(els, OFFER)
    assert ("f.phone", "bel maar") in again.pairs
    done = await post(els, OFFER, again, phone="050-312 60 00", source__year="2024", action="publiceer")
    assert done.status_code == 303
    assert site.records.draft(RecordKind.OFFER, "o002") is None


async def test_a_new_offer_is_published_only_when_what_people_need_is_known_or_was_asked(site, els):
    address = "/desk/catalogus/aanbod/nieuw"
    form = await form_on(els, "/desk/catalogus/aanbod/nieuw?kopie=o003")
    page = await post(els, address, form, name="Huiskamer De Linde", price__euros="", action="publiceer")
    assert page.status_code == 422
    assert "Nog niet te publiceren" in page.text
    draft = site.records.drafts(RecordKind.OFFER)[0]
    assert draft.id == "huiskamer-de-linde-groningen"
    kept = f"/desk/catalogus/aanbod/{draft.id}"
    again = FormOf(page.text, kept)
    labels = [value for name, value in again.pairs if name == "f.asked"]
    assert labels == []
    asked = [
        *("Prijs", "Vervoer", "Dagdelen", "Toegang", "Niet voor", "Minstens aantal uren", "Hoogstens aantal uren"),
        *("Weken vooruit aanvragen", "Indicatie nodig", "Wie het kan aanvragen", "Telefoon", "Wie betaalt"),
    ]
    answers = {"status": "open", "ages": ["ouderen"], "checked_on": "22-11-2026", "checked_by": "Els"}
    done = await post(
        els, kept, again, asked=asked, valid_until="31-12-2026", inferred=[], payers=[], **answers, action="publiceer"
    )
    assert done.status_code == 303, FormOf(done.text, kept).pairs
    assert site.catalogue.offer(draft.id).name == "Huiskamer De Linde"


async def test_a_colleague_is_asked_and_finds_it_in_the_queue(site, els):
    await post(els, OFFER, await form_on(els, OFFER), name="Anders", action="controle", note="klopt dit?")
    assert site.records.draft(RecordKind.OFFER, "o002").state is DraftState.IN_REVIEW
    omar = await Browser(site).enter(site.omar)
    assert "Wacht op uw controle" in (await omar.get("/desk/catalogus")).text
    form = await form_on(omar, OFFER)
    assert (await post(omar, OFFER, form, action="publiceer")).status_code == 303
    assert site.catalogue.offer("o002").name == "Anders"


async def test_a_draft_can_be_thrown_away(site, els):
    await post(els, OFFER, await form_on(els, OFFER), name="Anders", action="bewaar")
    assert (await els.post(f"{OFFER}/weggooien", version="1")).status_code == 303
    assert site.records.draft(RecordKind.OFFER, "o002") is None
    assert site.catalogue.offer("o002").name == "Steunpunt Mantelzorg Humanitas Groningen"


async def test_looking_keeps_nothing_and_loses_nothing(site, els):
    page = await post(els, OFFER, await form_on(els, OFFER), name="Nog niet zeker", action="bekijk")
    assert page.status_code == 200
    assert ("f.name", "Nog niet zeker") in FormOf(page.text, OFFER).pairs
    assert "Drie mensen in Groningen" in page.text
    assert site.records.draft(RecordKind.OFFER, "o002") is None


async def test_one_click_says_that_it_is_still_right_but_only_of_what_she_saw(site, els):
    await els.post("/desk/catalogus/aanbod/o002/nog-juist", base_revision="7")
    assert site.catalogue.offer("o002").checked_on is None
    await els.post("/desk/catalogus/aanbod/o002/nog-juist", base_revision="1")
    offer = site.catalogue.offer("o002")
    assert (offer.checked_on, offer.checked_by, offer.verify_before_showing) == (site.now().date(), "Els", False)
    assert site.records.history(RecordKind.OFFER, "o002")[0].action is ChangeAction.CONFIRMED


async def test_one_edit_of_a_fact_changes_every_place_that_quotes_it(site, els):
    address = "/desk/catalogus/feiten/mantelzorglijn"
    page = (await els.get(address)).text
    assert "plaatsen</h2>" in page
    assert "{fact_mantelzorglijn}" in page
    assert (
        await post(els, address, FormOf(page, address), value="030 111 22 33", action="publiceer")
    ).status_code == 303
    assert site.house.facts.value("mantelzorglijn") == "030 111 22 33"


async def test_an_unanswered_question_becomes_an_answer_or_goes(site, els):
    site.unanswered.keep("mag de hond mee als mijn vrouw gaat logeren", site.now().date())
    site.unanswered.keep("hoe laat is het", site.now().date())
    number = site.unanswered.all()[0].id
    address = "/desk/catalogus/antwoorden/nieuw"
    form = FormOf((await els.get(f"{address}?vraag={number}")).text, address)
    question = dict(form.pairs)["f.questions"]
    assert question in {one.text for one in site.unanswered.all()}
    done = await post(
        els, address, form, text="Dat verschilt per huis. Vraag het bij de aanbieder.", action="publiceer"
    )
    assert done.status_code == 303
    assert [one.body["questions"] for one in site.records.all(RecordKind.ANSWER)] == [[question]]
    (left,) = site.unanswered.all()
    await els.post(f"/desk/catalogus/vragen/{left.id}/weg")
    assert site.unanswered.all() == ()


async def test_what_a_record_says_is_never_markup(site, els):
    strange = '<script>alert("x")</script>'
    await post(els, OFFER, await form_on(els, OFFER), name=strange, action="publiceer")
    for page in (
        "/desk/catalogus/aanbod",
        OFFER,
        f"{OFFER}/geschiedenis",
        f"{OFFER}/bekijken",
        "/desk/catalogus/laatst",
    ):
        text = (await els.get(page)).text
        assert strange not in text
        assert "&lt;script&gt;" in text, page


def test_the_few_offers_of_these_tests_are_in_the_seed(site):
    assert {offer.id for offer in site.catalogue.offers()} == set(FEW)
