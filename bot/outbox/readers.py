"""Who reads the mail about a request, asked when the mail leaves: teams move, and people come and go."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot.conversations.tables import messages
from bot.outbox.letters import LetterEvent
from bot.request.record import Request
from bot.request.teams import RequestTeams
from bot.staff.tables import staff_accounts
from knowledge.storage import Sessions

OF_WHO_HAS_IT = frozenset({LetterEvent.NUDGED, LetterEvent.WORSENED})
"""What the carer herself brings up goes to the one person who has her request, else to the team."""


class MailReaders:
    """Answers who gets a mail, and whether the carer needs one."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._teams = RequestTeams(sessions)

    def of(self, request: Request, event: LetterEvent) -> tuple[str, ...]:
        """The addresses: of whoever is asked to take over, else of the team; of the named second person too when it
        was escalated (R101); what she brings up herself is for its owner. Empty when nobody has an address."""
        asked = request.forward if event is LetterEvent.OFFERED else None
        if asked is not None and asked.staff_id is not None:
            found = [self._of_staff(asked.staff_id)]
        elif asked is not None:
            found = [self._teams.reach(asked.municipality or request.municipality, asked.team).email]
        elif event in OF_WHO_HAS_IT and request.owner_id is not None:
            owner = self._of_staff(request.owner_id)
            found = [owner or self._teams.reach(request.municipality, request.team).email]
        else:
            found = [self._teams.reach(request.municipality, request.team).email]
        if event is LetterEvent.ESCALATED and request.second_id is not None:
            found.append(self._of_staff(request.second_id))
        return tuple(dict.fromkeys(address for address in found if address))

    def was_there(self, request: Request, since: datetime) -> bool:
        """Did she type in the talk since then? Then she saw what was written there."""
        mine = (messages.c.conversation_id == request.conversation_id, messages.c.author == "person")
        with self._sessions() as session:
            typed = session.execute(select(messages.c.id).where(*mine, messages.c.created_at > since))
            return typed.first() is not None

    def _of_staff(self, staff_id: int) -> str:
        chosen = select(staff_accounts.c.email).where(
            staff_accounts.c.id == staff_id, staff_accounts.c.disabled_at.is_(None)
        )
        with self._sessions() as session:
            return session.execute(chosen).scalar_one_or_none() or ""
