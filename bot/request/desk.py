"""The request desk: one service for both sides of a handover, with one store, one clock and one way to tell her."""

from __future__ import annotations

from bot.request.asking_by_clock import AskingByClock
from bot.request.carer_side import CarerSide
from bot.request.changes import Changes
from bot.request.checking import Checking
from bot.request.following import Following
from bot.request.health import HealthAnswers
from bot.request.nudging import Nudging
from bot.request.partners import Partners
from bot.request.proposing import Proposing
from bot.request.reminding import Reminding
from bot.request.staff_side import StaffSide


class RequestDesk(
    CarerSide,
    HealthAnswers,
    StaffSide,
    Proposing,
    Changes,
    Reminding,
    AskingByClock,
    Checking,
    Following,
    Nudging,
    Partners,
):
    """Everything that can be done with a request. Each change is one transaction with an event of who and when; what
    the carer must be told is stored in it and delivered after it (``deliver_notices`` catches up after a restart)."""
