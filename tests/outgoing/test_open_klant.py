"""Open Klant: every call held against its OpenAPI document, nothing lost, nothing made twice."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.outbox.letters import Letter, LetterEvent, LetterKind, LetterState
from bot.request.clock import OfficeHours
from bot.request.fields import FieldKey
from bot.request.record import Request
from channels.outgoing.open_klant_content import OpenKlantContent
from channels.outgoing.post import carriers
from channels.outgoing.settings import OpenKlantSettings, OutgoingSettings
from channels.outgoing.worker import Worker
from channels.rendering.open_klant import in_pieces
from knowledge.vocabulary import Urgency
from tests.outgoing.open_klant_server import DOCUMENT, TOKEN, as_schema, faults, open_klant
from tests.unit.bot.request.conftest import MONDAY_TEN, told

ACTOR = "0f2a1b7e-6f65-4a1c-9f0e-1d2c3b4a5f60"
LONG = "Mijn man vergeet steeds meer.\n" * 100


def text_of(request):
    """The request as text, as far as these tests need it."""
    lines = [request.question, *(f"{item.key.label}: {item.value}" for item in request.fields if item.is_shared)]
    return in_pieces(f"Aanvraag {request.reference}", "\n".join(lines), request.reference)


def worker(house, url: str, token: str = TOKEN) -> Worker:
    ours = OutgoingSettings(open_klant=OpenKlantSettings(url, token, ACTOR))
    ways = carriers(
        ours,
        sessions=house.sessions,
        base_url="https://adempauze.example",
        office=OfficeHours(),
        text_of=text_of,
        clock=house.clock,
    )
    return Worker(house.outbox, ways)


@pytest.fixture
def register():
    with open_klant() as started:
        yield started
        assert started[0].faults == []


def state(house) -> LetterState:
    return next(state for state, count in house.outbox.counts().items() if count)


async def until_quiet(house, url: str) -> None:
    for _ in range(12):
        await worker(house, url).deliver_due()
        house.forward(minutes=361)


class TestWhatIsMade:
    async def test_a_contact_a_person_her_addresses_and_a_task(self, house, register):
        made, url = register
        request = house.request()
        house.letter(LetterKind.OPEN_KLANT, request=request)
        await worker(house, url).deliver_due()
        (contact,), (task,) = made.contacts, made.tasks
        assert contact["kanaal"] == "Adempauze"
        assert contact["vertrouwelijk"] is True
        assert "Mijn man vergeet steeds meer." in contact["inhoud"]
        assert contact["_person"]["contactnaam"]["voornaam"] == "Ria de Vries"
        assert [(item["adres"], item["soortDigitaalAdres"]) for item in made.addresses] == [
            ("0612345678", "telefoonnummer"),
            ("ria@carer.example", "email"),
        ]
        assert task["aanleidinggevendKlantcontact"]["uuid"] == contact["uuid"]
        assert [actor["uuid"] for actor in task["toegewezenAanActoren"]] == [ACTOR]
        assert "vóór donderdag 26 november" in task["toelichting"]
        assert request.reference in task["gevraagdeHandeling"]
        assert state(house) is LetterState.DELIVERED

    async def test_a_long_request_goes_on_in_the_next_contacts(self, house, register):
        made, url = register
        request = house.request(question=LONG)
        house.letter(LetterKind.OPEN_KLANT, request=request)
        await worker(house, url).deliver_due()
        assert len(made.contacts) > 2
        assert all(len(contact["inhoud"]) <= 1000 for contact in made.contacts)
        whole = "".join(contact["inhoud"].partition("\n")[2] for contact in made.contacts)
        assert whole == text_of_whole(request)
        first, *rest = made.contacts
        assert {contact["_after"]["uuid"] for contact in rest} == {first["uuid"]}
        assert first["onderwerp"].endswith(f"(deel 1 van {len(made.contacts)})")
        assert len(made.tasks) == 1

    async def test_what_was_sent_is_not_kept_in_the_outbox(self, house, register):
        house.letter(LetterKind.OPEN_KLANT)
        await worker(house, register[1]).deliver_due()
        with house.sessions() as session:
            sent = session.query(Letter).filter(Letter.kind == LetterKind.OPEN_KLANT).one()
        assert sent.content is None

    async def test_a_request_that_was_withdrawn_does_not_leave_and_the_register_hears_it(self, house, register):
        made, url = register
        request = house.request()
        house.letter(LetterKind.OPEN_KLANT, request=request)
        house.desk.withdraw(request.stored_id)
        house.letter(LetterKind.OPEN_KLANT, LetterEvent.WITHDRAWN, request)
        await worker(house, url).deliver_due()
        (contact,) = made.contacts
        assert "ingetrokken" in contact["inhoud"]
        assert not any(word in json.dumps(made.made) for word in ("Ria", "dementie", "0612345678"))
        assert len(made.tasks) == 1


class TestOnce:
    @pytest.mark.parametrize("broken", ["post /maak-klantcontact", "post /digitaleadressen", "post /internetaken"])
    async def test_a_line_that_breaks_after_the_register_took_it_makes_nothing_twice(self, house, register, broken):
        made, url = register
        request = house.request(question=LONG)
        house.letter(LetterKind.OPEN_KLANT, request=request)
        calls: list[str] = []

        def hang_up(method: str, path: str) -> None:
            calls.append(f"{method} {path}")
            if calls.count(broken) in (1, 2) and calls[-1] == broken:
                raise ConnectionResetError

        made.after = hang_up
        await until_quiet(house, url)
        assert state(house) is LetterState.DELIVERED
        assert calls.count(broken) >= 1
        assert calls.count("get /klantcontacten") > len(text_of(request).pieces), "there was no second try"
        contents = [contact["inhoud"] for contact in made.contacts]
        assert len(contents) == len(set(contents)) == len(text_of(request).pieces)
        assert (len(made.addresses), len(made.tasks)) == (2, 1)

    async def test_a_register_that_ignores_what_it_is_asked_is_not_believed(self, house, register):
        made, url = register
        for conversation in ("c1", "c2"):
            house.letter(LetterKind.OPEN_KLANT, request=house.request(conversation))
        made.deaf = True
        await worker(house, url).deliver_due()
        assert (len(made.contacts), len(made.tasks)) == (2, 2)

    async def test_a_change_between_two_tries_sends_what_the_first_began(self, house, register):
        made, url = register
        request = house.request(question=LONG)
        house.letter(LetterKind.OPEN_KLANT, request=request)
        made.answers["post /internetaken"] = (503, {})
        await worker(house, url).deliver_due()
        house.desk.change_field(request.stored_id, FieldKey.CONDITIONS, "niets bijzonders")
        made.answers.clear()
        await until_quiet(house, url)
        assert len(made.contacts) == len(text_of(request).pieces)


class TestAnswers:
    @pytest.mark.parametrize(
        ("answer", "expected"),
        [
            ((503, {}), (LetterState.WAITING, "http 503")),
            ((429, {"retry-after": "900"}), (LetterState.WAITING, "http 429")),
            ((403, {}), (LetterState.WAITING, "http 403")),
            ((302, {"location": "http://elders.example/"}), (LetterState.WAITING, "http 302")),
            ((422, {}), (LetterState.DEAD, "http 422")),
        ],
    )
    async def test_an_answer_says_whether_to_try_again(self, house, register, answer, expected):
        made, url = register
        house.letter(LetterKind.OPEN_KLANT)
        made.answers["post /maak-klantcontact"] = answer
        await worker(house, url).deliver_due()
        with house.sessions() as session:
            letter = session.query(Letter).one()
        assert (letter.state, letter.reason) == expected
        if answer[0] == 429:
            assert (letter.due_at - house.clock()).total_seconds() == 900

    async def test_a_wrong_key_is_mended_by_an_operator_and_kills_no_letter(self, house, register):
        _, url = register
        house.letter(LetterKind.OPEN_KLANT)
        await worker(house, url, "fout").deliver_due()
        assert state(house) is LetterState.WAITING
        await until_quiet(house, url)
        assert state(house) is LetterState.DELIVERED


text = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=300)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(question=st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=4000), name=text,
       phone=text, email=text, when=text)  # fmt: skip
def test_whatever_she_wrote_fits_the_document(question, name, phone, email, when):
    keys = (FieldKey.CONTACT_NAME, FieldKey.CONTACT_PHONE, FieldKey.CONTACT_EMAIL, FieldKey.CONTACT_WHEN)
    fields = [told(key, value) for key, value in zip(keys, (name, phone, email, when), strict=True)]
    request = Request(
        "AP-7K3M-2Q", "c1", "Ede", "", question, fields, [], Urgency.NORMAL, "normal", MONDAY_TEN, answer_by=MONDAY_TEN
    )
    letter = Letter(ACTOR, ACTOR, LetterKind.OPEN_KLANT, LetterEvent.SENT, 1, MONDAY_TEN, MONDAY_TEN)
    content = OpenKlantContent(text_of, "https://adempauze.example", OfficeHours()).of(letter, request)
    schemas = DOCUMENT["components"]["schemas"]
    for contact in content["klantcontacten"]:
        sent = {"klantcontact": contact, "betrokkene": content["betrokkene"]}
        assert faults(schemas["MaakKlantcontact"], sent, answer=False) == []
    for address in content["adressen"]:
        assert faults(schemas["DigitaalAdres"], address, answer=False) == []
    task = {**content["taak"], "aanleidinggevendKlantcontact": {"uuid": ACTOR}}
    assert faults(schemas["InterneTaak"], task, answer=False) == []


def test_the_document_can_say_no():
    schema = DOCUMENT["components"]["schemas"]["Klantcontact"]
    good = {"kanaal": "x", "onderwerp": "x", "taal": "nld", "vertrouwelijk": True}
    assert faults(schema, good, answer=False) == []
    assert faults(schema, {**good, "kanaal": "x" * 51}, answer=False)
    assert faults(schema, {**good, "uuid": ACTOR}, answer=False)
    assert faults(schema, {**good, "spoed": True}, answer=False)
    assert "maxLength" in as_schema(schema, answer=False)["properties"]["kanaal"]


def text_of_whole(request) -> str:
    lines = [request.question, *(f"{item.key.label}: {item.value}" for item in request.fields if item.is_shared)]
    return "\n".join(lines).strip()
