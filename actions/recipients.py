"""Who gets her request: the municipality, or the care organisation that answers for it (requirements 5, rule 11)."""

from __future__ import annotations

from dataclasses import dataclass

from actions.local_rules import rule_values
from actions.turn import Turn
from knowledge.access.record import LocalRule, LocalRules

PARTNER = "zorgpartner"


@dataclass(frozen=True)
class Recipient:
    """``name`` in words she reads, after "de"; ``team``: of which team of that desk it is, ``None``: of the whole."""

    name: str
    team: str | None = None


def recipient_of(turn: Turn, municipality: str) -> Recipient:
    """Where a request of this municipality goes today. Only a partner with people at the desk gets it: nobody's
    request is sent to somebody who does not read here."""
    _, rule = _partner(turn, municipality)
    words, name = turn.services.wording, rule.details["name"] if rule is not None else ""
    team = turn.services.requests.partner_team(municipality, name) if rule is not None else None
    if team is None:
        return Recipient(words.text("utter_recipient", municipality=municipality))
    return Recipient(words.text("utter_recipient_partner", partner=name, municipality=municipality), team)


def tell_who_answers(turn: Turn, municipality: str) -> None:
    """Once in a talk, before she agrees: a partner answers there for the municipality and does not read here."""
    local, rule = _partner(turn, municipality)
    if rule is None or recipient_of(turn, municipality).team is not None:
        return
    mark = f"recipient:{local.id}"
    if mark not in turn.thread.told_desks:
        turn.thread.told_desks.append(mark)
        turn.say("partner_does_not_read_here", **rule_values(turn, local, rule))


def _partner(turn: Turn, municipality: str) -> tuple[LocalRules, LocalRule | None]:
    local = turn.services.access_rules.for_municipality(municipality)
    return local, local.holding(PARTNER, turn.services.now().date())
