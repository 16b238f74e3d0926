"""After a request was sent: what she reads when she hears nothing, when it got heavier, later on, and after a loss."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.profile import Told
from bot.reading import Reading
from bot.request.desk import RequestDesk
from bot.request.fields import FieldKey
from bot.request.record import Agreement
from bot.request.teams import RequestTeam, RequestTeams
from bot.request.vocabulary import RequestState
from bot.staff.accounts import StaffAccounts, StaffRole
from bot.talk.after_answers import still_unsolved
from bot.talk.thread import Thread
from knowledge.vocabulary import Urgency
from tests.unit.actions.stage import Stage, words_at
from tests.unit.bot.request.conftest import Listener, told

OUTCOME = "Uw man gaat op maandag naar de dagopvang."


@pytest.fixture
def sent(stage: Stage) -> Stage:
    """A talk in which a request was sent on Monday morning."""
    sessions = stage.services.requests._sessions
    desk = RequestDesk(sessions, clock=stage.clock, notify=Listener())
    stage.services, stage.brief = replace(stage.services, requests=desk), False
    fields = [told(FieldKey.CONTACT_NAME, "Ria"), told(FieldKey.URGENCY, "geen spoed")]
    recipient = "consulent van de gemeente Ede"
    draft = desk.draft("c", "Ede", fields, "Mijn man vergeet veel.", Urgency.NORMAL, recipient=recipient)
    desk.send(draft.stored_id, Agreement("1", recipient))
    stage.slots["thread"] = Thread(phase="sent", turn=5).as_dict()
    return stage


def the_clock_asks(stage: Stage) -> None:
    """What she finds when she looks again: the buttons of the last question."""
    desk = stage.services.requests
    assert desk.ask_what_is_due()
    _, name, values = list(desk._notices._notify.told.values())[-1]
    stage.said = [stage.services.wording.say(name, **values)]


def state(stage: Stage) -> RequestState:
    request = stage.services.requests.for_conversation("c")
    assert request is not None
    return request.state


def ended(stage: Stage) -> Stage:
    desk = stage.services.requests
    petra = StaffAccounts(desk._sessions).add("Petra", "petra@x.example", StaffRole.COORDINATOR, None)
    reference = desk.for_conversation("c").reference
    desk.accept(reference, petra)
    desk.resolve(reference, petra, OUTCOME)
    the_clock_asks(stage)
    return stage


class TestHearingNothing:
    async def test_owner_status_and_date_and_it_is_brought_up_once(self, sent: Stage) -> None:
        sent.later(days=1)
        await sent.hears("ik hoor maar niks", intent="ask_request_status")
        assert sent.names == ["request_status_sent", "nudge_done"]
        assert "de consulent van de gemeente Ede" in sent.text
        assert "donderdag 26 november" in sent.text
        sent.later(hours=1)
        await sent.hears("waar blijft het antwoord", intent="tell")
        assert sent.names[1] == "nudge_done_before"

    async def test_only_asking_how_it_stands_bothers_nobody(self, sent: Stage) -> None:
        sent.later(days=1)
        await sent.hears("hoe staat het ervoor", intent="ask_request_status")
        assert sent.names == ["request_status_sent"]

    async def test_late_she_also_hears_whom_to_call(self, sent: Stage) -> None:
        RequestTeams(sent.services.requests._sessions).put(RequestTeam("Ede", phone="0318 12 34 56"))
        sent.later(days=7)
        await sent.hears("ik hoor niets", intent="frustrated")
        assert sent.names == ["request_now_late", "nudge_done", "nudge_call"]
        assert "0318 12 34 56" in sent.text

    async def test_in_the_evening_she_hears_from_when_somebody_looks(self, sent: Stage) -> None:
        sent.later(days=1, hours=9)
        await sent.hears("ik hoor niets", intent="tell")
        assert sent.names[1] == "nudge_done_closed"
        assert "woensdag 25 november om 9.00 uur" in sent.text

    async def test_by_button_and_with_je(self, sent: Stage) -> None:
        sent.slots["thread"] = Thread(phase="sent", informal=True).as_dict()
        sent.later(days=1)
        await sent.hears("oke", intent="affirm")
        await sent.presses("Ik hoor niets")
        assert "je aanvraag" in sent.text
        assert " uw " not in sent.text

    async def test_before_anything_was_sent_the_same_words_are_her_story(self, stage: Stage) -> None:
        await stage.hears("bij de gemeente heb ik nog niks gehoord", intent="tell")
        assert not any(name.startswith("nudge") for name in stage.names)


class TestDoesItStillHold:
    async def test_it_got_heavier_and_cannot_wait(self, sent: Stage) -> None:
        sent.later(days=2)
        the_clock_asks(sent)
        await sent.presses("Het is zwaarder geworden")
        assert sent.names == ["check_worse"]
        assert sent.services.requests.for_conversation("c").urgency is Urgency.SOON
        await sent.hears("nee dat red ik niet", intent="deny")
        assert sent.names == ["check_cannot_wait"]
        request = sent.services.requests.for_conversation("c")
        assert request.urgency is Urgency.EMERGENCY
        assert request.shared(FieldKey.URGENCY).endswith("kan niet wachten")

    async def test_no_longer_needed_asks_first(self, sent: Stage) -> None:
        sent.later(days=2)
        the_clock_asks(sent)
        await sent.hears("het hoeft niet meer", intent="withdraw_request")
        assert sent.names == ["check_gone"]
        assert state(sent) is RequestState.SENT
        await sent.hears("ja doe maar", intent="affirm")
        assert sent.names == ["request_withdrawn"]
        assert state(sent) is RequestState.WITHDRAWN

    async def test_a_bare_no_asks_what_is_different(self, sent: Stage) -> None:
        sent.later(days=2)
        the_clock_asks(sent)
        await sent.hears("nee", intent="deny")
        assert sent.names == ["check_again"]
        await sent.hears("zwaarder", intent="tell")
        assert sent.names == ["check_worse"]

    async def test_after_the_promise_no_day_that_is_over_is_named(self, sent: Stage) -> None:
        sent.later(days=4)
        the_clock_asks(sent)
        await sent.presses("Het is zwaarder geworden")
        assert sent.names == ["check_worse_soon"]
        await sent.presses("Nee, dat lukt niet")
        assert sent.names == ["check_cannot_wait_late"]
        assert "november" not in sent.text

    async def test_an_old_button_says_how_it_stands(self, sent: Stage) -> None:
        sent.later(days=2)
        the_clock_asks(sent)
        old = sent.said
        sent.services.requests.withdraw(sent.services.requests.for_conversation("c").stored_id)
        sent.said = old
        await sent.presses("Het is zwaarder geworden")
        assert sent.names == ["request_status_withdrawn"]


class TestHowItWent:
    async def test_a_yes_is_kept_with_its_text_and_rest_is_asked_in_words(self, sent: Stage) -> None:
        ended(sent)
        await sent.presses("Ja, dat mag")
        assert sent.names == ["follow_rest_before"]
        assert {"Geen rust", "Genoeg rust", "Sla over"} <= sent.buttons
        await sent.presses("Weinig rust")
        assert sent.names == ["follow_noted"]
        row = sent.services.requests.follow_up("c")
        assert (row.rest_before, row.text_version) == (2, "2026-11")

    @pytest.mark.parametrize(("press", "leads_to"), [("Nee, nu niet", "follow_thanks"), ("Kijken wat er is", "offers")])
    async def test_weeks_later_her_answers_lead_somewhere(self, sent: Stage, press: str, leads_to: str) -> None:
        ended(sent)
        await sent.presses("Ja, dat mag")
        await sent.presses("Sla over")
        sent.later(days=28)
        the_clock_asks(sent)
        await sent.presses("Voor een deel")
        await sent.hears("genoeg", intent="tell")
        assert sent.names == ["follow_needed"]
        await sent.presses(press)
        assert any(name.startswith(leads_to) for name in sent.names)
        row = sent.services.requests.follow_up("c")
        assert (row.rest_before, row.rest_after, str(row.happened)) == (None, 5, "partly")

    async def test_a_person_opens_the_request_again(self, sent: Stage) -> None:
        ended(sent)
        await sent.presses("Ja, dat mag")
        await sent.presses("Sla over")
        sent.later(days=28)
        the_clock_asks(sent)
        await sent.presses("Nee")
        await sent.presses("Sla over")
        await sent.presses("Ja, laat iemand mij bellen")
        assert sent.names == ["request_reopened"]
        assert state(sent) is RequestState.REOPENED


class TestAfterALoss:
    LOST = "mijn man is vannacht overleden"

    async def grieves(self, stage: Stage) -> Stage:
        reading = Reading(bereaved=words_at(self.LOST, "overleden"))
        return await stage.hears(self.LOST, reading, role="former_carer")

    async def test_condolence_first_then_whether_the_desk_may_know(self, sent: Stage) -> None:
        await self.grieves(sent)
        assert sent.names == ["role_former_carer_lost", "loss_tell_desk"]
        assert sent.text.startswith("Gecondoleerd")
        assert not sent.cards
        await sent.presses("Ja, zet het erbij")
        assert sent.names == ["loss_told"]
        assert sent.services.requests.follow_up("c").told_at is not None
        sent.later(days=14)
        assert sent.services.requests.ask_what_is_due() == []

    async def test_without_her_yes_the_desk_reads_nothing(self, sent: Stage) -> None:
        await self.grieves(sent)
        await sent.presses("Nee, dat zeg ik zelf")
        assert sent.names == ["loss_self"]
        assert sent.services.requests.follow_up("c").told_at is None
        await self.grieves(sent)
        assert "loss_tell_desk" not in sent.names, "asked once"

    async def test_a_later_word_is_asked_for_once_after_listening(self, sent: Stage) -> None:
        ended(sent)
        await sent.presses("Ja, dat mag")
        await sent.presses("Sla over")
        await self.grieves(sent)
        assert "loss_tell_desk" not in sent.names, "nobody has it in hand any more"
        asked = []
        for words in ("het is zo stil", "ik weet niet wat ik moet", "hij was tachtig", "ja"):
            await sent.hears(words)
            asked += [name for name in sent.names if name == "later_invite"]
            if asked:
                break
        assert asked == ["later_invite"]
        await sent.presses("Ja, dat mag")
        assert sent.names == ["later_noted"]
        sent.later(days=57)
        the_clock_asks(sent)
        assert "overleden" in sent.text

    async def test_whoever_lost_somebody_before_sending_is_not_taken_to_have_lost_now(self, sent: Stage) -> None:
        sent.slots["profile"] = {**sent.profile.as_dict(), "bereaved": vars(Told(True, "weduwe", 1))}
        await sent.hears("dank u", intent="thanks")
        assert sent.services.requests.follow_up("c") is None

    async def test_forgetting_everything_stops_the_questions(self, sent: Stage) -> None:
        await sent.hears("vergeet alles", intent="forget_me")
        await sent.presses("Ja, vergeet alles")
        sent.later(days=3)
        assert sent.services.requests.ask_what_is_due() == []


@pytest.mark.parametrize("words", ["het is nog niet opgelost", "Nog niet geregeld!", "er is niks opgelost eigenlijk"])
def test_in_a_few_words_what_was_closed_is_not_solved(words: str) -> None:
    assert still_unsolved(words)
    assert not still_unsolved(
        "de vorige keer was het niet opgelost maar nu gaat het goed en dat is fijn om te merken hoor"
    )
