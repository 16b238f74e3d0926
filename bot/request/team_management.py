"""What a team lead or an administrator does with teams: where each is reached, and who looks after what is late.

``within`` is the one municipality somebody may look after, or ``None`` for all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from bot.conversations.records import storable
from bot.request.tables import request_teams, requests
from bot.request.teams import WHOLE_DESK, Answering, RequestTeam, RequestTeams, answering, reached
from knowledge.storage import Sessions

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{2,38}")


class TeamError(ValueError):
    """Not like this; ``code``: ``municipality``, ``team``, ``email``, ``phone`` or ``second``."""

    def __init__(self, code: str) -> None:
        super().__init__(f"this cannot be done with a team: {code}")
        self.code = code


@dataclass(frozen=True)
class WantedTeam:
    """A team as it was typed. ``name`` empty: the whole desk; ``second_id`` ``None``: nobody yet."""

    municipality: str
    name: str = WHOLE_DESK
    email: str = ""
    phone: str = ""
    second_id: int | None = None


@dataclass(frozen=True)
class TeamLine:
    """``own``: what is kept of the team itself · ``reached``: what holds, with what it lacks from the whole desk ·
    ``people``: how many who answer requests work in it."""

    own: RequestTeam
    reached: RequestTeam
    people: int = 0

    @property
    def second_left(self) -> bool:
        """Was a second person named who cannot look after a request any more?"""
        return self.own.second_id is not None and self.own.second_id != self.reached.second_id


@dataclass(frozen=True)
class TeamsOfPlace:
    """The teams of a municipality, its whole desk first. ``seconds``: who can be named as the second person."""

    municipality: str
    lines: tuple[TeamLine, ...]
    seconds: tuple[Answering, ...]

    @property
    def desk(self) -> TeamLine:
        """The desk as a whole."""
        return self.lines[0]


class TeamManagement:
    """Methods raise ``TeamError``. ``official``: the name of a municipality, or ``None`` when there is none."""

    def __init__(self, sessions: Sessions, official: Callable[[str], str | None]) -> None:
        self._sessions = sessions
        self._teams = RequestTeams(sessions)
        self._official = official

    def places(self, within: str | None) -> tuple[TeamsOfPlace, ...]:
        """Every municipality where somebody answers, a team is kept or a request came in; by name."""
        with self._sessions() as session:
            people = answering(session)
            kept: dict[str, list[RequestTeam]] = defaultdict(list)
            for row in session.execute(select(request_teams).order_by(request_teams.c.name)):
                kept[row.municipality].append(RequestTeam(**row._mapping))
            sent_to = session.scalars(
                select(requests.c.municipality).where(requests.c.sent_at.is_not(None)).distinct()
            ).all()
        if within is not None:
            return (_place(within, kept[within], people),)
        named = {person.municipality for person in people if person.municipality}
        return tuple(_place(name, kept[name], people) for name in sorted({*named, *kept, *sent_to}))

    def place(self, municipality: str, within: str | None) -> TeamsOfPlace:
        """The teams of one municipality, also of one where nothing is kept yet."""
        name = self._allowed(municipality, within)
        with self._sessions() as session:
            people = answering(session, name)
        return _place(name, list(self._teams.of(name)), people)

    def without_second(self, within: str | None) -> tuple[str, ...]:
        """The municipalities where nobody is named yet to look after what is late."""
        return tuple(place.municipality for place in self.places(within) if place.desk.reached.second_id is None)

    def save(self, wanted: WantedTeam, within: str | None) -> RequestTeam:
        """Keep a team, new or changed."""
        municipality = self._allowed(wanted.municipality, within)
        second = self._second(wanted.second_id, municipality)
        team = RequestTeam(
            municipality,
            _short(wanted.name, "team", 120),
            _fits(_ADDRESS, _short(wanted.email, "email", 254), "email"),
            _fits(_PHONE, _short(wanted.phone, "phone", 40), "phone"),
            second.id if second else None,
            second.name if second else "",
        )
        self._teams.put(team)
        return team

    def remove(self, municipality: str, name: str, within: str | None) -> None:
        """Forget what is kept of a team; its requests are then reached by what the whole desk has."""
        self._teams.remove(self._allowed(municipality, within), name)

    def _allowed(self, municipality: str, within: str | None) -> str:
        name = self._official(municipality.strip())
        if name is None or (within is not None and name != within):
            raise TeamError("municipality")
        return name

    def _second(self, staff_id: int | None, municipality: str) -> Answering | None:
        if staff_id is None:
            return None
        with self._sessions() as session:
            found = next((one for one in answering(session, municipality) if one.id == staff_id), None)
        if found is None:
            raise TeamError("second")
        return found


def _place(municipality: str, kept: list[RequestTeam], everybody: tuple[Answering, ...]) -> TeamsOfPlace:
    people = tuple(person for person in everybody if person.municipality in (municipality, None))
    own = {team.name: team for team in kept}
    worked_in = {person.team for person in people if person.team and person.municipality == municipality}
    by_id = {person.id: person.name for person in people}
    lines = []
    for name in (WHOLE_DESK, *sorted({*own, *worked_in} - {WHOLE_DESK}, key=str.casefold)):
        team = own.get(name, RequestTeam(municipality, name))
        count = sum(1 for person in people if (person.team == name if name else True))
        lines.append(TeamLine(team, reached(kept, by_id, RequestTeam(municipality, name)), count))
    return TeamsOfPlace(municipality, tuple(lines), people)


def _short(typed: str, code: str, most: int) -> str:
    text = storable(" ".join(typed.split()))
    if len(text) > most:
        raise TeamError(code)
    return text


def _fits(pattern: re.Pattern[str], text: str, code: str) -> str:
    if text and not pattern.fullmatch(text):
        raise TeamError(code)
    return text
