"""How messages and cards look in Telegram: whole, in order, escaped, and no longer than it takes."""

from __future__ import annotations

import re
from datetime import timedelta
from html import escape
from types import SimpleNamespace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from bot.chats.keys import ChatKeys
from bot.request.base import utc_now
from bot.request.fields import FieldKey
from channels.rendering.papers import Papers
from channels.telegram.building import exports_of
from channels.telegram.cutting import MOST, cut, length
from channels.telegram.links import COPY_PATH, DayLinks, municipality_of, slug
from channels.telegram.routes import telegram_routes
from channels.telegram.showing import Block, TelegramShow, as_pieces, in_one_line, in_rows
from knowledge.vocabulary import Urgency
from tests.telegram_wire import is_broken
from tests.unit.bot.request.conftest import AGREEMENT, told

OFFER = {
    "id": "x",
    "name": "Handen-in-huis <Ede> & omstreken",
    "organisation": "Stichting X",
    "kind": "vrijwilliger thuis",
    "area": "Ede",
    "fits": ["Komt bij u thuis.", "Ook in het weekend.", "a", "b"],
    "misfits": ["Niet in de nacht."],
    "unknowns": ["Of er plek is, weet ik niet."],
    "would_fit": [],
    "payers": ["Wmo"],
    "payers_certain": False,
    "phone": "0318 12 34 56",
    "url": "https://x.example/?a=1&b=2",
    "freshness": "Nagekeken op 1 november.",
}
REQUEST = {
    "kind": "request",
    "reference": "AP-7K3M-2Q",
    "recipient": "consulent van de gemeente Ede",
    "question": "Ik kan niet meer <3",
    "sections": [
        {
            "title": "Wie zorgt",
            "fields": [
                {"key": "a", "label": "Zorgt voor", "value": "man", "state": "told"},
                {"key": "b", "label": "Nachten", "value": "weggelaten", "state": "left_out"},
            ],
        },
    ],
}


@pytest.fixture(scope="module")
def show(house) -> TelegramShow:
    keys = ChatKeys("geheim", "telegram", utc_now)
    return TelegramShow(house.wording, keys, lambda conversation_id: f"https://x.example/{conversation_id}")


def said(text="", card=None, buttons=(), author="assistant", name=None):
    return SimpleNamespace(id=12, text=text, card=card, buttons=list(buttons), author=author, author_name=name)


CHAT = SimpleNamespace(key="k" * 64, conversation_id="c1")


def test_an_offer_is_one_short_block_with_why_how_and_how_fresh(show):
    (piece,) = show(CHAT, said("Dit kan bij u passen.", {"kind": "offers", "offers": [OFFER]}))
    assert piece.content["plain"].splitlines() == [
        "Dit kan bij u passen.",
        "",
        "Handen-in-huis <Ede> & omstreken",
        "Stichting X · vrijwilliger thuis · Ede",
        "✓ Komt bij u thuis.",
        "✓ Ook in het weekend.",
        "✓ a",
        "✓ b",
        "– Niet in de nacht.",
        "? Of er plek is, weet ik niet.",
        "Betalen kan misschien via (dat is nog niet nagekeken): Wmo",
        "Bel 0318 12 34 56",
        "Lees meer op de website: https://x.example/?a=1&b=2",
        "Nagekeken op 1 november.",
    ]
    assert "<b>Handen-in-huis &lt;Ede&gt; &amp; omstreken</b>" in piece.content["html"]
    assert "<i>Nagekeken op 1 november.</i>" in piece.content["html"]
    assert "<blockquote expandable>✓ Komt bij u thuis." in piece.content["html"]
    assert '<a href="https://x.example/?a=1&amp;b=2">Lees meer op de website</a>' in piece.content["html"]


def test_the_request_is_read_part_by_part_with_the_way_to_a_copy(show):
    buttons = [{"title": "Aanvraag versturen", "payload": "x"}]
    (piece,) = show(CHAT, said("Dit is de aanvraag.", REQUEST, buttons))
    plain = piece.content["plain"]
    parts = ["Dit is de aanvraag.", "Nummer AP-7K3M-2Q", "Voor: consulent", "“Ik kan niet meer <3”", "Wie zorgt"]
    places = [plain.index(part) for part in [*parts, "Zorgt voor: man", "Nachten: weggelaten", "https://x.example/c1"]]
    assert places == sorted(places)
    assert "Nachten: <i>weggelaten</i>" in piece.content["html"]
    assert '<a href="https://x.example/c1">Bewaar een kopie van uw aanvraag</a>' in piece.content["html"]
    assert [title for row in piece.content["rows"] for title, _ in row] == ["Aanvraag versturen"]


def test_a_person_of_the_municipality_has_a_name_and_is_a_person(show):
    (piece,) = show(CHAT, said("Ik bel u morgen.", author="staff", name="Petra <de Wit>"))
    assert piece.content["plain"] == "Petra <de Wit> (een mens)\n\nIk bel u morgen."
    assert piece.content["html"].startswith("<b>Petra &lt;de Wit&gt; (een mens)</b>")


def test_what_is_said_of_danger_goes_first_and_nothing_else(show, house):
    assert show(CHAT, said(house.wording.text("utter_danger_suicide")))[0].first
    assert show(CHAT, said(house.wording.text("utter_greeting")))[0].first
    assert not show(CHAT, said("Voor wie zorgt u?"))[0].first
    assert not show(CHAT, said(house.wording.text("utter_danger_suicide"), author="staff"))[0].first


def test_buttons_are_under_the_last_piece_only(show):
    pieces = show(CHAT, said("Zin. " * 2000, buttons=[{"title": "Ja", "payload": "x"}]))
    assert len(pieces) > 1
    assert [len(piece.content["rows"]) for piece in pieces] == [0] * (len(pieces) - 1) + [1]


def test_a_button_of_the_website_is_named_as_the_command_it_is_here(show, house):
    names = [name for name in house.wording.names() if not name.startswith(("utter_widget", "utter_telegram"))]
    about = [text for name in names if "Wis gesprek" in (text := _said_by(house, name))]
    assert about, "the talk names the button somewhere"
    for text in about:
        (piece,) = show(CHAT, said(text))
        assert "/wis" in piece.content["plain"]
        assert "knop" not in piece.content["plain"]
        assert piece.content["plain"].endswith("Stuur /mijn.")


def _said_by(house, name):
    try:
        return house.wording.text(name)
    except LookupError:  # it needs a value
        return ""


def test_short_buttons_stand_beside_each_other_and_long_ones_alone():
    titles = ["Ja, dat mag", "Nee", "Weet ik niet", "Ik wil een mens spreken", "Sla over"]
    rows = [[title for title, _ in row] for row in in_rows([(title, "x") for title in titles])]
    assert rows == [["Ja, dat mag", "Nee"], ["Weet ik niet"], ["Ik wil een mens spreken"], ["Sla over"]]


@given(st.lists(st.text(min_size=1, max_size=50), max_size=9))
def test_no_button_is_lost_moved_or_too_wide(titles):
    rows = in_rows([(in_one_line(title), str(place)) for place, title in enumerate(titles)])
    assert [data for row in rows for _, data in row] == [str(place) for place in range(len(titles))]
    assert all(len(row) == 1 or all(length(title) <= 13 for title, _ in row) for row in rows)
    assert all(length(title) <= 38 for row in rows for title, _ in row)


texts = st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=400)
sentences = st.lists(
    st.sampled_from(["Dat kan. ", "Wie helpt u? ", "woord ", "\n\n", "\n", "😭", "<b>&"]), max_size=300
)


@given(texts | sentences.map("".join), st.integers(min_value=2, max_value=120))
def test_cutting_loses_nothing_but_white_space(text, most):
    pieces = cut(text, most)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece.strip() and length(piece) <= most for piece in pieces)


def test_a_long_text_is_cut_after_a_sentence():
    pieces = cut("Dit is een zin van iemand die moe is. " * 300)
    assert len(pieces) == 3
    assert all(piece.endswith("moe is.") for piece in pieces)
    assert cut("Dit is alinea een, met een paar woorden.\n\n" + "Zin twee. " * 3, 60)[0].endswith("woorden.")


def test_length_is_counted_as_telegram_counts():
    assert length("a😭") == 3
    assert [length(piece) for piece in cut("😭" * 3000)] == [4000, 2000]


@given(st.lists(texts, max_size=8))
def test_no_piece_is_too_long_and_all_markup_is_sound(parts):
    blocks = [Block(f"<b>{escape(part, quote=False)}</b>", part) for part in parts if part.strip()]
    for piece in as_pieces(blocks, [("Ja", "x")]):
        assert length(piece.content["plain"]) <= MOST
        assert not is_broken(piece.content["html"])


@given(texts, texts, texts)
def test_whatever_anybody_wrote_is_escaped(show, text, name, value):
    card = {"kind": "offers", "offers": [{**OFFER, "name": name or "x", "fits": [value]}]}
    for message in (said(text, card), said(text or "x", author="staff", name=name), said(text, _request_with(value))):
        for piece in show(CHAT, message):
            assert not is_broken(re.sub(r"\s", " ", piece.content["html"]))


def _request_with(value):
    field = {"key": "a", "label": "Wie", "value": value, "state": "told"}
    return {**REQUEST, "question": value, "sections": [{"title": "De ander", "fields": [field]}]}


def test_every_municipality_can_be_named_in_a_link(house):
    find = municipality_of(house.regions)
    for each in house.regions.municipalities():
        assert re.fullmatch(r"[a-z0-9-]{1,40}", slug(each.name))
        assert find(slug(each.name)) == each.name


async def test_the_copy_is_there_for_a_day_and_for_nobody_else(house):
    moment = [utc_now()]
    links = DayLinks(house.settings.secret, "http://house", COPY_PATH, lambda: moment[0])
    talk = house.conversations.start("telegram").id
    fields = [told(FieldKey.CONTACT_NAME, "Ria de Vries")]
    draft = house.requests.draft(talk, "Ede", fields, "Ik kan niet meer.", Urgency.NORMAL)
    house.requests.send(draft.stored_id, AGREEMENT)
    papers = Papers(None, utc_now, house.requests.office)
    app = Starlette(routes=telegram_routes(None, links, papers, house.requests.for_conversation, exports_of(house)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://house") as client:
        address = links.address(talk)
        page = await client.get(address)
        assert (page.status_code, "Ria de Vries" in page.text) == (200, True)
        assert page.headers["referrer-policy"] == "no-referrer"
        assert talk not in address
        pdf = await client.get(f"{address}/pdf")
        assert pdf.content.startswith(b"%PDF")
        assert (await client.get(address[:-4] + "AAAA")).status_code == 404
        other = DayLinks("ander geheim", "http://house", COPY_PATH, utc_now).address(talk)
        assert (await client.get(other)).status_code == 404
        moment[0] += timedelta(hours=25)
        assert (await client.get(address)).status_code == 404
