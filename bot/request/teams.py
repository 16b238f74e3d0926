"""Teams that answer requests: where they are reached, and who looks after what is late (R101: escalate to a name)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from bot.request.base import required_text
from bot.request.tables import request_teams
from bot.staff.accounts import Permission
from bot.staff.roles import who_may
from bot.staff.tables import staff_accounts
from knowledge.storage import Sessions

WHOLE_DESK = ""
_HANDLING = sorted(role.value for role in who_may(Permission.HANDLE_REQUESTS))


@dataclass(frozen=True)
class RequestTeam:
    """A team of a municipality. ``name`` empty: its desk as a whole, for requests and settings without a team.

    ``second``: the named person who hears of what is late · ``phone``: a number she can call when it takes longer ·
    ``email``: where the team gets its mail, never with personal data in it.
    """

    municipality: str
    name: str = WHOLE_DESK
    email: str = ""
    phone: str = ""
    second_id: int | None = None
    second: str = ""


@dataclass(frozen=True)
class Answering:
    """Somebody at the desk who may take up requests; ``municipality`` ``None``: of every municipality."""

    id: int
    name: str
    municipality: str | None
    team: str | None


class RequestTeams:
    """The teams as they are kept."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def put(self, team: RequestTeam) -> None:
        """Keep this team; one of the same name there gives way. Raises ``TextError`` without a municipality."""
        values = {**vars(team), "municipality": required_text(team.municipality, 120)}
        columns = request_teams.c
        same = (columns.municipality == values["municipality"], columns.name == team.name)
        with self._sessions.begin() as session:
            session.execute(delete(request_teams).where(*same))
            session.execute(insert(request_teams).values(**values))

    def remove(self, municipality: str, name: str) -> None:
        """Forget what is kept of this team; one that is not there is gone already."""
        columns = request_teams.c
        with self._sessions.begin() as session:
            session.execute(delete(request_teams).where(columns.municipality == municipality, columns.name == name))

    def of(self, municipality: str) -> tuple[RequestTeam, ...]:
        """The teams of a municipality by name, its whole desk first."""
        with self._sessions() as session:
            return teams_of(session, municipality)

    def reach(self, municipality: str, name: str | None) -> RequestTeam:
        """How a team is reached: what it lacks is taken from the whole desk; without either, an empty record."""
        with self._sessions() as session:
            return reach_team(session, municipality, name)


def teams_of(session: Session, municipality: str) -> tuple[RequestTeam, ...]:
    """``RequestTeams.of`` in a transaction that runs."""
    columns = request_teams.c
    chosen = select(request_teams).where(columns.municipality == municipality).order_by(columns.name)
    return tuple(RequestTeam(**row._mapping) for row in session.execute(chosen))


def answering(session: Session, municipality: str | None = None) -> tuple[Answering, ...]:
    """Who may take up requests of this municipality, by name; of any municipality when it is left out."""
    columns = staff_accounts.c
    chosen = (
        select(columns.id, columns.name, columns.municipality, columns.team)
        .where(columns.disabled_at.is_(None), columns.role.in_(_HANDLING))
        .order_by(columns.name)
    )
    if municipality is not None:
        chosen = chosen.where(or_(columns.municipality == municipality, columns.municipality.is_(None)))
    return tuple(Answering(**row._mapping) for row in session.execute(chosen))


def reach_team(session: Session, municipality: str, name: str | None, *, but: int | None = None) -> RequestTeam:
    """``RequestTeams.reach`` in a transaction that runs. ``but``: who is not meant as second person, because it is
    this person who is late."""
    people = {person.id: person.name for person in answering(session, municipality) if person.id != but}
    return reached(teams_of(session, municipality), people, RequestTeam(municipality, name or WHOLE_DESK))


def reached(teams: Iterable[RequestTeam], people: Mapping[int, str], wanted: RequestTeam) -> RequestTeam:
    """How the team with the name of ``wanted`` is reached, from what is kept of its municipality.

    ``people``: names by the ids of who answers there today. A second person who left, or may no longer take up
    requests, is nobody: then the one of the whole desk is meant.
    """
    by_name = {team.name: team for team in teams}
    whole = by_name.get(WHOLE_DESK, RequestTeam(wanted.municipality))
    team = by_name.get(wanted.name, whole)
    second = next((each for each in (team.second_id, whole.second_id) if each in people), None)
    return replace(
        wanted,
        email=team.email or whole.email,
        phone=team.phone or whole.phone,
        second_id=second,
        second=people[second] if second is not None else "",
    )
