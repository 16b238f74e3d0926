"""The audit log: along with what it is about, or before anything is shown; and never less than what was written."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from bot.audit.log import PAGE_SIZE, AuditFilter, AuditLog, Outcome
from bot.audit.tables import audit_log
from bot.schema import migrate
from bot.staff.accounts import StaffAccounts, StaffRole
from knowledge.storage import open_engine, open_sessions
from tests.database import postgresql


@pytest.fixture(scope="module")
def server():
    with postgresql() as uri:
        yield uri


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request, tmp_path):
    address = f"sqlite:///{tmp_path / 'audit.db'}"
    if request.param == "postgresql":
        address = request.getfixturevalue("server")
    engine = open_engine(address)
    if request.param == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    migrate(engine)
    yield open_sessions(engine)
    engine.dispose()


def now() -> datetime:
    return datetime.now(timezone.utc)


@pytest.fixture
def log(sessions):
    return AuditLog(sessions, now)


@pytest.fixture
def petra(sessions):
    return StaffAccounts(sessions).add("Petra", "petra@ede.example", StaffRole.COORDINATOR, "Ede")


def outcomes(log, **chosen) -> list[tuple[str, str, str]]:
    return [(one.act, one.subject, one.outcome.value) for one in log.read(AuditFilter(**chosen))]


def names(sessions) -> list[str]:
    with sessions() as session:
        return sorted(session.execute(text("SELECT name FROM staff_accounts")).scalars())


class TestUnderWay:
    def test_a_view_leaves_its_line_when_it_ends(self, log, petra):
        with log.under_way(petra, "requests.view", "AP-7K3M-2Q"):
            assert outcomes(log) == []
        line = log.read(AuditFilter())[0]
        assert (line.name, line.role, line.municipality) == ("Petra", StaffRole.COORDINATOR, "Ede")
        assert outcomes(log) == [("requests.view", "AP-7K3M-2Q", "done")]

    def test_an_act_and_its_line_are_one_transaction(self, log, petra, sessions):
        with log.under_way(petra, "staff.name"), sessions.begin() as session:
            session.execute(text("UPDATE staff_accounts SET name = 'Piet'"))
        assert outcomes(log) == [("staff.name", "", "done")]

    def test_without_its_line_an_act_is_not_done(self, log, petra, sessions):
        with sessions.begin() as session:
            session.execute(text("ALTER TABLE audit_log RENAME TO gone"))
        with pytest.raises(DBAPIError), log.under_way(petra, "staff.name"), sessions.begin() as session:
            session.execute(text("UPDATE staff_accounts SET name = 'Piet'"))
        assert names(sessions) == ["Petra"]

    def test_what_was_rolled_back_was_not_done_whatever_is_written_after_it(self, log, petra, sessions):
        with log.under_way(petra, "requests.resolve", "AP-7K3M-2Q") as line:
            with pytest.raises(DBAPIError), sessions.begin() as session:
                session.execute(text("UPDATE staff_accounts SET name = NULL"))
            with sessions.begin() as session:  # the page that says so notes that it was seen
                session.execute(text("UPDATE staff_accounts SET team = 'Noord'"))
            line.outcome = Outcome.NOT_DONE
        assert outcomes(log) == [("requests.resolve", "AP-7K3M-2Q", "not_done")]

    def test_an_exception_is_a_refusal(self, log, petra):
        with pytest.raises(LookupError), log.under_way(petra, "requests.view", "AP-0000-00"):
            raise LookupError
        assert outcomes(log) == [("requests.view", "AP-0000-00", "not_done")]

    def test_several_transactions_are_one_act(self, log, petra, sessions):
        with log.under_way(petra, "staff.name"):
            for _ in range(3):
                with sessions.begin() as session:
                    session.execute(text("UPDATE staff_accounts SET team = 'Noord'"))
        assert outcomes(log) == [("staff.name", "", "done")]

    def test_what_stands_apart_is_not_the_act(self, log, petra, sessions):
        with log.under_way(petra, "account.password") as line:
            with log.apart(), sessions.begin() as session:
                session.execute(text("UPDATE staff_accounts SET failed_sign_ins = 1"))
            line.outcome = Outcome.NOT_DONE
        assert outcomes(log) == [("account.password", "", "not_done")]

    def test_without_anything_under_way_nothing_is_written(self, log, petra, sessions):
        with sessions.begin() as session:
            session.execute(text("UPDATE staff_accounts SET team = 'Noord'"))
        assert outcomes(log) == []


class TestKept:
    @pytest.mark.parametrize("change", ["UPDATE audit_log SET name = 'Niemand'", "DELETE FROM audit_log"])
    def test_no_line_is_changed_or_removed(self, log, petra, sessions, change):
        log.write(petra, "sign-in", "password")
        with pytest.raises(DBAPIError, match="append-only"), sessions.begin() as session:
            session.execute(text(change))
        assert outcomes(log) == [("sign-in", "password", "done")]

    def test_what_was_kept_long_enough_goes(self, log, petra, sessions):
        log.write(petra, "sign-in")
        old = {"staff_id": 1, "name": "Piet", "role": "editor", "act": "sign-in", "subject": "", "outcome": "done"}
        with sessions.begin() as session:
            for days in (729, 731, 4000):
                session.execute(insert(audit_log).values(at=now() - timedelta(days=days), **old))
        assert log.purge() == 2
        assert [one.name for one in log.read(AuditFilter())] == ["Petra", "Piet"]

    def test_the_database_keeps_half_a_year_whatever_is_asked(self, sessions, petra):
        hasty = AuditLog(sessions, now, timedelta(0))
        hasty.write(petra, "sign-in")
        with pytest.raises(DBAPIError, match="append-only"):
            hasty.purge()


class TestReading:
    def test_by_person_act_subject_and_time(self, log, petra):
        log.write(petra, "requests.view", "AP-7K3M-2Q")
        log.write(petra, "sign-in", "password", Outcome.NOT_DONE)
        hour = timedelta(hours=1)
        assert outcomes(log, act="sign-in") == [("sign-in", "password", "not_done")]
        assert outcomes(log, subject="AP-7K3M-2Q") == [("requests.view", "AP-7K3M-2Q", "done")]
        assert outcomes(log, staff_id=petra.id + 1) == outcomes(log, before=now() - hour) == []
        assert len(outcomes(log, since=now() - hour, before=now() + hour, staff_id=petra.id)) == 2
        assert (log.acts(), log.people(None)) == (["requests.view", "sign-in"], [(petra.id, "Petra")])

    def test_of_the_own_municipality_and_of_who_serves_every_one(self, log, petra, sessions):
        accounts = StaffAccounts(sessions)
        joost = accounts.add("Joost", "joost@assen.example", StaffRole.COORDINATOR, "Assen")
        wim = accounts.add("Wim", "wim@rijk.example", StaffRole.ADMIN)
        for person in (petra, joost, wim):
            log.write(person, "sign-in")
        assert [one.name for one in log.read(AuditFilter(municipality="Assen"))] == ["Wim", "Joost"]
        assert [name for _, name in log.people("Assen")] == ["Joost", "Wim"]

    def test_page_by_page_newest_first(self, log, petra):
        for number in range(PAGE_SIZE + 1):
            log.write(petra, "requests.view", str(number))
        assert log.count(AuditFilter()) == PAGE_SIZE + 1
        assert [one.subject for one in log.read(AuditFilter(), 2)] == ["0"]
        assert [one.subject for one in log.all(AuditFilter(), 2)] == [str(PAGE_SIZE), str(PAGE_SIZE - 1)]
