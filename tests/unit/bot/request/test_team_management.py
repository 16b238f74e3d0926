"""Teams as an operator keeps them, and what follows: a late request reaches a named second person, then the carer."""

from __future__ import annotations

import pytest

from bot.request.due import DueKind
from bot.request.team_management import TeamError, TeamManagement, WantedTeam
from bot.request.teams import WHOLE_DESK, RequestTeams
from bot.request.vocabulary import EventKind
from bot.staff.accounts import StaffRole
from tests.unit.bot.request.conftest import sent

MUNICIPALITIES = {"Ede", "Assen"}


@pytest.fixture
def teams(sessions):
    return TeamManagement(sessions, lambda name: name if name in MUNICIPALITIES else None)


@pytest.fixture
def joost(accounts):
    return accounts.add("Joost", "joost@assen.example", StaffRole.COORDINATOR, "Assen")


def test_a_late_request_reaches_the_second_person_and_then_the_carer_with_a_way_out(
    teams, desk, petra, karim, clock, listener
):
    teams.save(WantedTeam("Ede", phone="0318 12 34 56", second_id=karim.id), within="Ede")
    request = sent(desk)
    desk.accept(request.reference, petra)
    clock.forward(days=3)
    assert [(step.kind, step.to) for step in desk.remind()] == [
        (DueKind.REMIND, "Petra"),
        (DueKind.ESCALATE, "Karim"),
    ]
    assert listener.names()[-1] != "utter_request_late_call", "first a colleague, then she"
    clock.forward(hours=1)
    assert [step.kind for step in desk.remind()] == [DueKind.WARN_CARER]
    _, name, values = list(listener.told.values())[-1]
    assert (name, values["phone"], values["holder"]) == ("utter_request_late_call", "0318 12 34 56", "Karim")
    assert desk.accept(request.reference, karim).owner == "Karim"


def test_who_is_late_is_not_the_one_who_looks_after_it(teams, desk, accounts, petra, karim, clock):
    lea = accounts.add("Lea", "lea@ede.example", StaffRole.TEAM_LEAD, "Ede", team="Wmo")
    teams.save(WantedTeam("Ede", second_id=lea.id), None)
    teams.save(WantedTeam("Ede", "Wmo", second_id=petra.id), None)
    request = sent(desk)
    desk.accept(request.reference, petra)
    with desk._sessions.begin() as session:
        session.merge(desk.get(request.reference)).team = "Wmo"
    clock.forward(days=4)
    assert ("escalate", "Lea") in [(step.kind.value, step.to) for step in desk.remind()]


@pytest.mark.parametrize("gone", ["disabled", "moved", "other role"])
def test_a_second_person_who_left_is_nobody_and_that_is_said(teams, desk, accounts, karim, clock, gone):
    teams.save(WantedTeam("Ede", second_id=karim.id), None)
    if gone == "disabled":
        accounts.disable(karim.email)
    else:
        role, place = (StaffRole.EDITOR, "Ede") if gone == "other role" else (StaffRole.COORDINATOR, "Assen")
        accounts.change(karim, name="Karim", role=role, municipality=place, team=None)
    (line,) = teams.place("Ede", None).lines
    assert (line.second_left, line.own.second, line.reached.second) == (True, "Karim", "")
    assert "Ede" in teams.without_second(None)
    request = sent(desk)
    clock.forward(days=4)
    desk.remind()
    assert desk.get(request.reference).second_id is None


def test_a_team_has_its_own_and_takes_the_rest_from_the_whole_desk(teams, sessions, accounts, petra, karim):
    accounts.change(karim, name="Karim", role=StaffRole.COORDINATOR, municipality="Ede", team="Wmo")
    assert teams.without_second("Ede") == ("Ede",)
    teams.save(WantedTeam("Ede", email="desk@ede.example", second_id=petra.id), "Ede")
    teams.save(WantedTeam("Ede", "Wmo", email="wmo@ede.example"), "Ede")
    desk_line, wmo = teams.place("Ede", "Ede").lines
    assert (desk_line.own.name, desk_line.people) == (WHOLE_DESK, 2)
    assert (wmo.reached.email, wmo.reached.second, wmo.people) == ("wmo@ede.example", "Petra", 1)
    assert teams.without_second("Ede") == ()
    teams.remove("Ede", "Wmo", "Ede")
    assert RequestTeams(sessions).reach("Ede", "Wmo").email == "desk@ede.example"
    assert [line.own.name for line in teams.place("Ede", None).lines] == ["", "Wmo"], "its people are still there"


def test_every_municipality_that_matters_is_listed_once(teams, desk, petra, joost):
    sent(desk, municipality="Barneveld")
    assert [place.municipality for place in teams.places(None)] == ["Assen", "Barneveld", "Ede"]
    assert [place.municipality for place in teams.places("Ede")] == ["Ede"]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (WantedTeam("Nergens"), "municipality"),
        (WantedTeam("Assen"), "municipality"),
        (WantedTeam("Ede", "x" * 121), "team"),
        (WantedTeam("Ede", email="Mantelzorg <m@ede.nl>"), "email"),
        (WantedTeam("Ede", email="m@ede.nl\r\nBcc: a@b.nl"), "email"),
        (WantedTeam("Ede", phone="bel maar"), "phone"),
        (WantedTeam("Ede", second_id=999), "second"),
    ],
)
def test_what_cannot_be_kept_changes_nothing(teams, petra, wanted, code):
    before = teams.places(None)
    with pytest.raises(TeamError) as refused:
        teams.save(wanted, "Ede")
    assert refused.value.code == code
    assert teams.places(None) == before


def test_somebody_of_another_municipality_cannot_be_the_second_person(teams, petra, joost):
    with pytest.raises(TeamError, match="second"):
        teams.save(WantedTeam("Ede", second_id=joost.id), None)


def test_without_a_second_person_who_has_it_is_named_in_the_history(desk, petra, clock):
    request = sent(desk)
    desk.accept(request.reference, petra)
    clock.forward(days=4)
    desk.remind()
    events = desk.open_file(request.reference, petra).events
    assert [event.reason for event in events if event.kind is EventKind.ESCALATED] == ["Petra"]
