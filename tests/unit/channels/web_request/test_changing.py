"""The form of her request: hers alone, nothing half done, and every refusal in words she can use."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.request.vocabulary import RequestState
from channels.web.request_api import MOST_SIGNS
from tests.unit.channels.widget_api import Widget, texts


async def change(widget, mark="a-mark-of-hers", **said):
    return await widget.http.post("/api/request", json={"client_id": mark, **said})


def pressed(reception):
    """What the reception was handed, taken apart."""
    return [json.loads(incoming.payload.removeprefix("/choose")) for incoming in reception.received]


async def test_all_she_changed_goes_to_the_reception_as_one_button(widget, reception):
    said = {
        "changes": {"contact_name": " Ria de Wit ", "hours": None},
        "include": ["load"],
        "loved_one_health": False,
    }
    answer = await change(widget, **said)
    assert answer.status_code == 200
    value = {**said, "changes": {"contact_name": "Ria de Wit", "hours": None}}
    assert pressed(reception) == [{"question": "request_form", "value": value}]
    assert texts(answer)[-2:] == [
        ("person", "Ik heb mijn aanvraag aangepast."),
        ("assistant", "Ik las: Ik heb mijn aanvraag aangepast."),
    ]
    assert answer.json()["messages"][-2]["client_id"] == "a-mark-of-hers"


@pytest.mark.parametrize("words", ["Wie neemt het eens over?", None])
async def test_her_question_goes_beside_the_fields(widget, reception, words):
    await change(widget, changes={"question": words, "hours": "40"})
    (answer,) = pressed(reception)
    assert answer["value"]["question"] == words
    assert answer["value"]["changes"] == {"hours": "40"}
    assert (words or "40") in reception.received[0].typed


async def test_only_what_is_new_after_what_she_has_comes_back(widget):
    everything = (await change(widget, "first-mark", include=["load"])).json()["messages"]
    last = everything[-1]["id"]
    more = (await change(widget, "second-mark", include=["load"], after=last)).json()["messages"]
    assert [message["id"] > last for message in more] == [True, True]
    again = (await change(widget, "third-mark-9", include=["load"], after="alles")).json()["messages"]
    assert again[0]["id"] == everything[0]["id"]


async def test_sent_twice_it_counts_once(widget, reception):
    reception.answers = {}
    for _ in range(2):
        answer = await change(widget, changes={"hours": "20 uur"})
        assert answer.status_code == 200
    own = [text for author, text in texts(answer) if author == "person"]
    assert own == ["Ik heb mijn aanvraag aangepast."]


async def test_no_answer_about_somebody_elses_health_stays_no_answer(widget, reception):
    await change(widget, changes={"hours": "20"})
    assert pressed(reception)[0]["value"]["loved_one_health"] is None


async def test_a_text_of_two_thousand_signs_is_kept_and_one_more_is_named(widget, reception):
    assert (await change(widget, changes={"tasks": "a" * MOST_SIGNS})).status_code == 200
    answer = await change(widget, "another-mark", changes={"tasks": "a" * (MOST_SIGNS + 1), "hours": "20"})
    assert answer.status_code == 422
    assert answer.json() == {
        "error": "request_fields",
        "text": "Kijk nog even naar deze delen. Alles wat u typte, staat er nog.",
        "fields": {"tasks": "Deze tekst is te lang. Er passen 2.000 tekens in."},
    }
    assert len(reception.received) == 1


@pytest.mark.parametrize(
    ("said", "key", "why"),
    [
        ({"changes": {"hours": "  \u202e "}}, "hours", "Hier staat nog niets."),
        ({"changes": {"bsn": "iets"}}, "bsn", "Dit deel hoort niet meer bij uw aanvraag."),
        ({"include": ["rekening"]}, "rekening", "Dit deel hoort niet meer bij uw aanvraag."),
        (
            {"changes": {"situation": "zijn nummer is 111222333"}},
            "situation",
            "Hier staat een nummer dat een BSN kan zijn.",
        ),
    ],
)
async def test_a_field_that_cannot_be_kept_is_named_and_nothing_is_done(widget, reception, said, key, why):
    answer = await change(widget, **said)
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [key]
    assert answer.json()["fields"][key].startswith(why)
    assert reception.received == []


async def test_a_number_to_call_is_never_taken_for_a_bsn(widget):
    assert (await change(widget, changes={"contact_phone": "111222333"})).status_code == 200


@pytest.mark.parametrize(
    "said",
    [
        {"changes": ["hours"]},
        {"changes": {"hours": 20}},
        {"changes": {"hours": ["20"]}},
        {"include": "load"},
        {"include": [1]},
        {"loved_one_health": "ja"},
        {"loved_one_health": 1},
        {"changes": {f"key{number}": None for number in range(500)}},
        {"mark": "kort"},
        {"mark": None},
    ],
)
async def test_what_no_form_of_ours_sends_is_refused(widget, reception, said):
    assert (await change(widget, **said)).status_code == 400
    assert reception.received == []


async def test_too_much_at_once_is_refused_in_words(widget, reception):
    answer = await change(widget, changes={"tasks": "a" * 70_000})
    assert (answer.status_code, answer.json()["error"]) == (413, "too_big")
    assert reception.received == []


async def test_who_has_no_conversation_and_another_site_are_refused(house, widget, reception):
    assert (await change(Widget(house[0]), include=["load"])).status_code == 401
    strange = {"Origin": "https://elsewhere.example"}
    body = {"client_id": "a-mark-of-hers", "include": ["load"]}
    assert (await widget.http.post("/api/request", json=body, headers=strange)).status_code == 403
    assert (await widget.http.get("/api/request", headers=strange)).status_code == 403
    del widget.http.headers["X-Adempauze"]
    assert (await change(widget, include=["load"])).status_code == 403
    assert reception.received == []


async def test_too_often_is_slowed_down_and_says_that_nothing_is_lost(widget):
    answers = [await change(widget, f"a-mark-{number}", include=["load"]) for number in range(8)]
    slowed = next(answer for answer in answers if answer.status_code == 429)
    assert slowed.json()["error"] == "request_later"
    assert "blijft hier staan" in slowed.json()["text"]
    assert int(slowed.headers["retry-after"]) > 0


async def test_what_somebody_took_up_is_changed_in_the_talk(widget, reception, latest):
    latest.request = replace(latest.request, state=RequestState.ACCEPTED)
    answer = await change(widget, changes={"hours": "20"})
    assert (answer.status_code, answer.json()["error"]) == (409, "request_taken")
    assert reception.received == []


async def test_without_a_request_there_is_nothing_to_change(widget, reception, latest):
    latest.request = None
    answer = await change(widget, changes={"hours": "20"})
    assert (answer.status_code, answer.json()["error"]) == (409, "request_gone")
    assert reception.received == []


async def test_an_answer_that_got_lost_is_given_again_also_when_it_was_taken_up_since(widget, latest):
    await change(widget, changes={"hours": "20"})
    latest.request = replace(latest.request, state=RequestState.ACCEPTED)
    assert (await change(widget, changes={"hours": "20"})).status_code == 200
    assert (await change(widget, "a-newer-mark", changes={"hours": "20"})).status_code == 409


async def test_nothing_of_what_she_wrote_is_logged_when_it_fails(widget, reception, caplog):
    reception.failing = 1
    answer = await change(widget, changes={"situation": "mijn moeder heet Riet"})
    assert (answer.status_code, answer.json()["error"]) == (500, "failed")
    assert "Riet" not in caplog.text
    assert "Riet" not in answer.text
