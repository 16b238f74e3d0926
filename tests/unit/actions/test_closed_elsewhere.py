"""The municipality ticked her request off in a register of its own: she is asked, and both answers lead somewhere."""

from __future__ import annotations

from sqlalchemy import select

from bot.request.elsewhere import Elsewhere
from bot.request.history import RequestEvent
from bot.request.tables import request_events
from bot.request.vocabulary import EventKind, RequestState
from tests.unit.actions.local_talks import request_of
from tests.unit.actions.stage import Stage
from tests.unit.actions.test_recipients import sends, shown


async def asked(stage: Stage) -> None:
    """Her request was sent, closed in the register, and the question is on screen."""
    await shown(stage)
    await sends(stage)
    request, desk = request_of(stage), stage.services.requests
    assert Elsewhere(desk._sessions, desk._clock).close_elsewhere(request.stored_id, None)
    said = stage.services.wording.say("utter_request_closed_elsewhere", reference=request.reference)
    assert "Wij weten niet hoe." in said.text
    stage.said = [said]


def history(stage: Stage) -> list[EventKind]:
    mine = select(RequestEvent).where(request_events.c.request_id == request_of(stage).stored_id)
    with stage.services.requests._sessions() as session:
        return [event.kind for event in session.scalars(mine.order_by(request_events.c.id))]


async def test_not_yet_is_written_with_her_request_and_it_stays(stage: Stage) -> None:
    await asked(stage)
    await stage.presses("Nee, nog niet")
    assert history(stage)[-1] is EventKind.UNCHANGED
    assert request_of(stage).state is RequestState.SENT


async def test_no_longer_needed_is_asked_once_more_and_then_withdrawn(stage: Stage) -> None:
    await asked(stage)
    await stage.presses("Ja, het hoeft niet meer")
    assert request_of(stage).state is RequestState.SENT, "nothing is taken back by one press"
    await stage.presses("Ja, trek hem in")
    assert request_of(stage).state is RequestState.WITHDRAWN
