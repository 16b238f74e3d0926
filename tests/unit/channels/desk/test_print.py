"""A request on paper for the desk: the same doors as its screen, and nothing that stays behind in a cache."""

from __future__ import annotations

import pytest

from bot.request.vocabulary import RequestState
from tests.unit.bot.request.conftest import sent
from tests.unit.channels.desk_site import open_site

KINDS = ("print", "pdf", "wmo")


@pytest.fixture
def desk(tmp_path):
    with open_site(tmp_path) as site:
        yield site


@pytest.fixture
async def petra(desk):
    return await desk.browser().enter(desk.petra)


@pytest.mark.parametrize("kind", KINDS)
async def test_who_may_read_it_may_print_it(desk, petra, kind):
    request = sent(desk.requests)
    answer = await petra.get(f"/desk/requests/{request.reference}/{kind}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert desk.requests.get(request.reference).state is RequestState.SEEN


async def test_the_pages_hold_her_words_and_not_what_she_kept(desk, petra):
    request = sent(desk.requests)
    for kind in ("print", "wmo"):
        page = (await petra.get(f"/desk/requests/{request.reference}/{kind}")).text
        assert "Mijn man vergeet steeds meer" in page
        assert "slaapt slecht" not in page
        assert "<style" not in page
        assert f'href="/desk/requests/{request.reference}/pdf"' in page


async def test_the_pdf_opens_here_and_its_name_is_the_number(desk, petra):
    request = sent(desk.requests)
    answer = await petra.get(f"/desk/requests/{request.reference}/pdf")
    assert answer.headers["content-disposition"] == f'inline; filename="aanvraag-{request.reference}.pdf"'
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("kind", KINDS)
async def test_another_municipality_and_an_editor_get_nothing(desk, kind):
    path = f"/desk/requests/{sent(desk.requests).reference}/{kind}"
    for person, status in ((desk.joost, 404), (desk.els, 403)):
        answer = await (await desk.browser().enter(person)).get(path)
        assert answer.status_code == status
        assert "Mijn man" not in answer.text
    assert (await desk.browser().get(path)).headers["location"].startswith("/desk/sign-in")


@pytest.mark.parametrize("kind", KINDS)
async def test_what_was_taken_back_is_not_printed(desk, petra, kind):
    request = sent(desk.requests)
    desk.requests.withdraw(request.id)
    answer = await petra.get(f"/desk/requests/{request.reference}/{kind}")
    assert answer.status_code == 404
    assert "Mijn man" not in answer.text
