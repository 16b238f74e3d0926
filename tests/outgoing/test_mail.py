"""Mail against a real mail server: what is in it, and what each mishap means."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from bot.conversations.tables import conversations, messages
from bot.outbox.letters import LetterEvent, LetterKind, LetterState
from bot.outbox.readers import MailReaders
from bot.request.clock import OfficeHours
from bot.request.teams import RequestTeam, RequestTeams
from channels.outgoing import mail
from channels.outgoing.post import carriers
from channels.outgoing.settings import MailSettings, OutgoingSettings
from channels.outgoing.worker import Worker
from knowledge.vocabulary import Urgency
from tests.outgoing.smtp_server import mail_server, own_certificate

TEAM, CARER = LetterKind.TEAM_MAIL, LetterKind.CARER_MAIL


@pytest.fixture
def server():
    with mail_server() as started:
        yield started


def worker(house, port: int, **more) -> Worker:
    ours = {"tls": "none", "team": "mantelzorg@ede.example", **more}
    settings = OutgoingSettings(
        mail=MailSettings(ours.pop("host", "127.0.0.1"), port, "post@adempauze.example", **ours)
    )
    return Worker(
        house.outbox,
        carriers(
            settings,
            sessions=house.sessions,
            base_url="https://adempauze.example",
            office=OfficeHours(),
            text_of=None,
            clock=house.clock,
        ),
    )


def stored(house):
    """The one letter there is."""
    with house.sessions() as session:
        return session.execute(text("select * from letters")).one()


class TestWhatIsSent:
    async def test_the_team_reads_that_a_request_waits_and_nothing_of_a_person(self, house, server):
        house.letter(TEAM, request=house.request(urgency=Urgency.EMERGENCY))
        await worker(house, server[1]).deliver_due()
        (message,) = server[0].taken
        words = message["Subject"] + message.get_content()
        assert message["To"] == "mantelzorg@ede.example"
        assert message["Subject"] == "Spoed, een aanvraag wacht op iemand die hem oppakt"
        assert re.search(r"https://adempauze\.example/desk/requests/AP-\w{4}-\w{2}\r?\n", words)
        assert "vóór maandag 23 november om 17.00 uur" in words
        for private in ("Ria", "06", "ria@", "dementie", "man", "c1"):
            assert private not in words.replace("iemand", "").replace("maandag", "")
        assert house.outbox.counts()[LetterState.DELIVERED] == 1

    async def test_the_carer_reads_that_there_is_a_message_and_nothing_of_health(self, house, server):
        request = house.request()
        house.letter(CARER, LetterEvent.ACCEPTED, request)
        house.forward(minutes=3)
        await worker(house, server[1]).deliver_due()
        (message,) = server[0].taken
        words = message["Subject"] + message.get_content()
        assert message["To"] == "ria@carer.example"
        assert request.reference not in message["Subject"]
        assert request.reference in words
        assert "https://adempauze.example/" in words
        assert not re.search(r"dementie|mantelzorg|Ria|respijt|zorg|ziek", words)

    async def test_the_heads_are_those_of_a_machine_that_follows_nobody(self, house, server):
        letter = house.letter(TEAM)
        await worker(house, server[1]).deliver_due()
        (message,) = server[0].taken
        assert message["Message-ID"] == f"<{letter.id}@adempauze.example>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message.get_content_type() == "text/plain"
        assert message.get_content_charset() == "utf-8"
        assert not message.is_multipart()
        assert "?" not in "".join(re.findall(r"https?://\S+", message.get_content()))

    async def test_each_team_has_its_own_address_and_the_second_person_hears_of_what_is_late(self, house):
        ans = house.staff.add("Ans", "ans@ede.example", "coordinator", "Ede")
        RequestTeams(house.sessions).put(RequestTeam("Ede", email="desk@ede.example"))
        readers, request = MailReaders(house.sessions), house.request()
        request.second_id = ans.id
        assert readers.of(request, LetterEvent.SENT) == ("desk@ede.example",)
        assert readers.of(request, LetterEvent.ESCALATED) == ("desk@ede.example", "ans@ede.example")
        house.staff.disable("ans@ede.example")
        assert readers.of(request, LetterEvent.ESCALATED) == ("desk@ede.example",)


class TestWhatIsNotSent:
    async def test_no_mail_to_a_carer_without_an_address(self, house):
        assert house.letter(CARER, LetterEvent.ACCEPTED, house.request(email="")) is None

    async def test_one_mail_for_all_that_waits_for_her(self, house):
        request = house.request()
        assert house.letter(CARER, LetterEvent.ACCEPTED, request) is not None
        assert house.letter(CARER, LetterEvent.MESSAGE, request) is None

    async def test_no_mail_to_a_carer_who_is_there(self, house, server):
        request = house.request()
        house.letter(CARER, LetterEvent.MESSAGE, request)
        house.forward(minutes=1)
        now = house.clock()
        with house.sessions.begin() as session:
            times = {"created_at": now, "last_at": now, "expires_at": now}
            session.execute(conversations.insert().values(id="c1", channel="web", state={}, **times))
            said = {"conversation_id": "c1", "author": "person", "text": "dank u", "buttons": [], "created_at": now}
            session.execute(messages.insert().values(**said))
        house.forward(minutes=2)
        assert await worker(house, server[1]).deliver_due() == 1
        assert server[0].taken == []
        assert stored(house).reason == "not wanted"

    async def test_nothing_after_she_withdrew(self, house, server):
        request = house.request()
        for kind in (TEAM, CARER):
            house.letter(kind, request=request)
        house.desk.withdraw(request.stored_id)
        house.forward(minutes=3)
        assert await worker(house, server[1]).deliver_due() == 2
        assert server[0].taken == []

    async def test_an_occasion_gets_one_letter(self, house):
        request = house.request()
        assert house.letter(TEAM, LetterEvent.REMINDED, request, once="first") is not None
        assert house.letter(TEAM, LetterEvent.REMINDED, request, once="first") is None
        assert house.letter(TEAM, LetterEvent.REMINDED, request, once="second") is not None

    async def test_what_is_rolled_back_was_never_written(self, house):
        from bot.outbox.writing import write_letter

        request = house.request()
        with house.sessions() as session:
            assert write_letter(session, request, TEAM, LetterEvent.SENT, house.clock()) is not None
            session.flush()
            session.rollback()
        assert sum(house.outbox.counts().values()) == 0

    @pytest.mark.parametrize("address", ["geen adres", "a@b, c@d", "ria@carér.example", "ria@x\nBcc: y@z.nl"])
    async def test_an_address_that_is_none_is_for_a_person(self, house, server, address):
        house.letter(CARER, LetterEvent.MESSAGE, house.request(email=address))
        house.forward(minutes=3)
        await worker(house, server[1]).deliver_due()
        assert (stored(house).state, stored(house).reason) == ("dead", "no address")
        assert server[0].taken == []


class TestMishaps:
    @pytest.mark.parametrize(
        ("step", "answer", "state", "reason"),
        [
            ("RCPT", "550 5.1.1 <ria@carer.example> unknown", "dead", "smtp 550 5.1.1"),
            ("RCPT", "451 4.7.1 greylisted", "waiting", "smtp 451 4.7.1"),
            ("MAIL", "550 5.7.1 who are you", "waiting", "smtp 550 5.7.1"),  # about us, not about this letter
            ("DATA", "554 5.6.0 no", "dead", "smtp 554 5.6.0"),
            ("DATA", "452 4.3.1 full", "waiting", "smtp 452 4.3.1"),
            ("RCPT", "hang up", "waiting", "connection lost"),
        ],
    )
    async def test_a_clear_no_is_final_or_not_by_its_number(self, house, server, step, answer, state, reason, caplog):
        server[0].answers[step] = answer
        house.letter(CARER, LetterEvent.MESSAGE)
        house.forward(minutes=3)
        await worker(house, server[1]).deliver_due()
        assert (stored(house).state, stored(house).reason) == (state, reason)
        assert server[0].taken == []
        assert "ria@" not in caplog.text + stored(house).reason
        if state == "waiting":
            server[0].answers.clear()
            house.forward(minutes=2)
            await worker(house, server[1]).deliver_due()
            assert len(server[0].taken) == 1

    @pytest.mark.parametrize("mishap", ["hang up", "wait"])
    async def test_a_doubt_about_the_carers_mail_is_for_a_person(self, house, server, mishap, monkeypatch):
        monkeypatch.setattr(mail, "ONE_ANSWER", 0.5)
        server[0].answers["DATA"] = mishap
        house.letter(CARER, LetterEvent.MESSAGE)
        for _ in range(5):
            house.forward(minutes=30)
            await worker(house, server[1]).deliver_due()
        assert len(server[0].taken) == 1
        assert stored(house).state == "dead"
        assert stored(house).reason in ("unsure connection lost", "unsure timeout")
        boss = house.staff.add("Ans", "ans@ede.example", "admin")
        server[0].answers.clear()
        assert house.outbox.again(stored(house).id, boss)
        await worker(house, server[1]).deliver_due()
        assert len({message["Message-ID"] for message in server[0].taken}) == 1
        assert stored(house).state == "delivered"

    async def test_a_doubt_about_the_teams_mail_sends_it_again_under_the_same_number(self, house, server):
        server[0].answers["DATA"] = "hang up"
        house.letter(TEAM)
        await worker(house, server[1]).deliver_due()
        assert stored(house).state == "waiting"
        server[0].answers.clear()
        house.forward(minutes=2)
        await worker(house, server[1]).deliver_due()
        assert len(server[0].taken) == 2
        assert len({message["Message-ID"] for message in server[0].taken}) == 1

    async def test_a_server_that_is_not_there_is_waited_for(self, house):
        house.letter(TEAM)
        await worker(house, 9).deliver_due()
        assert (stored(house).state, stored(house).reason) == ("waiting", "no connection")

    async def test_a_wrong_password_kills_no_letter(self, house, tmp_path, monkeypatch):
        context, certificate = own_certificate(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        ours = {"host": "localhost", "tls": "start", "username": "wij"}
        with mail_server(tls=context, password="goed") as (handler, port):
            house.letter(TEAM)
            await worker(house, port, **ours, password="fout").deliver_due()
            assert (stored(house).state, stored(house).reason[:8]) == ("waiting", "smtp 535")
            house.forward(minutes=2)
            await worker(house, port, **ours, password="goed").deliver_due()
            assert len(handler.taken) == 1


class TestEncryption:
    async def test_mail_goes_encrypted_when_the_certificate_is_known(self, house, tmp_path, monkeypatch):
        context, certificate = own_certificate(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with mail_server(tls=context) as (handler, port):
            house.letter(TEAM)
            await worker(house, port, tls="start", host="localhost").deliver_due()
            assert len(handler.taken) == 1
            assert handler.encrypted == [True]

    async def test_no_mail_to_a_server_with_an_unknown_certificate_or_none(self, house, tmp_path, server):
        context, _ = own_certificate(tmp_path)
        house.letter(TEAM)
        with mail_server(tls=context) as (handler, port):
            await worker(house, port, tls="start", host="localhost").deliver_due()
            assert handler.taken == []
        house.forward(minutes=2)
        await worker(house, server[1], tls="start").deliver_due()
        assert server[0].taken == []
        assert stored(house).state == "waiting"
