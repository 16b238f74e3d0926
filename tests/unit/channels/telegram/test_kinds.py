"""Every kind of update and of message the library knows is decided on: a new one fails here, until somebody did."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from telegram import Message, Update

from channels.telegram.kinds import HAPPENINGS, HEARD, NOT_FOR_US, THINGS
from channels.telegram.reading import Kind, read_update

ABOUT = frozenset(
    """self message_id date chat from_user reply_to_message edit_date text entities caption_entities caption
    author_signature media_group_id reply_markup via_bot sender_chat is_automatic_forward has_protected_content
    is_topic_message message_thread_id has_media_spoiler link_preview_options external_reply quote forward_origin
    reply_to_story sender_boost_count business_connection_id sender_business_bot is_from_offline effect_id
    show_caption_above_media paid_star_count is_paid_post direct_messages_topic reply_to_checklist_task_id
    suggested_post_info sender_tag reply_to_poll_option_id guest_bot_caller_user guest_bot_caller_chat guest_query_id
    api_kwargs""".split()  # noqa: SIM905
)
"""What says more of a message, and is no message by itself: it is read as if this were not there."""
WHO = {"id": 5, "is_bot": False, "first_name": "Anna"}
HERE: dict[str, Any] = {"message_id": 3, "date": 1, "chat": {"id": 5, "type": "private"}, "from": WHO}
FILE = {"file_id": "a", "file_unique_id": "b"}
SIZED = {**FILE, "width": 1, "height": 1}
STICKER = {**SIZED, "type": "regular", "is_animated": False, "is_video": False}
MADE: dict[str, Any] = {
    "photo": [SIZED],
    "live_photo": {**SIZED, "duration": 1},
    "paid_media": {"star_count": 1, "paid_media": []},
    "video": {**SIZED, "duration": 1},
    "animation": {**SIZED, "duration": 1},
    "video_note": {**FILE, "length": 1, "duration": 1},
    "story": {"chat": HERE["chat"], "id": 1},
    "voice": {**FILE, "duration": 1},
    "audio": {**FILE, "duration": 1},
    "sticker": STICKER,
    "contact": {"phone_number": "06", "first_name": "Jan"},
    "users_shared": {"request_id": 1, "users": [{"user_id": 1}]},
    "chat_shared": {"request_id": 1, "chat_id": 1},
    "venue": {"location": {"latitude": 52.0, "longitude": 5.0}, "title": "Huis", "address": "Straat"},
    "location": {"latitude": 52.0, "longitude": 5.0},
    "document": FILE,
    "passport_data": {"data": [], "credentials": {"data": "x", "hash": "x", "secret": "x"}},
    "dice": {"emoji": "🎲", "value": 3},
    "poll": {
        "id": "1",
        "question": "wat?",
        "options": [],
        "total_voter_count": 0,
        "type": "regular",
        **dict.fromkeys(("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting"), False),
        "members_only": False,
    },
    "game": {"title": "x", "description": "x", "photo": [SIZED]},
    "checklist": {"title": "x", "tasks": []},
    "gift": {
        "gift": {
            "id": "1",
            "sticker": SIZED | {"type": "regular", "is_animated": False, "is_video": False},
            "star_count": 1,
        }
    },
    "invoice": {"title": "x", "description": "x", "start_parameter": "x", "currency": "EUR", "total_amount": 1},
    "web_app_data": {"data": "x", "button_text": "x"},
    "a_thing_of_next_year": {"id": 1},
}


def of_message() -> set[str]:
    return set(inspect.signature(Message.__init__).parameters)


def test_every_kind_of_update_is_heard_or_left_with_a_reason():
    assert HEARD.isdisjoint(NOT_FOR_US)
    assert {kind.value for kind in Update.ALL_TYPES} == HEARD | set(NOT_FOR_US)
    assert all(NOT_FOR_US.values())


def test_every_part_of_a_message_is_a_thing_a_happening_or_about_another():
    groups = [set(THINGS), set(HAPPENINGS), set(ABOUT)]
    assert set().union(*groups) == of_message()
    assert sum(map(len, groups)) == len(of_message()), "a part is decided on twice"


@pytest.mark.parametrize("kind", sorted(NOT_FOR_US))
def test_what_is_not_for_us_is_left(kind):
    content = {**HERE, "text": "hallo", "business_connection_id": "1"}
    assert read_update({"update_id": 1, kind: content}).kind is Kind.IGNORED


@pytest.mark.parametrize("part", sorted(MADE))
def test_whatever_she_sends_has_an_answer_in_words(house, part):
    seen = read_update({"update_id": 1, "message": {**HERE, part: MADE[part], "caption": "kijk"}})
    assert (seen.kind, seen.thing, seen.text) == (Kind.THING, THINGS.get(part, "other"), "kijk")
    assert house.wording.has(f"utter_telegram_{seen.thing}")


@pytest.mark.parametrize(
    "more",
    [
        {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Jan"}},
        {"via_bot": {"id": 9, "is_bot": True, "first_name": "x"}},
        {"quote": {"text": "Voor wie zorgt u?", "position": 0}},
        {"reply_to_message": {**HERE, "message_id": 1, "text": "Voor wie zorgt u?"}},
        {"external_reply": {"origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Jan"}}},
        {"message_thread_id": 7, "is_topic_message": True},
        {"reply_to_story": {"chat": HERE["chat"], "id": 1}},
        {"effect_id": "1", "is_from_offline": True, "paid_star_count": 0},
    ],
    ids=lambda more: next(iter(more)),
)
def test_words_are_read_however_they_were_sent(more):
    seen = read_update({"update_id": 1, "message": {**HERE, **more, "text": "mijn man"}})
    assert (seen.kind, seen.text, seen.message) == (Kind.TEXT, "mijn man", 3)


@pytest.mark.parametrize(
    "content",
    [
        {"pinned_message": {**HERE, "text": "x"}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}},
        {"new_chat_title": "x"},
        {"forum_topic_created": {"name": "x", "icon_color": 1}},
        {"write_access_allowed": {"from_request": True}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_what_only_happens_is_not_answered(content):
    assert read_update({"update_id": 1, "message": {**HERE, **content}}).kind is Kind.IGNORED


def test_changed_words_are_heard_beside_a_picture_too_and_a_place_that_moves_is_not():
    picture = {**HERE, "edit_date": 2, "photo": [SIZED], "caption": "ik wil dood"}
    seen = read_update({"update_id": 1, "edited_message": picture})
    assert (seen.kind, seen.text) == (Kind.EDITED, "ik wil dood")
    moving = {**HERE, "edit_date": 2, "location": MADE["location"]}
    assert read_update({"update_id": 1, "edited_message": moving}).kind is Kind.IGNORED
