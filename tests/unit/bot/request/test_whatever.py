"""Whatever happens, nothing is asked twice, at night, or after a withdrawal, an erasure or a loss."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.unit.bot.request.whatever import WhateverHappens


class TestWhateverHappens(WhateverHappens.TestCase):
    settings = settings(max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
