"""The whole application without a model, over https and over http, with somebody in each role."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.staff.accounts import StaffRole
from bot.staff.sign_in_settings import SecondFactorRule
from channels.serving import application
from channels.web.guards import TokenBuckets
from tests.house import MONDAY_MORNING, SetClock, opened_house
from tests.unit.channels.test_who_may_come_where import routes_of


@pytest.fixture(scope="module")
def clock():
    return SetClock(MONDAY_MORNING)


@pytest.fixture(scope="module")
def open_house(tmp_path_factory, clock):
    with opened_house(tmp_path_factory.mktemp("hardened"), clock, with_model=False) as house:
        yield house


@pytest.fixture(scope="module")
def people(open_house):
    return {role: open_house.staff.add(role.label, f"{role.value}@ede.example", role, "Ede") for role in StaffRole}


def _site(house, people, base_url, **settings):
    sign_in = replace(house.settings.sign_in, second_factor=SecondFactorRule.OFF)
    changed = replace(house.settings, sign_in=sign_in, base_url=base_url, **settings)
    app = application(replace(house, settings=changed))
    return SimpleNamespace(app=app, staff=house.staff, people=people, base_url=base_url, routes=routes_of(app.routes))


@pytest.fixture(scope="module")
def site(open_house, people):
    """As people reach it: over https, by one name."""
    return _site(open_house, people, "https://adempauze.example", hosts=())


@pytest.fixture
def site_with(open_house, people, monkeypatch):
    """A site with other settings; its limits do not fill again while a slow machine is at work."""
    monkeypatch.setattr(TokenBuckets.__init__, "__defaults__", (lambda: 0.0, 20_000))
    return lambda **settings: _site(open_house, people, "https://adempauze.example", **settings)
