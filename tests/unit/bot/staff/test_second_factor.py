"""The second factor: codes of an app and of paper, each once, and never a guess too many."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from bot.sealing import Seal, SealError
from bot.staff.accounts import StaffRole
from bot.staff.second_factor import RECOVERY_CODES, SecondFactorError, SecondFactors
from bot.staff.sessions import Device, OpenSessions
from tests.unit.bot.staff.conftest import NINE

SECRET = "a secret of the tests"


@pytest.fixture
def factors(sessions, now):
    return SecondFactors(sessions, SECRET, lambda: now[0])


@pytest.fixture
def rows(sessions, now):
    return OpenSessions(sessions, lambda: now[0])


@pytest.fixture
def petra(accounts):
    return accounts.add("Petra", "petra@ede.example", StaffRole.ADMIN, "Ede")


@pytest.fixture
def app(factors, petra, now):
    """Petra's telephone, after she switched it on; ``codes`` are on her paper."""
    proposal = factors.propose(petra)
    telephone = pyotp.TOTP(proposal.key)
    telephone.codes = factors.enable(petra, proposal.sealed, telephone.at(now[0]))
    now[0] += timedelta(seconds=30)
    return telephone


class TestSwitchingOn:
    def test_the_first_code_proves_that_the_app_has_the_key(self, factors, petra, accounts, now):
        proposal = factors.propose(petra)
        assert f"secret={proposal.key}" in proposal.uri
        assert "petra%40ede.example" in proposal.uri
        wrong = f"{(int(pyotp.TOTP(proposal.key).at(now[0])) + 1) % 1_000_000:06}"
        with pytest.raises(SecondFactorError) as refused:
            factors.enable(petra, proposal.sealed, wrong)
        assert refused.value.code == "code"
        assert not accounts.get(petra.id).second_factor
        codes = factors.enable(petra, proposal.sealed, pyotp.TOTP(proposal.key).at(now[0]))
        assert len(set(codes)) == RECOVERY_CODES == factors.codes_left(petra)
        assert accounts.get(petra.id).second_factor

    def test_it_ends_every_session(self, factors, petra, rows, now):
        rows.begin(petra.id, "at home", Device(), "link", half_way=False, instead_of="")
        proposal = factors.propose(petra)
        factors.enable(petra, proposal.sealed, pyotp.TOTP(proposal.key).at(now[0]))
        assert not rows.goes_on(petra.id, "at home")

    def test_a_proposal_is_for_one_person_and_half_an_hour(self, factors, accounts, petra, now):
        karim = accounts.add("Karim", "karim@ede.example", StaffRole.COORDINATOR)
        proposal = factors.propose(petra)
        code = pyotp.TOTP(proposal.key).at(now[0])
        for person, sealed in ((karim, proposal.sealed), (petra, "x"), (petra, "")):
            with pytest.raises(SecondFactorError, match="old"):
                factors.enable(person, sealed, code)
        now[0] += timedelta(minutes=31)
        with pytest.raises(SecondFactorError, match="old"):
            factors.enable(petra, proposal.sealed, pyotp.TOTP(proposal.key).at(now[0]))

    def test_it_is_not_replaced_while_it_is_on(self, factors, petra, app, now):
        other = factors.propose(petra)
        with pytest.raises(SecondFactorError, match="on"):
            factors.enable(petra, other.sealed, pyotp.TOTP(other.key).at(now[0]))
        assert factors.passes(petra, app.at(now[0]))

    def test_neither_key_nor_codes_are_stored_as_they_are(self, sessions, app):
        with sessions() as session:
            stored = str([session.execute(sql(f"SELECT * FROM {name}")).all() for name in _TABLES])
        assert app.secret not in stored
        assert not [code for code in app.codes if code in stored or code.replace("-", "") in stored]


_TABLES = ("staff_second_factors", "staff_recovery_codes", "staff_accounts")


class TestCode:
    def test_it_works_once(self, factors, petra, app, now):
        code = app.at(now[0])
        assert factors.passes(petra, code)
        assert not factors.passes(petra, code)

    def test_an_older_one_is_worth_nothing_after_a_newer(self, factors, petra, app, now):
        now[0] += timedelta(seconds=30)
        newer, older = app.at(now[0]), app.at(now[0] - timedelta(seconds=30))
        assert factors.passes(petra, newer)
        assert not factors.passes(petra, older)

    @pytest.mark.parametrize(("off", "passes"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
    def test_a_telephone_may_be_half_a_minute_off(self, factors, petra, app, now, off, passes):
        now[0] += timedelta(minutes=5)
        assert factors.passes(petra, app.at(now[0] + timedelta(seconds=off))) is passes

    def test_spaces_do_not_matter(self, factors, petra, app, now):
        code = app.at(now[0])
        assert factors.passes(petra, f" {code[:3]} {code[3:]} ")

    @pytest.mark.parametrize("code", ["", "000", "abcdef", "１２３４５６", "-" * 40])
    def test_nonsense_is_no_code(self, factors, petra, app, code):
        assert not factors.passes(petra, code)

    def test_five_misses_lock_for_a_quarter_of_an_hour_also_for_the_right_code(self, factors, petra, app, now):
        for _ in range(5):
            assert not factors.passes(petra, "abcdef")
        now[0] += timedelta(minutes=1)
        assert not factors.passes(petra, app.at(now[0]))
        assert not factors.passes(petra, app.codes[0])
        now[0] += timedelta(minutes=15)
        assert factors.passes(petra, app.at(now[0]))

    def test_with_another_secret_of_the_settings_only_paper_helps(self, sessions, petra, app, now):
        moved = SecondFactors(sessions, "another secret", lambda: now[0])
        assert not moved.passes(petra, app.at(now[0]))
        assert moved.passes(petra, app.codes[0])


class TestPaper:
    def test_each_code_works_once_however_it_is_typed(self, factors, petra, app):
        assert factors.passes(petra, app.codes[0].lower().replace("-", " "))
        assert not factors.passes(petra, app.codes[0])
        assert factors.codes_left(petra) == RECOVERY_CODES - 1

    def test_it_is_of_one_person(self, factors, accounts, petra, app, now):
        karim = accounts.add("Karim", "karim@ede.example", StaffRole.COORDINATOR)
        proposal = factors.propose(karim)
        factors.enable(karim, proposal.sealed, pyotp.TOTP(proposal.key).at(now[0]))
        assert not factors.passes(karim, app.codes[0])

    def test_new_ones_make_the_old_ones_worth_nothing(self, factors, petra, app):
        new = factors.renew_codes(petra)
        assert not factors.passes(petra, app.codes[0])
        assert factors.passes(petra, new[0])


def test_switched_off_nothing_of_it_is_left(factors, accounts, petra, app, rows, now):
    rows.begin(petra.id, "at home", Device(), "link", half_way=False, instead_of="")
    factors.disable(petra)
    assert not accounts.get(petra.id).second_factor
    assert not factors.passes(petra, app.at(now[0]))
    assert not factors.passes(petra, app.codes[0])
    assert not rows.goes_on(petra.id, "at home")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(moves=st.lists(st.tuples(st.integers(0, 75), st.integers(-2, 2)), min_size=1, max_size=8))
def test_whatever_the_clock_does_no_code_lets_in_twice_and_none_outside_its_time(factors, petra, app, now, moves):
    """A code lets in when it is at most one step off, and newer than any that let in before."""
    now[0] += timedelta(minutes=20)  # past what an example before this one used or locked
    assert factors.passes(petra, app.at(now[0]))  # and past the misses it counted
    newest, misses = int(now[0].timestamp()) // 30, 0
    for seconds, off in moves:
        now[0] += timedelta(seconds=seconds)
        step = int(now[0].timestamp()) // 30
        right = abs(off) <= 1 and step + off > newest
        assert factors.passes(petra, app.generate_otp(step + off)) is (right and misses < 5)
        misses = 0 if right and misses < 5 else misses + 1
        newest = step + off if right and misses == 0 else newest
        if misses == 5:
            break


class TestSeal:
    @given(text=st.text(max_size=200))
    def test_what_is_closed_opens_again(self, text):
        seal = Seal(SECRET, "a purpose", lambda: NINE)
        assert seal.open(seal.close(text)) == text

    def test_only_with_the_same_secret_for_the_same_purpose_in_time(self, now):
        sealed = Seal(SECRET, "a purpose", lambda: now[0]).close("geheim")
        assert "geheim" not in sealed
        for other in (Seal("another", "a purpose", lambda: NINE), Seal(SECRET, "another", lambda: NINE)):
            with pytest.raises(SealError):
                other.open(sealed)
        now[0] += timedelta(minutes=11)
        with pytest.raises(SealError):
            Seal(SECRET, "a purpose", lambda: now[0]).open(sealed, timedelta(minutes=10))

    @given(text=st.text(max_size=60))
    def test_nothing_else_opens(self, text):
        with pytest.raises(SealError):
            Seal(SECRET, "a purpose", lambda: NINE).open(text)
