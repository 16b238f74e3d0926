"""Erasing a person's data everywhere at once: the thread, what the talk knew, requests, letters, chats, what was asked.

Most of it goes along with the row it belongs to; what does not is named here. What stays holds nothing of her: a line
in the audit log (who of the desk looked when, with a reference that leads nowhere now) and counts without a person.
"""

from __future__ import annotations

from sqlalchemy import and_, delete, select, update
from sqlalchemy.orm import Session

from bot.chats.records import WorkState
from bot.chats.tables import arrivals, chats, sendings
from bot.conversations.tables import conversations, messages
from bot.engine.tables import talks
from bot.going_on.tables import going_on_codes
from bot.request.tables import requests
from bot.request.vocabulary import RequestState


def erase_talk(session: Session, conversation_id: str) -> None:
    """In the running transaction: the thread, what the talk knew, its chat, and drafts that were never sent."""
    keys = list(session.scalars(select(chats.c.key).where(chats.c.conversation_id == conversation_id)))
    if keys:
        handled = and_(arrivals.c.chat_key.in_(keys), arrivals.c.state.in_([WorkState.DONE, WorkState.DROPPED]))
        session.execute(  # their numbers stay known, so that none comes in twice; whose they were does not
            update(arrivals).where(handled).values(chat_key="", outside_id=None, content=None)
        )
    draft = and_(requests.c.conversation_id == conversation_id, requests.c.state == RequestState.DRAFTED)
    for table, which in (
        (sendings, sendings.c.conversation_id == conversation_id),
        (chats, chats.c.conversation_id == conversation_id),
        (going_on_codes, going_on_codes.c.conversation_id == conversation_id),
        (talks, talks.c.conversation_id == conversation_id),
        (messages, messages.c.conversation_id == conversation_id),
        (requests, draft),
        (conversations, conversations.c.id == conversation_id),
    ):
        session.execute(delete(table).where(which).execution_options(synchronize_session=False))


def erase_everywhere(session: Session, conversation_id: str) -> None:
    """In the running transaction: the talk, and every request of it with its events, messages, notes, notices, letters
    and later questions."""
    hers = delete(requests).where(requests.c.conversation_id == conversation_id)
    session.execute(hers.execution_options(synchronize_session=False))
    erase_talk(session, conversation_id)
