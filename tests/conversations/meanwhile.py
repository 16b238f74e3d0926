"""What happens in a written talk while she is away: the clock runs, and somebody at the desk does something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.staff.accounts import Staff, StaffRole
from channels.cli.practice import Practice, as_reply
from channels.root import House

EMAIL = "petra@consulent.example"


def meanwhile(practice: Practice, what: list[str]) -> list[dict[str, Any]]:
    """Do ``what`` ("de klok loopt", "Petra pakt op", "Petra rondt af: …"), and give what she finds when she comes back.

    Raises ``KeyError`` for something nobody can do.
    """
    house, conversation_id = practice.house, practice.conversation_id
    seen = house.conversations.since(conversation_id)[-1].id
    for one in what:
        deed, _, words = one.partition(": ")
        _DEEDS[deed](house, conversation_id, words)
    house.requests.deliver_notices()
    return [as_reply(message) for message in house.conversations.since(conversation_id, seen)]


def _petra(house: House) -> Staff:
    found = [person for person in house.staff.list() if person.email == EMAIL]
    return found[0] if found else house.staff.add("Petra", EMAIL, StaffRole.COORDINATOR, None)


def _clock_runs(house: House, conversation_id: str, words: str) -> None:
    house.requests.remind()
    house.requests.ask_what_is_due()


def _reference(house: House, conversation_id: str) -> str:
    request = house.requests.for_conversation(conversation_id)
    assert request is not None
    return request.reference


def _of_petra(deed: Callable[[House, str, Staff, str], Any]) -> Callable[[House, str, str], None]:
    def done(house: House, conversation_id: str, words: str) -> None:
        deed(house, _reference(house, conversation_id), _petra(house), words)

    return done


_DEEDS: dict[str, Callable[[House, str, str], None]] = {
    "de klok loopt": _clock_runs,
    "Petra pakt op": _of_petra(lambda house, which, petra, words: house.requests.accept(which, petra)),
    "Petra belt": _of_petra(lambda house, which, petra, words: house.requests.mark_contacted(which, petra)),
    "Petra schrijft": _of_petra(lambda house, which, petra, words: house.requests.reply(which, petra, words)),
    "Petra sluit het gesprek": _of_petra(lambda house, which, petra, words: house.requests.end_chat(which, petra)),
    "Petra rondt af": _of_petra(lambda house, which, petra, words: house.requests.resolve(which, petra, words)),
}
