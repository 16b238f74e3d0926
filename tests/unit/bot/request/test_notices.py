from __future__ import annotations

from sqlalchemy import text as sql

from tests.unit.bot.request.conftest import sent


class TestTelling:
    def test_what_could_not_be_told_is_told_later(self, desk, petra, listener, clock):
        listener.broken = True
        request = sent(desk)
        desk.accept(request.reference, petra)
        desk.mark_contacted(request.reference, petra)
        assert listener.told == {}
        listener.broken = False
        assert desk.deliver_notices() == 2
        assert listener.names() == ["utter_request_accepted", "utter_request_contacted"]
        assert desk.deliver_notices() == 0

    def test_one_conversation_that_fails_does_not_hold_up_another(self, desk, petra, listener):
        class FailsForC1:
            def __call__(self, conversation_id, response_name, values, *, notice_id):
                if conversation_id == "c1":
                    raise LookupError("gone")
                listener(conversation_id, response_name, values, notice_id=notice_id)

        desk._notices._notify = FailsForC1()
        for conversation in ("c1", "c2"):
            desk.accept(sent(desk, conversation).reference, petra)
        assert [conversation for conversation, _, _ in listener.told.values()] == ["c2"]

    def test_a_delivery_that_died_halfway_is_repeated_under_the_same_id(self, desk, petra, listener, clock, sessions):
        desk.accept(sent(desk).reference, petra)
        with sessions.begin() as session:  # as if the process had died after telling, before noting it
            session.execute(sql("UPDATE request_notices SET delivered_at = NULL"))
        assert desk.deliver_notices() == 0  # its claim still stands
        clock.forward(minutes=2)
        assert desk.deliver_notices() == 1
        assert (listener.calls, len(listener.told)) == (2, 1)

    def test_no_words_of_anybody_reach_the_log(self, desk, petra, listener, caplog):
        listener.broken = True
        request = sent(desk)
        desk.accept(request.reference, petra)
        desk.reply(request.reference, petra, "geheim bericht")
        assert "not delivered: ConnectionError" in caplog.text
        assert "geheim" not in caplog.text
        assert "nobody home" not in caplog.text
