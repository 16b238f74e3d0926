"""The steps of a request at the desk, through the real app: one click, a reason where one is needed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.request.record import Receiver
from bot.request.teams import RequestTeam, RequestTeams
from bot.request.vocabulary import CountsAs, ReceiverKind, RefusalReason, RequestState
from tests.unit.bot.request.conftest import sent
from tests.unit.channels.desk_site import Outline, open_site

ASSEN = Receiver(ReceiverKind.MUNICIPALITY, "de gemeente Assen", municipality="Assen")
LONG = "a" * 4001


@pytest.fixture
def site(tmp_path):
    with open_site(tmp_path) as site:
        yield site


@pytest.fixture
async def petra(site):
    return await site.browser().enter(site.petra)


@pytest.fixture
async def mine(site, petra):
    """The address of a request that Petra has."""
    request = site.requests.accept(sent(site.requests).reference, site.petra)
    address = f"/desk/requests/{request.reference}"
    await petra.get(address)
    return address


def reference_of(address):
    return address.rpartition("/")[2]


def sound(response):
    page = Outline(response.text)
    assert len(page.h1) == page.main == 1
    assert set(page.fields) <= page.labels
    assert len(page.ids) == len(set(page.ids))
    assert page.inline == []
    return response.text


async def test_a_colleague_is_asked_and_takes_over_with_one_click(site, petra, mine):
    response = await petra.post(
        f"{mine}/forward", receiver=f"colleague:{site.karim.id}", reason="Ik ben twee weken weg."
    )
    assert response.headers["location"] == f"{mine}?done=forwarded"
    assert "Petra heeft Karim gevraagd om over te nemen" in sound(await petra.get(response.headers["location"]))
    karim = await site.browser().enter(site.karim)
    assert "gevraagd: Karim" in (await karim.get("/desk/?view=mine")).text
    asked = sound(await karim.get(mine))
    assert "Petra vraagt of u deze aanvraag overneemt: Ik ben twee weken weg." in asked
    await karim.post(f"{mine}/accept")
    assert site.requests.get(reference_of(mine)).owner == "Karim"
    assert site.listener.names()[-2:] == ["utter_request_offered", "utter_request_taken_over"]


async def test_a_no_needs_a_reason_and_the_first_reads_it(site, petra, mine):
    await petra.post(f"{mine}/forward", receiver=f"colleague:{site.karim.id}", reason="Ik ben weg.")
    karim = await site.browser().enter(site.karim)
    await karim.get(mine)
    assert "Kies waarom u de aanvraag niet overneemt" in sound(await karim.post(f"{mine}/refuse", reason=" "))
    assert (await karim.post(f"{mine}/refuse", reason="Ik ben er ook niet.")).status_code == 303
    assert "Ik ben er ook niet." in sound(await petra.get(mine))
    assert site.requests.get(reference_of(mine)).owner == "Petra"


async def test_a_usual_reason_for_a_no_is_one_click_and_words_may_go_with_it(site, petra, mine):
    await petra.post(f"{mine}/forward", receiver=f"colleague:{site.karim.id}", reason="Ik ben weg.")
    karim = await site.browser().enter(site.karim)
    page = sound(await karim.get(mine))
    assert [one for one in RefusalReason if one.label not in page] == []
    too_long = await karim.post(f"{mine}/refuse", why_not="no_time", reason=LONG)
    assert 'value="no_time" checked' in sound(too_long)
    assert (await karim.post(f"{mine}/refuse", why_not="no_time", reason="Na 1 december wel.")).status_code == 303
    assert "Ik heb hier nu geen tijd voor. Na 1 december wel." in sound(await petra.get(mine))


async def test_what_was_typed_is_on_the_page_that_says_it_cannot_be_sent(site, petra, mine):
    """She took her request back while Petra wrote to her."""
    site.requests.withdraw(site.requests.get(reference_of(mine)).stored_id)
    page = sound_problem(await petra.post(f"{mine}/message", text="Dag <Ria>, zal ik u bellen?"))
    assert "Dag &lt;Ria&gt;, zal ik u bellen?</textarea>" in page
    assert "niet verstuurd en niet bewaard" in page


def sound_problem(response):
    assert response.status_code in (404, 409)
    return response.text


async def test_another_municipality_needs_her_yes_and_what_was_typed_stays(site, petra, mine):
    form = {"receiver": ASSEN.code, "reason": "Haar man woont in Assen."}
    refused = await petra.post(f"{mine}/forward", **form)
    assert refused.status_code == 422
    html = sound(refused)
    assert "Vraag eerst of de aanvrager het goed vindt" in html
    assert "Haar man woont in Assen.</textarea>" in html
    assert f'value="{ASSEN.code}" selected' in html
    assert (await petra.post(f"{mine}/forward", **form, agrees="yes")).status_code == 303
    joost = await site.browser().enter(site.joost)
    assert reference_of(mine) in (await joost.get("/desk/")).text
    await joost.get(mine)
    assert (await joost.post(f"{mine}/accept")).status_code == 303
    assert (await petra.get(mine)).status_code == 404


async def test_who_says_no_for_another_municipality_goes_back_to_the_inbox(site, petra, mine):
    site.requests.forward(reference_of(mine), site.petra, ASSEN, "Assen", she_agrees=True)
    joost = await site.browser().enter(site.joost)
    await joost.get(mine)
    assert (await joost.post(f"{mine}/refuse", reason="Niet bij ons.")).headers["location"] == "/desk/"


async def test_a_desk_outside_has_it_only_with_a_name(site, petra, mine):
    await petra.post(
        f"{mine}/forward", receiver="desk:het zorgkantoor", reason="Er is een Wlz-indicatie.", agrees="yes"
    )
    assert "Schrijf op wie daar" in sound(await petra.post(f"{mine}/outside", who=""))
    await petra.post(f"{mine}/outside", who="Mevrouw Blom")
    assert "Mevrouw Blom, het zorgkantoor heeft deze aanvraag overgenomen" in sound(await petra.get(mine))
    await petra.post(f"{mine}/reopen", reason="Zij kunnen niets doen.")
    assert site.requests.get(reference_of(mine)).state is RequestState.REOPENED


@pytest.mark.parametrize(
    "receiver", ["", "colleague:999", "team:Nergens", "municipality:Urk", "desk:mijn buurman", "x" * 300]
)
async def test_only_who_is_in_the_list_can_be_asked(site, petra, mine, receiver):
    refused = await petra.post(f"{mine}/forward", receiver=receiver, reason="Omdat.", agrees="yes")
    assert refused.status_code == 422
    assert "Kies wie de aanvraag kan overnemen." in sound(refused)
    assert site.requests.get(reference_of(mine)).forward is None


async def test_it_can_be_kept_after_all(site, petra, mine):
    await petra.post(f"{mine}/forward", receiver=f"colleague:{site.karim.id}", reason="Ik ben weg.")
    assert "Niet meer doorzetten" in sound(await petra.get(mine))
    assert (await petra.post(f"{mine}/take-back")).headers["location"] == f"{mine}?done=taken_back"
    assert site.requests.get(reference_of(mine)).forward is None


async def test_a_moment_is_planned_and_shown_to_both(site, petra, mine):
    day = (site.requests.now() + timedelta(days=2)).date()
    response = await petra.post(f"{mine}/plan", day=day.isoformat(), time="14:00")
    assert response.headers["location"] == f"{mine}?done=planned"
    html = sound(await petra.get(mine))
    assert "Afspraak om te bellen" in html
    assert "14:00" in html
    assert site.listener.names()[-1] == "utter_request_planned"
    assert "afspraak" in (await petra.get("/desk/?view=mine")).text


@pytest.mark.parametrize(
    ("day", "time", "words"),
    [
        ("2020-01-01", "14:00", "al voorbij"),
        ("2999-01-01", "14:00", "meer dan een jaar"),
        ("", "", "Kies een dag en een tijd."),
        ("morgen", "25:99", "Kies een dag en een tijd."),
    ],
)
async def test_a_moment_that_cannot_be_is_asked_again(petra, mine, day, time, words):
    refused = await petra.post(f"{mine}/plan", day=day, time=time)
    assert (refused.status_code, words in sound(refused)) == (422, True)


async def test_a_question_waits_for_her_and_shows_where_one_waits(site, petra, mine):
    assert (await petra.post(f"{mine}/ask", text="Wanneer komt het uit?")).headers["location"] == f"{mine}?done=asked"
    assert reference_of(mine) in (await petra.get("/desk/?view=waiting")).text
    site.requests.add_from_carer("c1", "Dinsdag")
    assert reference_of(mine) not in (await petra.get("/desk/?view=waiting")).text


async def test_a_note_is_for_the_desk_and_also_a_colleague_writes_one(site, petra, mine):
    karim = await site.browser().enter(site.karim)
    await karim.get(mine)
    before = list(site.listener.names())
    assert (await karim.post(f"{mine}/note", text="Belde met het wijkteam. <b>")).status_code == 303
    html = sound(await petra.get(mine))
    assert "Belde met het wijkteam. &lt;b&gt;" in html
    assert site.listener.names() == before
    assert "Maak uw tekst korter dan 4000 tekens." in sound(await karim.post(f"{mine}/note", text=LONG))


async def test_a_message_can_start_with_an_example(petra, mine):
    assert "Mijn naam is Petra" in sound(await petra.get(f"{mine}?start=introduce"))
    assert "Mijn naam is" not in sound(await petra.get(f"{mine}?start=../../x"))


async def test_what_was_closed_opens_again_with_a_reason(site, petra, mine):
    site.requests.resolve(reference_of(mine), site.petra, "Er komt een vrijwilliger.")
    assert "waarom de aanvraag weer open moet" in sound(await petra.post(f"{mine}/reopen", reason=""))
    assert (await petra.post(f"{mine}/reopen", reason="De vrijwilliger is ziek.")).status_code == 303
    html = sound(await petra.get(mine))
    assert "De vrijwilliger is ziek." in html
    assert "Ik pak dit op" in html
    assert site.listener.names()[-1] == "utter_request_opened_again"


@pytest.mark.parametrize("step", ["ask", "plan", "note", "forward", "refuse", "take-back", "outside", "reopen"])
async def test_another_municipality_can_do_none_of_it(site, mine, step):
    joost = await site.browser().enter(site.joost)
    form = {"text": "x", "reason": "x", "who": "x", "day": "2999-01-01", "time": "10:00", "receiver": "desk:het CIZ"}
    before = site.listener.names()
    day = (site.requests.now() + timedelta(days=2)).date().isoformat()
    assert (await joost.post(f"{mine}/{step}", **{**form, "day": day})).status_code == 404
    assert site.listener.names() == before


async def test_who_looks_after_what_is_late_takes_it_over(site, petra, mine):
    RequestTeams(site.requests._sessions).put(RequestTeam("Ede", second_id=site.karim.id, second="Karim"))
    site.requests.remind(site.requests.now() + timedelta(days=30))
    karim = await site.browser().enter(site.karim)
    assert "te laat, doorgegeven aan Karim" in (await karim.get("/desk/?view=mine")).text
    assert "Deze aanvraag is te laat." in sound(await karim.get(mine))
    await karim.post(f"{mine}/accept")
    assert site.requests.get(reference_of(mine)).owner == "Karim"


async def test_a_melding_shows_the_last_day_of_the_investigation(site, petra):
    request = sent(site.requests, counts_as=CountsAs.MELDING)
    html = sound(await petra.get(f"/desk/requests/{request.reference}"))
    assert "Wmo-melding: onderzoek tot en met" in html
    assert request.investigation_by.isoformat() in html


async def test_words_are_searched_and_a_reference_is_gone_to(site, petra, mine):
    found = await petra.get("/desk/find", params={"reference": "ria vergeet"})
    assert reference_of(mine) in sound(found)
    assert "Er is niets gevonden" in sound(await petra.get("/desk/find", params={"reference": "%"}))
    gone_to = await petra.get("/desk/find", params={"reference": reference_of(mine).lower().replace("-", " ")})
    assert gone_to.headers["location"] == mine
    joost = await site.browser().enter(site.joost)
    assert reference_of(mine) not in (await joost.get("/desk/find", params={"reference": "ria vergeet"})).text
