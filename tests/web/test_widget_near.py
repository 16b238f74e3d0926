"""What nearly fits: told apart from what fits, with what would make it fit, and readable for everybody."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web.browser import Answer
from tests.web.test_widget_access import LOOKS, OFFERS, require_axe
from tests.web.test_widget_talk import say

WOULD = "Het past wel vanaf 8 weken vooruit."
NEAR = {"kind": "offers", "offers": [{**OFFERS["offers"][0], "name": "Huis De Hoek", "would_fit": [WOULD]}]}


@pytest.fixture
def house(live_server):
    live_server.reception.answers = {"aanbod": [Answer("Dit past.", card=OFFERS), Answer("Nog niet.", card=NEAR)]}
    return live_server


@pytest.mark.parametrize("look", LOOKS)
async def test_what_would_make_it_fit_stands_under_its_own_heading_and_folds_with_the_rest(house, open_page, look):
    page = await open_page(house.url, **{"reduced_motion": "reduce", **LOOKS[look]})
    await say(page, "aanbod")
    near = page.get_by_role("list", name="Wat nog niet helemaal past").get_by_role("article")
    await expect(near.get_by_role("heading", name="Wanneer het wel past")).to_be_visible()
    await expect(near.get_by_text(WOULD)).to_be_visible()
    await expect(page.get_by_role("heading", name="Wanneer het wel past")).to_have_count(1)
    await require_axe(page, "near")
    await near.get_by_text("Wat past en wat niet").click()
    await expect(near.get_by_text(WOULD)).to_be_hidden()
