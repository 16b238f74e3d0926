"""Whoever works at the desk walks through it, from page to page and from form to form, as far as it goes: requests,
proposals, teams, accounts, letters, the catalogue. Forms are filled as they stand, with what they offer, or nastily.

Whatever is done: no fault, no hang, nothing of another municipality is seen or touched, no carer's words reach who may
not read them, no request is gone but by the form that erases it, and no page offers a way that is not for its reader.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.request.base import utc_now
from bot.request.fields import FieldKey
from bot.staff.accounts import Permission, StaffRole
from bot.staff.sign_in_settings import SecondFactorRule
from channels.serving import application
from knowledge.vocabulary import Urgency
from tests.fuzz.counting import threw
from tests.fuzz.forms import DeskPage
from tests.fuzz.inputs import nasty, share_of, thrown
from tests.fuzz.test_desk import Worker
from tests.house import opened_house
from tests.unit.bot.request.conftest import AGREEMENT, told
from tests.unit.channels.test_who_may_come_where import DECIDED, SHELVES, roles_of

STEPS = 6  # of one walk
HERS, ELSEWHERE = "zilverreigerveer", "kwetterboomtak"  # words of a carer of Ede, and of all that is Assen's
FINE = {200, 303, 400, 404, 409, 410, 413, 422}
NOT_FOR_THEM = {403, 405, 415}
PLACES = {"{id}": "o002", "{ending}": "csv", "{shelf}": "aanbod", "{staff_id}": "1", "{number}": "1"}
PAGES = sorted(
    (decision, one.removeprefix("GET ").replace("{shelf}", shelf))
    for decision, addresses in DECIDED.items()
    if decision not in ("public", "everyone", "folders")
    for one in addresses
    for shelf in (SHELVES if "{shelf}" in one else SHELVES[:1])
    if one.startswith("GET ")
)


class Walks:
    """Ede, where people of every role walk, and Assen, where nothing may happen."""

    def __init__(self, house, loop) -> None:
        self.house = house
        app = application(house)
        self.there = self._sent("Assen", ELSEWHERE)
        self.joost = house.staff.add(f"Joost {ELSEWHERE}", "joost@assen.example", StaffRole.COORDINATOR, "Assen")
        self.workers = [Worker(app, house, loop, role) for role in StaffRole]
        self.here: list[str] = []
        self.as_it_was = self.of_assen()

    def _sent(self, municipality: str, word: str) -> str:
        desk, name = self.house.requests, told(FieldKey.CONTACT_NAME, f"Ria {word}")
        conversation = self.house.conversations.start("web").id
        drafted = desk.draft(conversation, municipality, [name], f"Ik slaap niet {word}.", Urgency.NORMAL)
        return desk.send(drafted.id, AGREEMENT).reference

    def begin(self, worker: Worker) -> None:
        """Nobody is shut out for what an administrator did in an earlier walk; and there is something to do."""
        staff, person = self.house.staff, worker.person
        staff.enable(person.email)
        staff.change(person, name=person.name, role=person.role, municipality="Ede", team=None)
        self.here = [one for one in self.here if self.house.requests.get(one) is not None]
        while len(self.here) < 3:
            self.here.append(self._sent("Ede", HERS))

    def of_assen(self) -> object:
        """All that is theirs."""
        request = self.house.requests.get(self.there)
        told = request.state, request.municipality, request.seen_at, request.owner_id, request.forward, request.outcome
        return told, self.house.staff.find(self.joost.id)

    def address(self, page: str, number: int) -> str:
        """A page, of a request of Ede or, sometimes, of Assen."""
        references = [*self.here, self.there]
        page = page.replace("{reference}", references[number % len(references)])
        page = page.replace("{place}", "GM0106" if number % 3 else "GM0228")
        for name, value in PLACES.items():
            page = page.replace(name, value)
        return page


@pytest.fixture(scope="module")
def walks(tmp_path_factory, loop, in_haste):
    """A house of its own: what editors publish here would be said in the talks of other tests."""
    with opened_house(tmp_path_factory.mktemp("walks"), utc_now, with_model=False) as house:
        sign_in = replace(house.settings.sign_in, second_factor=SecondFactorRule.OFF)
        yield Walks(replace(house, settings=replace(house.settings, sign_in=sign_in)), loop)


NUMBER = st.integers(0, 400)
FILLING = st.lists(st.integers(0, 9) | st.integers(0, 9) | nasty(), min_size=1, max_size=6)
STEP = st.tuples(st.booleans(), NUMBER, NUMBER, FILLING)


# What was done before stays done, so a walk that fails cannot be made shorter by walking it again.
@settings(thrown("walks"), max_examples=max(1, share_of("walks") // STEPS), phases=[Phase.generate])
@given(
    who=st.integers(0, len(StaffRole) - 1),
    first=NUMBER,
    which=NUMBER,
    steps=st.lists(STEP, min_size=STEPS // 2, max_size=STEPS),
)
def test_wherever_somebody_walks_the_desk_holds(walks, who, first, which, steps):
    worker = walks.workers[who]
    walks.begin(worker)
    pages = [page for decision, page in PAGES if worker.person.role in roles_of(decision)]
    seen = looked_at(walks, worker, walks.address(pages[first % len(pages)], which))
    for looks, number, way, choices in steps:
        threw("walks")
        if looks and seen.links:
            address = seen.links[number % len(seen.links)]
            page = looked_at(walks, worker, address, shown=True)
        elif seen.forms:
            address, pairs = seen.forms[number % len(seen.forms)].filled(way, choices)
            page = looked_at(walks, worker, *posted(walks, worker, address, pairs))
        else:
            page = looked_at(walks, worker, "/desk/account")
        seen = page if page.links or page.forms else seen


def posted(walks: Walks, worker: Worker, address: str, pairs: list[tuple[str, str]]) -> tuple[str, httpx.Response]:
    body = str(
        httpx.QueryParams([(name, value.encode("utf-8", "surrogatepass").decode("latin-1")) for name, value in pairs])
    )
    kind = {"content-type": "application/x-www-form-urlencoded"}
    response = worker.asks("POST", address, content=body, headers=kind)
    assert response.status_code not in NOT_FOR_THEM, f"{worker.person.role.value} was offered POST {address}"
    if "/wissen/" not in address:
        assert all(walks.house.requests.get(one) is not None for one in walks.here), f"gone by {address}"
    return address, response


def looked_at(
    walks: Walks, worker: Worker, address: str, response: httpx.Response | None = None, *, shown: bool = False
) -> DeskPage:
    """Judges what somebody gets, and the page it leads to. ``shown``: a page of ours led there."""
    response = response if response is not None else worker.asks("GET", address)
    _judge(walks, worker, address, response)
    assert not (shown and response.status_code in NOT_FOR_THEM), f"{worker.person.role.value} was shown {address}"
    if response.status_code == 303:
        address = response.headers["location"]
        if "/sign-in" in address:  # out, and in again: no page of before is worth anything
            address = "/desk/account"
        parts = urlsplit(address)
        assert not parts.netloc, "nobody is led elsewhere"
        assert parts.path.startswith("/desk"), address
        response = worker.asks("GET", address)
        _judge(walks, worker, address, response)
    return DeskPage(response.text if "html" in response.headers.get("content-type", "") else "")


def _judge(walks: Walks, worker: Worker, address: str, response: httpx.Response) -> None:
    what = f"{worker.person.role.value} {address}"
    assert response.status_code in FINE, f"{response.status_code} {what}"
    assert ELSEWHERE not in response.text, f"of another municipality: {what}"
    if not worker.person.may(Permission.HANDLE_REQUESTS):
        assert HERS not in response.text, f"words of a carer: {what}"
    assert "<script>alert" not in response.text, what
    assert "onerror=alert(1)>" not in response.text, what
    assert walks.of_assen() == walks.as_it_was, what
