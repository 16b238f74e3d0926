"""What is shared stands in every rendering; what is not stands in none."""

from __future__ import annotations

import html
import re
from dataclasses import asdict
from datetime import timedelta

import pytest
from hypothesis import given, settings

from bot.request.fields import HOW_HEAVY, LOVED_ONE_HEALTH, FieldKey
from bot.request.record import RequestOffer
from bot.request.vocabulary import CountsAs, FieldState, RequestState
from channels.rendering.open_klant import MOST_CONTENT, MOST_SUBJECT, in_pieces
from channels.rendering.papers import PDF, Papers
from channels.rendering.sample import values_of
from channels.rendering.sheet import NotForThemError, Reader
from channels.rendering.shelf import OWN_FOLDER
from channels.rendering.wmo import WmoPart, wmo_parts
from tests.unit.channels.rendering.requests import MONDAY_TEN, a_request, field, full_request, marked, requests, texts

PAPERS = Papers(clock=lambda: MONDAY_TEN)
SECRET = "dit blijft van haar"


def every_rendering(request):
    """Name and text of all that can be made of a request, markup taken away."""
    yield from ((reader.value, _text(PAPERS.page(PAPERS.sheet(request, reader)))) for reader in Reader)
    sheet = PAPERS.sheet(request, Reader.STAFF)
    yield "wmo", _text(PAPERS.wmo_page(sheet))
    yield "mail", PAPERS.mail_text(sheet)
    yield "open klant", "\n".join(PAPERS.open_klant(request).pieces)
    yield "pdf", _text(pdf_text(sheet))


def pdf_text(sheet):
    data = {**_as_data(sheet), "logo": ""}
    return PAPERS._typesetter.text_of(PAPERS.shelf.own(PDF), data, OWN_FOLDER)


def _as_data(sheet):
    return {**asdict(sheet), "title": sheet.title}


def _text(page):
    return html.unescape(re.sub(r"<[^>]*>", "", page.replace("<br>", "\n")))


def _flat(text):
    return "".join(text.split())


@settings(max_examples=40, deadline=None)
@given(requests(marked))
def test_every_shared_value_stands_in_every_rendering_and_nothing_else_does(request):
    health_withheld = LOVED_ONE_HEALTH if not request.loved_one_health_agreed else frozenset()
    shared = [item for item in request.fields if item.is_shared and item.key not in health_withheld]
    withheld = [item for item in request.fields if item.value and item not in shared]
    said = {item.value for item in shared} | {item.words for item in shared} | {request.question}
    for offer in request.offers:
        said |= {offer.name, offer.organisation, *offer.reasons, offer.checked}  # may be the same words by chance
    told = {item.value for item in shared} | {item.words for item in shared} | {request.question}
    shows_offers = all(item.key is not FieldKey.OFFERS for item in withheld)
    for name, text in every_rendering(request):
        for value in told:
            assert value in text, (name, value)
        for item in withheld:
            assert item.value in said or item.value not in text, name
            assert item.words in said or item.words not in text, name
        for offer in request.offers:
            assert (offer.name in text) is shows_offers or offer.name in told, name


@settings(max_examples=40, deadline=None)
@given(requests())
def test_whatever_people_write_is_printed_as_they_wrote_it(request):
    sheet = PAPERS.sheet(request, Reader.STAFF)
    for name, text in every_rendering(request):
        if name in ("pdf", Reader.CARER.value):
            continue  # HTML of Typst spells some signs its own way; her copy shows the same lines
        for value in values_of(sheet):
            assert _flat(value) in _flat(re.sub(r"AP-7K3M-2Q, deel \d+ van \d+\n", "", text)), name


@settings(max_examples=25, deadline=None)
@given(requests())
def test_any_request_becomes_a_pdf(request):
    for reader in Reader:
        assert PAPERS.pdf(PAPERS.sheet(request, reader)).startswith(b"%PDF-")


@pytest.mark.parametrize("key", sorted(HOW_HEAVY))
def test_how_heavy_it_is_is_shown_only_when_she_ticked_it(key):
    off = a_request(field(key, SECRET, FieldState.LEFT_OUT, SECRET))
    assert all(SECRET not in text for _, text in every_rendering(off))
    ticked = a_request(field(key, SECRET))
    assert all(SECRET in text for _, text in every_rendering(ticked))


def test_the_reasons_of_an_offer_do_not_tell_what_was_left_out():
    offer = RequestOffer("1", "De Wilg", "Opella", ("ook bij dementie",))
    told = a_request(field(FieldKey.CONDITIONS, "dementie"), offers=[offer])
    assert all("ook bij dementie" in text for _, text in every_rendering(told))
    for kept in (
        a_request(field(FieldKey.CONDITIONS, "dementie", FieldState.LEFT_OUT), offers=[offer]),
        a_request(field(FieldKey.CONDITIONS, "dementie"), offers=[offer], loved_one_health_agreed=False),
    ):
        assert all("dementie" not in text and "De Wilg" in text for _, text in every_rendering(kept))


def test_urgency_that_was_left_out_is_nowhere():
    request = a_request(field(FieldKey.URGENCY, "nog een paar weken", FieldState.LEFT_OUT))
    assert PAPERS.sheet(request, Reader.STAFF).urgency_label == ""
    assert "snel" not in PAPERS.open_klant(request).onderwerp


def test_staff_get_no_draft_and_nothing_that_was_taken_back():
    draft = a_request(state=RequestState.DRAFTED, sent_at=None)
    for request in (draft, a_request(state=RequestState.WITHDRAWN)):
        with pytest.raises(NotForThemError):
            PAPERS.sheet(request, Reader.STAFF)
    assert "nog niet verstuurd" in PAPERS.page(PAPERS.sheet(draft, Reader.CARER))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (RequestState.SENT, "zoekt uiterlijk"),
        (RequestState.CONTACTED, "nummer AP-7K3M-2Q"),
        (RequestState.FORWARDED, "Petra heeft uw aanvraag overgenomen"),
        (RequestState.RESOLVED, "elke dinsdag"),
        (RequestState.WITHDRAWN, "ingetrokken"),
    ],
)
def test_her_copy_says_what_happens_next(state, words):
    sheet = PAPERS.sheet(a_request(state=state, owner="Petra", outcome="Vanaf 3 juni elke dinsdag."), Reader.CARER)
    assert words in _text(PAPERS.page(sheet))
    assert words in _text(pdf_text(sheet))
    assert ("zoekt uiterlijk" in PAPERS.page(sheet)) is (state is RequestState.SENT)


def test_the_wmo_form_has_every_part_of_the_investigation_and_every_line_once():
    sheet = PAPERS.sheet(full_request(), Reader.STAFF)
    parts = wmo_parts(sheet)
    assert sorted(line.key for part in parts for line in part.lines) == sorted(FieldKey)
    empty = [part.key for part in wmo_parts(PAPERS.sheet(a_request(), Reader.STAFF))]
    assert empty == [part for part in WmoPart if part not in (WmoPart.URGENCY, WmoPart.OTHER)]


def test_a_line_of_hers_cannot_look_like_a_heading_of_ours():
    request = a_request(field(FieldKey.TRIED, "opvang\nCONTACT\nTelefoon: 0900"), question="hulp\nCONTACT")
    for text in (PAPERS.mail_text(PAPERS.sheet(request, Reader.STAFF)), PAPERS.open_klant(request).inhoud):
        assert "CONTACT" in text
        assert not any(line.startswith(("CONTACT", "Telefoon: 0900")) for line in text.splitlines())


@given(texts.map(lambda text: text * 40), texts)
def test_the_pieces_for_open_klant_fit_and_lose_nothing(text, subject):
    made = in_pieces(subject, text, "AP-7K3M-2Q")
    assert len(made.onderwerp) <= MOST_SUBJECT
    assert all(0 < len(piece) <= MOST_CONTENT for piece in made.pieces)
    heads = [f"AP-7K3M-2Q, deel {n} van {len(made.pieces)}\n" for n in range(1, len(made.pieces) + 1)]
    if len(made.pieces) == 1:
        assert made.inhoud == text.strip()
    else:
        assert all(piece.startswith(head) for piece, head in zip(made.pieces, heads, strict=True))
        bodies = [piece.removeprefix(head) for piece, head in zip(made.pieces, heads, strict=True)]
        assert "".join(bodies) == text.strip()


def test_the_six_weeks_are_on_paper_where_it_is_a_melding():
    for _, text in every_rendering(a_request(counts_as=CountsAs.MELDING)):
        assert "maandag 4 januari 2027" in text
    assert all("Wmo-onderzoek:" not in text for _, text in every_rendering(a_request(counts_as=CountsAs.CONTACT)))


def test_moments_are_in_dutch_time_also_in_summer():
    sheet = PAPERS.sheet(a_request(sent_at=MONDAY_TEN - timedelta(days=150)), Reader.STAFF)
    assert sheet.sent == "vrijdag 26 juni 2026 om 11:00 uur"


def test_partner_is_not_said_beside_man_and_stands_in_no_gap_but_stays_where_it_says_more():
    def labels(relation, who):
        sheet = PAPERS.sheet(
            a_request(field(FieldKey.RELATION, relation), field(FieldKey.LOVED_ONE, who)), Reader.CARER
        )
        return [line.label for line in sheet.lines], sheet.gaps

    assert labels("partner", "man") == (["Wie"], ())
    assert labels("mijn ex", "man")[0] == ["Zorgt voor", "Wie"], "what she wrote herself stays"
