"""The inbox and the screen of one request, as a coordinator meets them."""

from __future__ import annotations

import pytest

from bot.request.base import TextError
from bot.request.fields import FieldKey
from bot.request.inbox import InboxView
from bot.request.record import RequestOffer
from bot.request.vocabulary import RequestState
from knowledge.vocabulary import Urgency
from tests.unit.bot.request.conftest import AGREEMENT, drafted, sent
from tests.unit.channels.desk_site import Outline, open_site

CLOSING = {
    "outcome": "Vanaf maandag komt een vrijwilliger.",
    "why": "Dat past het best bij wat u vroeg.",
    "next_step": "De vrijwilliger belt u zondag.",
}


@pytest.fixture
def site(tmp_path):
    with open_site(tmp_path) as site:
        yield site


@pytest.fixture
async def petra(site):
    return await site.browser().enter(site.petra)


async def every_page(site, browser):
    """One of each kind of page, in the states in which it looks different."""
    fresh, mine, done, gone = (sent(site.requests, conversation) for conversation in ("a", "b", "c", "d"))
    for request in (mine, done):
        site.requests.accept(request.reference, site.petra)
    site.requests.reply(mine.reference, site.petra, "Dag")
    site.requests.resolve(done.reference, site.petra, "Er is hulp")
    site.requests.withdraw(gone.id)
    paths = [f"/desk/requests/{request.reference}" for request in (fresh, mine, done, gone)]
    paths += [f"/desk/?view={view}" for view in InboxView]
    for path in [*paths, "/desk/account", "/desk/sign-in", "/desk/enter/x", "/desk/nergens", "/desk/requests/AP-X"]:
        yield path, await browser.get(path)
    yield "wrong", await browser.post(f"/desk/requests/{mine.reference}/resolve", outcome="")


async def test_every_page_is_sound(site, petra):
    async for path, response in every_page(site, petra):
        page = Outline(response.text)
        assert page.main == 1, path
        assert len(page.h1) == 1, path
        assert page.title.removeprefix("Let op: ") == page.h1[0], path
        assert page.inline == [], f"{path}: the security policy would stop {page.inline}"
        assert set(page.fields) <= page.labels, f"{path}: a field without a label"
        assert len(page.ids) == len(set(page.ids)), f"{path}: an id is used twice"
        for form in page.forms:
            assert form["action"].startswith("/desk/"), path
            assert bool(form["token"]) == (form["method"] == "post"), path
        assert '<html lang="nl">' in response.text
        assert "script-src 'self'" in response.headers["content-security-policy"]
        assert "unsafe" not in response.headers["content-security-policy"]
        assert response.headers["cache-control"] == "no-store"


async def test_the_most_urgent_request_is_first(site, petra):
    wanted = {}
    for conversation, urgency in (("n", Urgency.NORMAL), ("p", Urgency.PALLIATIVE), ("s", Urgency.SOON)):
        wanted[conversation] = sent(site.requests, conversation, urgency).reference
    html = (await petra.get("/desk/")).text
    assert html.index(wanted["p"]) < html.index(wanted["s"]) < html.index(wanted["n"])


async def test_the_list_that_refreshes_is_the_list_of_the_page(site, petra):
    sent(site.requests)
    page, part = await petra.get("/desk/?view=open"), await petra.get("/desk/inbox/list?view=open")
    assert part.text.strip() in page.text
    assert "<html" not in part.text


@pytest.mark.parametrize("query", ["view=geen", "page=0", "page=-1", "page=x", "page=" + "9" * 5000, "page=99999"])
async def test_a_nonsense_query_still_gives_an_inbox(site, petra, query):
    sent(site.requests)
    assert (await petra.get(f"/desk/?{query}")).status_code == 200


async def test_a_request_shows_her_words_fields_offers_and_what_is_not_known(site, petra):
    offer = RequestOffer("1", "Logeerhuis De Wijk", "Opella", ("Dichtbij.",), "3 mei 2026")
    request = sent(site.requests, offers=[offer])
    html = (await petra.get(f"/desk/requests/{request.reference}")).text
    for expected in (request.question, "ongeveer 15 uur per week", "Logeerhuis De Wijk", "Dichtbij.", "3 mei 2026"):
        assert expected in html
    assert "Niet gedeeld:" in html
    assert "slaapt slecht" not in html
    assert "niet bekend" in html


async def test_what_she_wrote_is_text_and_never_markup(site, petra):
    request = drafted(site.requests)
    request = site.requests.change_field(request.id, FieldKey.CONTACT_NAME, "<script>alert(1)</script>")
    site.requests.send(request.id, AGREEMENT)
    for path in ("/desk/", f"/desk/requests/{request.reference}"):
        html = (await petra.get(path)).text
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


async def test_opening_it_marks_it_seen_and_a_draft_is_not_there(site, petra):
    request = sent(site.requests)
    await petra.get(f"/desk/requests/{request.reference}")
    assert site.requests.get(request.reference).state is RequestState.SEEN
    draft = drafted(site.requests, "c2")
    assert (await petra.get(f"/desk/requests/{draft.reference}")).status_code == 404


async def test_a_coordinator_does_all_of_it_and_she_hears_each_step(site, petra):
    request = sent(site.requests)
    address = f"/desk/requests/{request.reference}"
    await petra.get(address)
    for step, form, code in (
        ("accept", {}, "accepted"),
        ("contacted", {"reached": "no"}, "tried"),
        ("message", {"text": "Zal ik u\r\nmorgen bellen?"}, "message"),
        ("end-chat", {}, "chat_ended"),
        ("contacted", {"reached": "yes"}, "contacted"),
        ("resolve", CLOSING, "resolved"),
    ):
        response = await petra.post(f"{address}/{step}", **form)
        assert (response.status_code, response.headers["location"]) == (303, f"{address}?done={code}")
        assert 'class="done" role="status"' in (await petra.get(response.headers["location"])).text
    assert site.listener.names() == [
        "utter_request_accepted",
        "utter_request_tried",
        "utter_request_message",
        "utter_request_chat_ended",
        "utter_request_contacted",
        "utter_request_resolved",
    ]
    html = (await petra.get(address)).text
    for part in CLOSING.values():
        assert part in site.requests.get(request.reference).outcome
        assert part in html
    assert "Petra heeft uw aanvraag" in html, "the coordinator can read what she was told"


async def test_who_is_too_late_hears_who_has_it(site, petra):
    request = sent(site.requests)
    karim = await site.browser().enter(site.karim)
    await petra.get(f"/desk/requests/{request.reference}")
    await karim.post(f"/desk/requests/{request.reference}/accept")
    response = await petra.post(f"/desk/requests/{request.reference}/accept")
    assert (response.status_code, "Karim heeft deze aanvraag opgepakt" in response.text) == (409, True)


async def test_a_step_that_came_too_late_says_what_it_is_now(site, petra):
    request = sent(site.requests)
    await petra.get(f"/desk/requests/{request.reference}")
    site.requests.withdraw(request.id)
    response = await petra.post(f"/desk/requests/{request.reference}/accept")
    assert (response.status_code, "intussen ingetrokken" in response.text) == (409, True)
    assert request.question not in (await petra.get(f"/desk/requests/{request.reference}")).text


@pytest.mark.parametrize(
    ("step", "name"), [("message", "text"), ("resolve", "outcome"), ("resolve", "why"), ("resolve", "next_step")]
)
async def test_an_empty_or_too_long_text_is_asked_again_with_what_was_typed(site, petra, step, name):
    request = sent(site.requests)
    site.requests.accept(request.reference, site.petra)
    for text, hint in (("  ", "Schrijf"), ("lang " * 1000, "korter dan 4000")):
        response = await petra.post(f"/desk/requests/{request.reference}/{step}", **{**CLOSING, name: text})
        assert (response.status_code, hint in response.text) == (422, True)
        assert f'href="#{"message" if step == "message" else name}"' in response.text
        assert text.strip() in response.text
    assert site.requests.get(request.reference).state is RequestState.ACCEPTED


@pytest.mark.parametrize(
    "bare", ["Afgehandeld", "klaar.", "De aanvraag is afgerond!", "ok", "n.v.t.", "Alles is geregeld"]
)
async def test_never_a_bare_afgehandeld(site, petra, bare):
    request = site.requests.accept(sent(site.requests).reference, site.petra)
    await petra.get(f"/desk/requests/{request.reference}")
    response = await petra.post(f"/desk/requests/{request.reference}/resolve", **{**CLOSING, "outcome": bare})
    assert (response.status_code, "‘Afgehandeld’ zegt Ria niets" in response.text) == (422, True)
    assert "De vrijwilliger belt u zondag.</textarea>" in response.text
    with pytest.raises(TextError):
        site.requests.resolve(request.reference, site.petra, bare)
    assert site.requests.get(request.reference).state is RequestState.ACCEPTED


async def test_a_form_that_is_far_too_big_is_refused(site, petra):
    request = sent(site.requests)
    site.requests.accept(request.reference, site.petra)
    response = await petra.post(f"/desk/requests/{request.reference}/message", text="x" * 70_000)
    assert response.status_code == 413


async def test_a_reference_is_found_as_people_type_it(site, petra):
    request = sent(site.requests)
    typed = request.reference.lower().replace("-", " ")
    response = await petra.get("/desk/find", params={"reference": typed})
    assert response.headers["location"] == f"/desk/requests/{request.reference}"
    lost = await petra.get((await petra.get("/desk/find", params={"reference": "ap2222-22"})).headers["location"])
    assert (lost.status_code, "Deze aanvraag is er niet" in lost.text) == (404, True)
    odd = await petra.get("/desk/find", params={"reference": "http://x/../y"})
    assert (odd.status_code, "Er is niets gevonden" in odd.text) == (200, True)
