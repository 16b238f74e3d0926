"""Teams that answer requests: where they are reached, and who looks after what is late (R101: escalate to a name)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bot.request.base import required_text
from bot.request.tables import request_teams
from bot.staff import Staff
from knowledge.storage import Sessions

WHOLE_DESK = ""


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


def team_of(staff: Staff) -> str | None:
    """The team somebody works in; ``None``: no team, so the whole desk."""
    return getattr(staff, "team", None) or None


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


def reach_team(session: Session, municipality: str, name: str | None) -> RequestTeam:
    """``RequestTeams.reach`` in a transaction that runs."""
    by_name = {team.name: team for team in teams_of(session, municipality)}
    whole = by_name.get(WHOLE_DESK, RequestTeam(municipality))
    team = by_name.get(name or WHOLE_DESK, whole)
    person = team if team.second_id is not None else whole
    email, phone = team.email or whole.email, team.phone or whole.phone
    return RequestTeam(municipality, name or WHOLE_DESK, email, phone, person.second_id, person.second)
