"""The one screen of a request: what is read at a glance, what comes next, and what keeps itself up to date."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

import pytest

from bot.audit.log import AuditFilter, AuditLog
from bot.request.base import utc_now
from bot.request.fields import FieldKey
from bot.request.history import RequestEvent
from bot.request.record import DUTCH_TIME, RequestOffer
from bot.request.vocabulary import EventKind, FieldState, MessageStart
from bot.wording import Wording
from channels.desk.message_starts import MessageStarts
from channels.desk.pages import near
from channels.desk.request_screen import LATEST_MESSAGES, Next, next_step
from knowledge.vocabulary import Urgency
from tests.unit.bot.request.conftest import AGREEMENT, sent, told
from tests.unit.channels.desk_site import open_site


@pytest.fixture
def site(tmp_path):
    with open_site(tmp_path) as site:
        yield site


@pytest.fixture
async def petra(site):
    return await site.browser().enter(site.petra)


@pytest.fixture
def mine(site):
    return site.requests.accept(sent(site.requests).reference, site.petra)


def address_of(request):
    return f"/desk/requests/{request.reference}"


def next_of(site, request, who=None):
    file = site.requests.open_file(request.reference, who or site.petra)
    return next_step(file, who or site.petra, site.requests.now())


def between(html, start, end):
    return html[html.index(start) : html.index(end)]


def test_the_next_step_follows_the_life_of_a_request(site):
    request = sent(site.requests)
    reference = request.reference
    assert next_of(site, request) is Next.ACCEPT
    site.requests.accept(reference, site.petra)
    assert next_of(site, request) is Next.CALL
    assert next_of(site, request, site.karim) is Next.READ
    site.requests.ask(reference, site.petra, "Wanneer komt het uit?")
    assert next_of(site, request) is Next.CALL, "she is still to be called"
    site.requests.add_from_carer("c1", "Morgen")
    assert next_of(site, request) is Next.ANSWER
    site.requests.reply(reference, site.petra, "Tot morgen")
    site.requests.mark_contacted(reference, site.petra)
    assert next_of(site, request) is Next.CLOSE
    site.requests.plan(reference, site.petra, site.requests.now() + timedelta(days=1))
    assert next_of(site, request) is Next.WAIT
    file = site.requests.open_file(reference, site.petra)
    assert next_step(file, site.petra, site.requests.now() + timedelta(days=2)) is Next.CALL
    site.requests.resolve(reference, site.petra, "Er komt een vrijwilliger.")
    assert next_of(site, request) is Next.READ


async def test_there_is_one_obvious_button(site, petra, mine):
    for act in (
        lambda: None,
        lambda: site.requests.reply(mine.reference, site.petra, "Dag"),
        lambda: site.requests.add_from_carer("c1", "Dag"),
        lambda: site.requests.mark_contacted(mine.reference, site.petra),
    ):
        act()
        html = (await petra.get(address_of(mine))).text
        card = between(html, 'aria-labelledby="actions"', 'aria-labelledby="thread"')
        assert card.count("primary") <= 1
        assert card.count("data-step") == 1


async def test_paper_is_one_click_away(petra, mine):
    html = (await petra.get(address_of(mine))).text
    for paper in ("print", "pdf", "wmo"):
        assert f'href="{address_of(mine)}/{paper}"' in html
        assert (await petra.get(f"{address_of(mine)}/{paper}")).status_code == 200


async def test_carer_and_loved_one_stand_apart_and_what_is_missing_is_one_line(site, petra):
    fields = [
        told(FieldKey.CONTACT_NAME, "Ria"),
        told(FieldKey.HOURS, "15 uur"),
        told(FieldKey.CONDITIONS, "dementie"),
        told(FieldKey.LOVED_ONE_WANTS, "", FieldState.NOT_ASKED),
        told(FieldKey.LOVED_ONE_AGREES, "", FieldState.NOT_ASKED),
        told(FieldKey.WORK, "", FieldState.REFUSED),
    ]
    draft = site.requests.draft("c7", "Ede", fields, "Help.", Urgency.NORMAL)
    html = (await petra.get(address_of(site.requests.send(draft.stored_id, AGREEMENT)))).text
    carer = between(html, 'id="part-carer"', 'id="part-loved_one"')
    loved_one = between(html, 'id="part-loved_one"', 'id="part-contact"')
    assert "15 uur" in carer
    assert "dementie" in loved_one
    assert re.search(r"Wil niet zeggen:</span> werk", carer)
    assert "Niet gevraagd:</span> weet de ander ervan, wat de ander wil" in loved_one


async def test_what_she_changed_after_sending_is_marked(site, petra):
    request = sent(site.requests)
    assert "gewijzigd na verzenden" not in (await petra.get(address_of(request))).text
    site.requests.change_field(request.stored_id, FieldKey.HOURS, "dag en nacht")
    html = (await petra.get(address_of(request))).text
    assert html.count("gewijzigd na verzenden") == 1
    assert "Ria wijzigde: uren zorg" in html


async def test_reasons_never_tell_what_she_left_out(site, petra):
    offer = RequestOffer("o1", "De Wijk", "Opella", ("Past bij dementie.",), "Vorige week.")
    request = sent(site.requests, offers=[offer])
    site.requests.change_field(request.stored_id, FieldKey.CONDITIONS, None)
    html = (await petra.get(address_of(request))).text
    assert "De Wijk" in html
    assert "dementie" not in html


async def test_history_says_who_did_what_and_knows_every_kind(site, petra, mine):
    site.requests.plan(mine.reference, site.petra, site.requests.now() + timedelta(days=1))
    html = (await petra.get(address_of(mine))).text
    for words in ("Ria verstuurde de aanvraag", "Petra pakte de aanvraag op", "Petra sprak een moment af"):
        assert words in html
    with site.requests._sessions.begin() as session:
        session.add_all(
            RequestEvent(mine.stored_id, kind, site.requests.now(), "Petra", None, "omdat") for kind in EventKind
        )
    assert (await petra.get(address_of(mine))).status_code == 200


async def test_notes_and_messages_cannot_be_taken_for_each_other(site, petra, mine):
    site.requests.add_note(mine.reference, site.karim, "Alleen voor ons.")
    site.requests.reply(mine.reference, site.petra, "Voor Ria.")
    html = (await petra.get(address_of(mine))).text
    thread, notes = between(html, 'id="thread"', 'id="notes"'), between(html, 'id="notes"', 'id="closing"')
    assert "Voor Ria." in thread
    assert "Alleen voor ons." not in thread
    assert "alleen voor het loket" in notes
    assert "Alleen voor ons." in notes


async def test_a_long_thread_opens_at_its_end(site, petra, mine):
    for number in range(LATEST_MESSAGES + 3):
        site.requests.reply(mine.reference, site.petra, f"Bericht {number} eind")
    html = (await petra.get(address_of(mine))).text
    earlier = html[html.index('class="earlier"') :]
    earlier = earlier[: earlier.index("</details>")]
    assert "3 eerdere berichten" in earlier
    assert "Bericht 2 eind" in earlier
    assert "Bericht 3 eind" not in earlier


@pytest.mark.parametrize("form", ["plan", "forward", "note", "closing"])
async def test_a_form_can_be_opened_by_its_address(petra, mine, form):
    closed, opened = (await petra.get(address_of(mine))).text, (await petra.get(f"{address_of(mine)}?open={form}")).text
    assert f'<details id="fold-{form}">' in closed
    assert f'<details id="fold-{form}" open>' in opened


# -- starts of messages ------------------------------------------------------------------------------------------------


def start(site, request, code, now=None):
    file = site.requests.open_file(request.reference, site.petra)
    return MessageStarts(Wording.load({})).text(code.value, file, site.petra, now or site.requests.now())


def test_every_start_has_her_name_and_no_gap(site, mine):
    site.requests.plan(mine.reference, site.petra, site.requests.now() + timedelta(days=1))
    for code in MessageStart:
        text = start(site, mine, code)
        assert text.startswith("Dag Ria,\n"), code
        assert "Petra" in text
        assert "{" not in text


def test_a_start_holds_the_promised_moment_as_long_as_it_is_ahead(site, mine):
    now = site.requests.now()
    assert "Uiterlijk " in start(site, mine, MessageStart.INTRODUCE)
    assert "Uiterlijk " not in start(site, mine, MessageStart.INTRODUCE, now + timedelta(days=30))
    assert start(site, mine, MessageStart.MOMENT) == "", "nothing was agreed yet"
    site.requests.plan(mine.reference, site.petra, now + timedelta(hours=2))
    assert "Zoals afgesproken bel ik u op " in start(site, mine, MessageStart.MOMENT)
    assert start(site, mine, MessageStart.MOMENT, now + timedelta(days=1)) == ""


def test_who_says_je_is_answered_with_je_until_she_says_u(site):
    draft = site.requests.draft("c8", "Ede", [], "hoi, kun je me helpen?", Urgency.NORMAL)
    request = site.requests.send(draft.stored_id, AGREEMENT)
    site.requests.accept(request.reference, site.petra)
    text = start(site, request, MessageStart.MISSED)
    assert text.startswith("Goedendag,")
    assert "Wanneer kan ik je het best bereiken?" in text
    site.requests.reply(request.reference, site.petra, "Dag")
    site.requests.add_from_carer("c8", "Kunt u mij vanavond bellen?")
    assert "Wanneer kan ik u het best bereiken?" in start(site, request, MessageStart.MISSED)


# -- up to date --------------------------------------------------------------------------------------------------------


async def live(browser, request, etag=""):
    headers = {"If-None-Match": etag} if etag else {}
    return await browser.get(f"/desk/inbox/live?reference={request.reference}", headers=headers)


async def test_asking_again_costs_nothing_until_something_happens(site, petra, mine):
    first = await live(petra, mine)
    mark = re.search(r'data-mark="([\d.]+)"', first.text)[1]
    assert f'data-mark="{mark}"' in (await petra.get(address_of(mine))).text, "the screen begins with the same mark"
    again = await live(petra, mine, first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    site.requests.add_note(mine.reference, site.karim, "Belde ook.")
    changed = await live(petra, mine, first.headers["etag"])
    assert changed.status_code == 200
    assert mark not in changed.text


async def test_asking_again_shows_nothing_of_her_and_is_no_view_in_the_audit_log(site, petra, mine):
    log = AuditLog(site.staff.sessions, utc_now)
    before = log.count(AuditFilter())
    html = (await live(petra, mine)).text
    assert log.count(AuditFilter()) == before
    assert "Ria" not in html
    assert "vergeet" not in html
    joost = await site.browser().enter(site.joost)
    for browser, request in ((joost, mine), (petra, type("R", (), {"reference": "AP-X"}))):
        assert (await live(browser, request)).status_code == 404


async def test_the_inbox_is_sent_again_only_when_it_reads_differently(site, petra):
    sent(site.requests)
    first = await petra.get("/desk/inbox/list")
    tag = {"If-None-Match": first.headers["etag"]}
    assert (await petra.get("/desk/inbox/list", headers=tag)).status_code == 304
    sent(site.requests, "c2")
    assert (await petra.get("/desk/inbox/list", headers=tag)).status_code == 200


async def test_the_inbox_says_where_the_next_word_is_hers(site, petra, mine):
    site.requests.ask(mine.reference, site.petra, "Wanneer?")
    assert "wacht op antwoord" in (await petra.get("/desk/inbox/list?view=mine")).text


@pytest.mark.parametrize(
    ("minutes", "day", "at"),
    [
        (60, "vandaag", "17:30"),
        (7 * 60, "vandaag", "23:30"),
        (8 * 60, "morgen", "00:30"),
        (-24 * 60, "gisteren", "16:30"),
        (3 * 24 * 60, "donderdag", "16:30"),
        (-10 * 24 * 60, "vrijdag 13 november", "16:30"),
    ],
)
def test_a_moment_is_said_as_people_say_it_by_the_dutch_clock(minutes, day, at):
    now = datetime(2026, 11, 23, 15, 30, tzinfo=timezone.utc)  # 16:30 in the Netherlands
    assert near(now + timedelta(minutes=minutes), now, DUTCH_TIME) == (day, at)


async def test_the_inbox_names_the_moment_and_counts_in_hours_of_work(site, petra):
    sent(site.requests, urgency=Urgency.SOON)
    html = (await petra.get("/desk/")).text
    assert re.search(r"(vandaag|morgen|\w+dag) vóór \d\d:\d\d</time>", html)
    assert re.search(r"nog (1 werkdag|\d werku(?:ur|ren)|\d+ minuten)", html)
