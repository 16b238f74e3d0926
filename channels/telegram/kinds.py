"""Every kind of update and of message that the Bot API knows, and what each is to us.

A test holds these tables to the library's own classes, so that a new kind is decided on, not overlooked.
"""

from __future__ import annotations

THINGS = {
    "photo": "picture",
    "live_photo": "picture",
    "paid_media": "picture",
    "video": "video",
    "animation": "video",
    "video_note": "video",
    "story": "video",
    "voice": "voice",
    "audio": "voice",
    "sticker": "sticker",
    "contact": "contact",
    "users_shared": "contact",
    "chat_shared": "contact",
    "venue": "location",
    "location": "location",
    "document": "file",
    "passport_data": "file",
    **dict.fromkeys(("dice", "poll", "game", "checklist", "gift", "unique_gift", "invoice", "web_app_data"), "other"),
    **dict.fromkeys(("giveaway", "giveaway_winners"), "other"),
}
"""What a message can hold beside words, and what we call it: ``utter_telegram_<name>``. A moving picture also says it
is a document, and a venue that it is a location, so the order counts."""
OTHER_THING = "other"

HAPPENINGS = (
    "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo",
    "group_chat_created", "supergroup_chat_created", "channel_chat_created", "migrate_to_chat_id",
    "migrate_from_chat_id", "pinned_message", "successful_payment", "refunded_payment", "connected_website",
    "proximity_alert_triggered", "video_chat_started", "video_chat_ended", "video_chat_participants_invited",
    "video_chat_scheduled", "message_auto_delete_timer_changed", "forum_topic_created", "forum_topic_closed",
    "forum_topic_reopened", "forum_topic_edited", "general_forum_topic_hidden", "general_forum_topic_unhidden",
    "write_access_allowed", "giveaway_created", "giveaway_completed", "boost_added", "chat_background_set",
    "paid_message_price_changed", "direct_message_price_changed", "checklist_tasks_done", "checklist_tasks_added",
    "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded", "suggested_post_approved",
    "suggested_post_approval_failed", "gift_upgrade_sent", "chat_owner_changed", "chat_owner_left",
    "poll_option_added", "poll_option_deleted", "managed_bot_created",
)  # fmt: skip
"""What Telegram tells of a chat in the shape of a message: nobody said anything, so nothing is answered."""

HEARD = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})
"""The kinds of update that are for us; Telegram is asked for these alone."""

NOT_FOR_US = {
    **dict.fromkeys(("channel_post", "edited_channel_post"), "a channel is read by others"),
    **dict.fromkeys(("inline_query", "chosen_inline_result"), "typed in another chat"),
    **dict.fromkeys(("shipping_query", "pre_checkout_query", "purchased_paid_media"), "nothing is for sale"),
    **dict.fromkeys(("poll", "poll_answer"), "we hold no polls"),
    **dict.fromkeys(("chat_member", "chat_join_request", "chat_boost", "removed_chat_boost"), "of groups"),
    **dict.fromkeys(("message_reaction", "message_reaction_count"), "a sign is no answer: nobody is asked by signs"),
    **dict.fromkeys(
        ("business_connection", "business_message", "edited_business_message", "deleted_business_messages"),
        "talks of somebody else, in whose name we do not speak",
    ),
    **dict.fromkeys(("managed_bot", "guest_message"), "of other bots and other chats"),
}
"""Every other kind the library knows, with the reason to leave it."""
