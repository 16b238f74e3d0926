"""Where a care organisation answers for the municipality: its team gets the request, or she hears why not."""

from __future__ import annotations

import pytest

from bot.staff.accounts import StaffAccounts, StaffRole
from tests.unit.actions.load_questions import requested
from tests.unit.actions.local_talks import CHECKED, publish, request_of
from tests.unit.actions.stage import Stage
from tests.unit.knowledge.local_rules import rule_data

PARTNER = "Stichting Voorbeeldzorg"
TO_PARTNER = f"organisatie {PARTNER}, namens de gemeente Zwolle"
TO_MUNICIPALITY = "consulent respijtzorg van de gemeente Zwolle"


def zorgpartner(**changes):
    return rule_data("zorgpartner", name=PARTNER, contact="038 123 45 67", **changes)


async def shown(stage: Stage) -> None:
    """Her request is on screen; what may still be asked for it is left out."""
    await requested(stage)
    while "Stuur maar zo" in stage.buttons:
        await stage.presses("Stuur maar zo")


async def sends(stage: Stage) -> None:
    """She sends it, and says yes where the health of her mother is asked about."""
    await stage.presses("Aanvraag versturen")
    if "Ja, dat mag" in stage.buttons:
        await stage.presses("Ja, dat mag")


def works_at(stage: Stage, team: str, municipality: str | None = "Zwolle", role=StaffRole.COORDINATOR):
    accounts = StaffAccounts(stage.services.requests._sessions)
    return accounts.add("Bram", "bram@x.example", role, municipality, team=team)


@pytest.mark.parametrize("team", [PARTNER, "voorbeeldzorg", "Stichting  VOORBEELDZORG."])
async def test_the_team_of_the_partner_is_shown_agreed_to_and_gets_it(stage: Stage, team: str) -> None:
    publish(stage, zorgpartner=zorgpartner())
    bram = works_at(stage, team)
    await shown(stage)
    assert TO_PARTNER in stage.text
    assert "partner_does_not_read_here" not in stage.names
    await sends(stage)
    request = request_of(stage)
    assert (request.recipient, request.agreed_recipient) == (TO_PARTNER, TO_PARTNER)
    assert request.team == bram.team
    assert request.municipality == "Zwolle"
    assert TO_PARTNER in stage.text


@pytest.mark.parametrize("case", ["no team", "elsewhere", "editor", "left", "another name"])
async def test_without_people_at_the_desk_it_goes_to_the_municipality_and_she_hears_why(
    stage: Stage, case: str
) -> None:
    publish(stage, zorgpartner=zorgpartner())
    if case == "elsewhere":
        works_at(stage, PARTNER, "Deventer")
    elif case == "editor":
        works_at(stage, PARTNER, role=StaffRole.EDITOR)
    elif case == "left":
        StaffAccounts(stage.services.requests._sessions).disable(works_at(stage, PARTNER).email)
    elif case == "another name":
        works_at(stage, "Voorbeeldzorg Noord")
    await shown(stage)
    assert "partner_does_not_read_here" in stage.names
    for part in (PARTNER, "gaat uw aanvraag naar de gemeente zelf", "038 123 45 67", CHECKED):
        assert part in stage.text
    await sends(stage)
    assert (request_of(stage).agreed_recipient, request_of(stage).team) == (TO_MUNICIPALITY, None)
    assert stage.names.count("partner_does_not_read_here") == 0, "once is enough"


@pytest.mark.parametrize("rule", [{}, {"answer": "no"}, {"checked_on": None}, {"valid_until": "2026-01-01"}])
async def test_what_is_not_surely_so_changes_nothing(stage: Stage, rule: dict) -> None:
    if rule:
        publish(stage, zorgpartner={**zorgpartner(), **rule})
    works_at(stage, PARTNER)
    await shown(stage)
    await sends(stage)
    assert (request_of(stage).recipient, request_of(stage).team) == (TO_MUNICIPALITY, None)
    assert "partner_does_not_read_here" not in stage.names
