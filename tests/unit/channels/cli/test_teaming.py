"""``adempauze teams``: what an operator sets is what the desk has, and bad input is one clear line."""

from __future__ import annotations

import pytest

from bot.request.teams import RequestTeams
from bot.schema import migrate
from bot.settings import Settings
from bot.staff.accounts import StaffAccounts, StaffRole
from channels.cli.main import main
from knowledge.storage import open_engine, open_sessions


@pytest.fixture
def sessions(tmp_path, monkeypatch):
    monkeypatch.setenv("ADEMPAUZE_DATA", str(tmp_path))
    engine = open_engine(Settings.from_environment().database_url)
    migrate(engine)
    found = open_sessions(engine)
    StaffAccounts(found).add("Karim", "karim@ede.example", StaffRole.COORDINATOR, "Ede", team="Wmo")
    StaffAccounts(found).add("Els", "els@ede.example", StaffRole.EDITOR, "Ede")
    yield found
    engine.dispose()


def test_a_second_person_is_named_for_the_whole_desk_and_holds_for_its_teams(sessions, capsys):
    assert main(["teams", "list"]) == 0
    assert capsys.readouterr().out == "Ede\t(whole desk)\t-\t-\tNOBODY\nEde\tWmo\t-\t-\tNOBODY\n"
    assert main(["teams", "add", "Ede", "--email", "desk@ede.example", "--second", "Karim@ede.example"]) == 0
    assert "second person Karim" in capsys.readouterr().out
    assert main(["teams", "set", "Ede", "--team", "Wmo", "--phone", "0318 12 34 56"]) == 0
    capsys.readouterr()
    assert main(["teams", "list", "--municipality", "Ede"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "Ede\tWmo\tdesk@ede.example\t0318 12 34 56\tKarim"


def test_what_is_not_given_stays_and_an_empty_value_clears(sessions, capsys):
    main(["teams", "add", "Ede", "--email", "desk@ede.example", "--second", "karim@ede.example"])
    main(["teams", "set", "Ede", "--phone", "14 0318"])
    (kept,) = RequestTeams(sessions).of("Ede")
    assert (kept.email, kept.phone, kept.second) == ("desk@ede.example", "14 0318", "Karim")
    main(["teams", "set", "Ede", "--second", "", "--email", ""])
    (kept,) = RequestTeams(sessions).of("Ede")
    assert (kept.email, kept.phone, kept.second_id) == ("", "14 0318", None)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add", "Nergens"], "official name"),
        (["list", "--municipality", "Nergens"], "official name"),
        (["set", "Ede", "--team", "Weg"], "use add"),
        (["add", "Ede", "--email", "geen adres"], "e-mail address"),
        (["add", "Ede", "--phone", "bel maar"], "telephone number"),
        (["add", "Ede", "--second", "els@ede.example"], "take up requests"),
        (["add", "Ede", "--second", "x@y.example"], "has no account"),
    ],
)
def test_bad_input_is_one_clear_line(sessions, capsys, arguments, says):
    assert main(["teams", *arguments]) == 2
    problem = capsys.readouterr().err
    assert says in problem
    assert problem.count("\n") == 1
    assert RequestTeams(sessions).of("Ede") == ()


def test_what_is_there_is_not_added_again(sessions, capsys):
    assert main(["teams", "add", "Ede", "--phone", "14 0318"]) == 0
    assert main(["teams", "add", "Ede", "--phone", "0800"]) == 2
    assert "use set" in capsys.readouterr().err
