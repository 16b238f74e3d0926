"""The request desk: one service for both sides of a handover, with one store, one clock and one way to tell her."""

from __future__ import annotations

from bot.request.carer_side import CarerSide
from bot.request.reminding import Reminding
from bot.request.staff_side import StaffSide


class RequestDesk(CarerSide, StaffSide, Reminding):
    """Everything that can be done with a request. Each change is one transaction with an event of who and when; what
    the carer must be told is stored in it and delivered after it (``deliver_notices`` catches up after a restart)."""
