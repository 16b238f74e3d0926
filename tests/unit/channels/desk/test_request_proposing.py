"""Proposing offers at the desk: looking, choosing, sending without a script, and what she then reads."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.audit.log import AuditFilter, AuditLog
from bot.request.base import utc_now
from bot.request.fields import FieldKey
from bot.request.proposing import PROPOSAL
from bot.request.record import Agreement, RequestOffer
from bot.request.vocabulary import RequestState
from bot.staff.accounts import StaffRole
from channels.desk.proposal_search import ProposalSearch, Wanted
from knowledge.vocabulary import OfferStatus, Urgency
from tests.house import MONDAY_MORNING, SetClock, opened_house
from tests.unit.bot.request.conftest import AGREEMENT, sent, told
from tests.unit.channels.desk.editors_site import open_editors_site
from tests.unit.channels.desk_site import Browser, Outline

NEAR_EDE = ("o001", "o025", "o026", "o033", "o035", "o042", "o107", "o109", "o110", "o113")
"""A few that serve Ede, and one that does not."""
SENTENCE = "Dit kan bij u passen. Zal ik vragen of er plek is?"


@pytest.fixture
def site(tmp_path):
    """The editors' desk, with something to choose from near Ede."""
    with open_editors_site(tmp_path, offers=NEAR_EDE) as site:
        yield site


@pytest.fixture
def near(site):
    """Offers that serve Ede, as a form calls them, best first."""
    request = sent(site.requests, "somebody else")
    found = ProposalSearch(site.house).find(request, Wanted(municipality="Ede"), informal=False)
    assert len(found) > 4
    return [one.code for one in found]


@pytest.fixture
async def petra(site):
    return await Browser(site).enter(site.petra)


@pytest.fixture
def shown(site, near):
    """An offer she saw in the talk, as it was kept with the request."""
    offer = offer_of(site, near[2])
    return RequestOffer(offer.id, offer.name, offer.organisation, ("Dit staat dicht bij huis.",), "Vorige week.")


@pytest.fixture
async def mine(site, petra, shown):
    request = site.requests.accept(sent(site.requests, offers=[shown]).reference, site.petra)
    address = f"/desk/requests/{request.reference}"
    await petra.get(f"{address}/propose")
    return address


def sound(response):
    page = Outline(response.text)
    assert len(page.h1) == page.main == 1
    assert set(page.fields) <= page.labels
    assert len(page.ids) == len(set(page.ids))
    assert page.inline == []
    return response.text


def offer_of(site, code):
    return site.catalogue.offer(code.partition("@")[0])


def codes_on(html):
    return re.findall(r'name="offer" value="([^"]+)"', html)


def chosen_on(html):
    return re.findall(r'name="offer" value="([^"]+)"[^>]* checked', html)


async def test_what_she_saw_comes_first_with_the_reasons_she_read(petra, mine, near):
    html = sound(await petra.get(f"{mine}/propose"))
    assert codes_on(html)[0] == near[2]
    assert "Dit staat dicht bij huis." in html
    assert html.index("Ria zag dit al") < html.index("In de catalogus")
    assert "Dag Ria," in html
    assert chosen_on(html) == []
    assert len(codes_on(html)) == len(set(codes_on(html)))


async def test_it_is_one_click_away_from_the_request(petra, mine):
    assert f'href="{mine}/propose"' in (await petra.get(mine)).text


async def test_searching_keeps_what_was_chosen_and_typed_and_tells_her_nothing(site, petra, mine, near):
    before = list(site.listener.names())
    name = offer_of(site, near[3]).name
    html = sound(await petra.post(f"{mine}/propose/search", offer=near[2], text="Mijn zin & meer", words=name.upper()))
    assert chosen_on(html) == [near[2]]
    assert "Mijn zin &amp; meer</textarea>" in html
    assert near[3] in codes_on(html)
    assert near[0] not in codes_on(html)
    assert site.listener.names() == before


@pytest.mark.parametrize("field", ["words", "kind", "municipality"])
async def test_nonsense_in_the_search_finds_nothing_and_breaks_nothing(petra, mine, field):
    for typed in ("%", "' or 1=1", "x" * 5000, "\u202e", "zzzz"):
        response = await petra.post(f"{mine}/propose/search", **{field: typed})
        assert response.status_code == (422 if field == "municipality" else 200), typed
        sound(response)


async def test_another_municipality_and_another_kind_give_other_offers(site, petra, mine, near):
    kind = site.catalogue.offer("o001").kinds[0]
    html = sound(await petra.post(f"{mine}/propose/search", kind=kind.value, municipality="Groningen", offer=near[0]))
    found = [code for code in codes_on(html) if code not in (near[0], near[2])]
    assert "o001@Groningen" in found
    assert all(kind in offer_of(site, code).kinds for code in found)
    assert chosen_on(html) == [near[0]], "what was chosen for Ede stays chosen"
    wrong = await petra.post(f"{mine}/propose/search", municipality="Nergenshuizen")
    assert (wrong.status_code, "Deze gemeente ken ik niet" in wrong.text) == (422, True)


async def test_it_is_sent_without_a_script_and_shown_in_the_thread(site, petra, mine, near):
    response = await petra.post(f"{mine}/propose", offer=[near[2], near[3]], text=SENTENCE)
    assert (response.status_code, response.headers["location"]) == (303, f"{mine}?done=proposed")
    html = sound(await petra.get(response.headers["location"]))
    thread = html[html.index('id="thread"') : html.index('id="notes"')]
    for words in (SENTENCE, *(offer_of(site, one).name for one in (near[2], near[3]))):
        assert words in thread
    assert "Petra stelde aanbod voor" in html
    values = next(values for _, name, values in site.listener.told.values() if name == PROPOSAL)
    assert [f"{card['id']}@Ede" for card in values["offers"]] == [near[2], near[3]]
    assert values["offers"][0]["fits"] == ["Dit staat dicht bij huis."]
    assert {"name", "kind", "misfits", "unknowns", "would_fit", "freshness"} <= set(values["offers"][1])


async def test_the_audit_log_knows_a_proposal_from_a_search(site, petra, mine, near):
    log = AuditLog(site.staff.sessions, utc_now)
    await petra.post(f"{mine}/propose/search", words="x")
    await petra.post(f"{mine}/propose", offer=near[0], text=SENTENCE)
    acts = [(line.act, line.subject) for line in reversed(log.read(AuditFilter(subject=mine.rpartition("/")[2])))]
    assert [act for act, _ in acts] == ["requests.view", "requests.propose.search", "requests.propose"]


@pytest.mark.parametrize(
    ("offers", "more", "text", "words"),
    [
        (0, [], SENTENCE, "Kies eerst wat u wilt voorstellen."),
        (4, [], SENTENCE, "Kies er hooguit 3."),
        (1, [], " ", "Schrijf er een zin bij."),
        (1, [], "a" * 4001, "Maak uw tekst korter"),
        (1, ["o999@Ede"], SENTENCE, "intussen weg"),
        (1, ["../../etc"], SENTENCE, "intussen weg"),
        (1, ["o001@Ede"], SENTENCE, "intussen weg"),
        (1, ["o001@Nergenshuizen"], SENTENCE, "intussen weg"),
    ],
)
async def test_what_cannot_be_sent_is_asked_again_with_what_was_chosen_and_typed(
    site, petra, mine, near, offers, more, text, words
):
    before = list(site.listener.names())
    response = await petra.post(f"{mine}/propose", offer=near[:offers] + more, text=text)
    html = sound(response)
    assert (response.status_code, words in html) == (422, True)
    assert chosen_on(html) == near[:offers]
    assert text.strip() in html
    assert site.listener.names() == before


async def test_an_offer_that_ended_while_she_looked_is_said_and_not_sent(site, petra, mine, near):
    site.catalogue.save(replace(offer_of(site, near[3]), status=OfferStatus.ENDED), "Els")
    response = await petra.post(f"{mine}/propose", offer=[near[2], near[3]], text=SENTENCE)
    assert (response.status_code, "intussen weg" in response.text) == (422, True)
    assert chosen_on(response.text) == [near[2]]


async def test_who_says_je_gets_je(site, petra):
    fields = [told(FieldKey.CONTACT_NAME, "Sam")]
    words = "hoi, kun je me helpen? mijn moeder is ziek"
    draft = site.requests.draft("c9", "Ede", fields, words, Urgency.NORMAL)
    request = site.requests.send(draft.stored_id, AGREEMENT)
    site.requests.accept(request.reference, site.petra)
    html = (await petra.get(f"/desk/requests/{request.reference}/propose")).text
    text = html[html.index('<textarea id="text"') : html.index("</textarea>")]
    assert "Wil je daar meer over weten?" in text
    assert " u " not in text


@pytest.mark.parametrize("state", [RequestState.SEEN, RequestState.RESOLVED])
async def test_only_who_has_it_in_hand_can(site, petra, state):
    request = sent(site.requests, "c5")
    if state is RequestState.RESOLVED:
        site.requests.accept(request.reference, site.petra)
        site.requests.resolve(request.reference, site.petra, "Er komt een vrijwilliger.")
    address = f"/desk/requests/{request.reference}"
    await petra.get(address)
    for response in (
        await petra.get(f"{address}/propose"),
        await petra.post(f"{address}/propose", offer="o001@Ede", text=SENTENCE),
        await petra.post(f"{address}/propose/search"),
    ):
        assert response.status_code == 409
    assert "Stel een aanbod voor" not in (await petra.get(address)).text


async def test_a_colleague_and_another_municipality_cannot(site, petra, mine):
    karim = site.staff.add("Karim", "karim@redactie.example", StaffRole.COORDINATOR, "Ede")
    joost = site.staff.add("Joost", "joost@redactie.example", StaffRole.COORDINATOR, "Assen")
    for person, status in ((karim, 409), (joost, 404)):
        browser = await Browser(site).enter(person)
        assert (await browser.get(f"{mine}/propose")).status_code == status
        assert (await browser.post(f"{mine}/propose", offer="o001@Ede", text=SENTENCE)).status_code == status
    assert PROPOSAL not in site.listener.names()


def test_she_reads_the_sentence_with_the_cards_as_a_message_of_that_person(tmp_path):
    with opened_house(tmp_path, SetClock(MONDAY_MORNING), with_model=False) as house:
        petra = house.staff.add("Petra", "petra@ede.example", StaffRole.COORDINATOR, "Ede")
        talk = house.conversations.start("web", "Ede").id
        draft = house.requests.draft(talk, "Ede", [], "Ik slaap niet.", Urgency.NORMAL)
        request = house.requests.send(draft.stored_id, Agreement("1", "de gemeente Ede"))
        house.requests.accept(request.reference, petra)
        card = {"id": "o1", "name": "De Wijk", "fits": ["Dichtbij."]}
        house.requests.propose(request.reference, petra, [card], SENTENCE)
        last = house.conversations.since(talk)[-1]
        assert (last.author, last.author_name, last.text) == ("staff", "Petra", SENTENCE)
        assert last.card == {"kind": "offers", "offers": [card]}
        house.requests.reply(request.reference, petra, "Past het?")
        assert house.conversations.since(talk)[-1].card is None
