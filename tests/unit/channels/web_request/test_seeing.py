"""How her request is now: she alone sees it, and the last card in the talk says the same."""

from __future__ import annotations

from tests.unit.channels.widget_api import Widget
from tests.web.browser import Answer


async def test_she_sees_how_it_is_now_with_what_she_leaves_out(widget):
    card = (await widget.http.get("/api/request")).json()["card"]
    fields = {each["key"]: each for section in card["sections"] for each in section["fields"]}
    assert (fields["load"]["state"], fields["load"]["text"]) == ("left_out", "erg zwaar")
    assert (fields["load"]["optional"], fields["contact_name"]["optional"]) == (True, False)
    assert (fields["conditions"]["health"], fields["contact_name"]["health"]) == (True, False)
    assert card["changeable"] is True
    assert card["standing"] == "Nog niet verstuurd. Alleen u ziet dit."


async def test_the_last_card_in_the_talk_says_how_it_stands_now_and_no_other_does(widget, latest, reception):
    shown = {"kind": "request", "reference": latest.request.reference, "changeable": False}
    other = {**shown, "reference": "AP-2222-22"}
    for word, cards in {"een": [shown, shown], "ander": [other], "aanbod": [{"kind": "offers"}]}.items():
        reception.answers[word] = [Answer("Kijk.", card=card) for card in cards]
    said = await widget.say("een")
    cards = [message["card"] for message in said.json()["messages"] if message["card"]]
    now = {"standing": "Nog niet verstuurd. Alleen u ziet dit.", "changeable": True}
    assert cards == [shown, {**shown, **now}]
    followed = (await widget.http.get("/api/messages?after=0")).json()["messages"]
    assert [message["card"] for message in followed if message["card"]] == cards
    for word in ("ander", "aanbod"):
        last = (await widget.say(word)).json()["messages"][-1]
        assert last["card"] == reception.answers[word][-1].card


async def test_a_card_that_cannot_be_brought_up_to_date_keeps_nothing_else_from_her(widget, latest, reception):
    shown = {"kind": "request", "reference": latest.request.reference}
    reception.answers["toon"] = [Answer("Bel 112.", card=shown)]
    latest.request = "what cannot be read"
    said = await widget.say("toon")
    assert (said.status_code, said.json()["messages"][-1]["text"]) == (200, "Bel 112.")
    assert said.json()["messages"][-1]["card"] == shown


async def test_without_a_request_there_is_nothing_to_see(widget, latest):
    latest.request = None
    answer = await widget.http.get("/api/request")
    assert (answer.json(), answer.headers["cache-control"]) == ({"card": None}, "no-store")


async def test_nobody_without_a_conversation_sees_it(house):
    assert (await Widget(house[0]).http.get("/api/request")).status_code == 401


async def test_looking_has_a_pace(widget):
    assert 429 in [(await widget.http.get("/api/request")).status_code for _ in range(60)]
