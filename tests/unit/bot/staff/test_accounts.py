from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from bot.staff.accounts import StaffError, StaffRole

PASSWORD = "een lange zin als wachtwoord"


@pytest.fixture
def petra(accounts):
    return accounts.add("Petra", "Petra@Ede.example", StaffRole.COORDINATOR, "Ede", PASSWORD)


class TestAdding:
    def test_an_account_has_a_role_and_a_municipality(self, accounts, petra):
        assert accounts.list() == [petra]
        assert (petra.role, petra.municipality, petra.email) == (StaffRole.COORDINATOR, "Ede", "petra@ede.example")

    def test_an_address_is_used_once_whatever_its_capitals(self, accounts, petra):
        with pytest.raises(StaffError, match="already has an account"):
            accounts.add("Petra 2", "PETRA@ede.example", StaffRole.EDITOR)

    @pytest.mark.parametrize("email", ["", "petra", "petra@", "pe tra@ede.example", "a@b@c"])
    def test_an_address_that_is_none_is_refused(self, accounts, email):
        with pytest.raises(StaffError, match="not an e-mail address"):
            accounts.add("Petra", email, StaffRole.EDITOR)

    def test_a_nameless_account_is_refused(self, accounts):
        with pytest.raises(StaffError, match="a name is needed"):
            accounts.add("  ", "petra@ede.example", StaffRole.EDITOR)

    def test_a_short_password_is_refused(self, accounts):
        with pytest.raises(StaffError, match="at least 12"):
            accounts.add("Petra", "petra@ede.example", StaffRole.EDITOR, password="kort")


class TestPassword:
    def test_it_lets_in_who_knows_it(self, accounts, petra):
        assert accounts.sign_in(" PETRA@ede.example", PASSWORD) == petra
        assert accounts.sign_in("petra@ede.example", PASSWORD + ".") is None
        assert accounts.sign_in("niemand@ede.example", PASSWORD) is None

    def test_it_is_not_stored_as_it_is(self, sessions, petra):
        with sessions() as session:
            stored = session.execute(sql("SELECT password_hash FROM staff_accounts")).scalar_one()
        assert stored.startswith("$argon2id$")
        assert PASSWORD not in stored

    def test_an_account_without_a_password_cannot_be_guessed_into(self, accounts):
        accounts.add("Karim", "karim@ede.example", StaffRole.COORDINATOR)
        assert accounts.sign_in("karim@ede.example", "") is None

    def test_five_misses_lock_for_a_quarter_of_an_hour(self, accounts, petra, now):
        for _ in range(5):
            assert accounts.sign_in(petra.email, "fout wachtwoord") is None
        assert accounts.sign_in(petra.email, PASSWORD) is None
        now[0] += timedelta(minutes=16)
        assert accounts.sign_in(petra.email, PASSWORD) == petra

    def test_misses_are_forgotten_after_a_hit(self, accounts, petra):
        for _ in range(3):
            for _ in range(4):
                accounts.sign_in(petra.email, "fout wachtwoord")
            assert accounts.sign_in(petra.email, PASSWORD) == petra


class TestOneTimeSignIn:
    def test_it_works_once(self, accounts, petra):
        token = accounts.issue_sign_in(petra.email)
        assert accounts.sign_in_with_token(token) == petra
        assert accounts.sign_in_with_token(token) is None

    def test_it_works_for_a_day(self, accounts, petra, now):
        token = accounts.issue_sign_in(petra.email)
        now[0] += timedelta(hours=24)
        assert accounts.sign_in_with_token(token) is None

    def test_it_is_not_stored_as_it_is(self, accounts, petra, sessions):
        token = accounts.issue_sign_in(petra.email)
        with sessions() as session:
            assert token not in str(session.execute(sql("SELECT * FROM staff_sign_ins")).all())

    def test_nonsense_lets_nobody_in(self, accounts, petra):
        assert accounts.sign_in_with_token("") is None
        assert accounts.sign_in_with_token("nonsense") is None


class TestDisabling:
    def test_it_closes_every_way_in(self, accounts, petra):
        token = accounts.issue_sign_in(petra.email)
        accounts.disable(petra.email)
        assert accounts.get(petra.id) is None
        assert accounts.sign_in(petra.email, PASSWORD) is None
        assert accounts.sign_in_with_token(token) is None
        with pytest.raises(StaffError):
            accounts.issue_sign_in(petra.email)

    def test_somebody_unknown_cannot_be_disabled(self, accounts):
        with pytest.raises(StaffError, match="has no account"):
            accounts.disable("niemand@ede.example")


class TestLocalStaff:
    def test_a_first_start_has_a_coordinator_and_an_editor_who_can_come_in(self, accounts):
        people = accounts.ensure_local_staff()
        assert [person.role for person, _ in people] == [StaffRole.COORDINATOR, StaffRole.EDITOR]
        for person, token in people:
            assert accounts.sign_in_with_token(token) == person

    def test_the_next_start_gives_the_same_people_a_new_way_in(self, accounts):
        first, second = accounts.ensure_local_staff(), accounts.ensure_local_staff()
        assert [person for person, _ in first] == [person for person, _ in second]
        assert {token for _, token in first}.isdisjoint(token for _, token in second)

    def test_it_makes_nobody_where_real_staff_work(self, accounts, petra):
        assert accounts.ensure_local_staff() == []
        assert accounts.list() == [petra]
