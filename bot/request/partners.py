"""A care organisation that answers requests for the municipality: does it have a team at this desk?"""

from __future__ import annotations

import re

from bot.request.base import Desk
from bot.request.teams import answering
from bot.understanding.text import fold

_LEGAL_FORM = re.compile(r"^(?:stichting|vereniging|cooperatie|bv|st\.?)\s+|[^\w\s]|\s+(?:bv|nv)$")


class Partners(Desk):
    """Which team of the desk is of an organisation (requirements, section 5, rule 11)."""

    def partner_team(self, municipality: str, organisation: str) -> str | None:
        """The team that bears the name of this organisation and where somebody answers requests of the municipality;
        ``None`` when there is none: a team without people is a closed door. "Stichting" and capitals do not matter."""
        wanted = _bare(organisation)
        with self._sessions() as session:
            teams = {person.team for person in answering(session, municipality) if person.team}
        return next((team for team in sorted(teams) if wanted and _bare(team) == wanted), None)


def _bare(name: str) -> str:
    return " ".join(_LEGAL_FORM.sub("", " ".join(fold(name).split())).split())
