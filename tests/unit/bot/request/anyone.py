"""Two coordinators of Ede, one of Assen and a carer: everything each can do, and what the model says of it."""

from __future__ import annotations

from datetime import timedelta

from hypothesis.stateful import initialize, precondition, rule
from hypothesis.strategies import booleans, sampled_from

from bot.request.record import Receiver
from bot.request.states import CLOSED, IN_HAND, RUNNING
from bot.request.vocabulary import ReceiverKind
from tests.unit.bot.request.conftest import AGREEMENT
from tests.unit.bot.request.story import HOME, S, Story

PETRA, KARIM, JOOST = range(3)
WHO = sampled_from([PETRA, KARIM, JOOST])
WORDS = sampled_from(["Dit past beter daar.", " \n"])


class AnyoneDoesAnything(Story):
    """They do whatever they like, in any order, on the real service."""

    @initialize(begun=sampled_from([S.DRAFTED, S.SENT, S.ACCEPTED, S.ACCEPTED]))
    def somebody_drafts_a_request(self, begun):
        """Half of the stories begin where Petra has it: there most can go wrong."""
        self.begin()
        if begun is not S.DRAFTED:
            self.she_sends()
        if begun is S.ACCEPTED:
            self.it_is_accepted(PETRA)

    # -- the carer ------------------------------------------------------------------------------------------------

    @rule()
    def she_sends(self):
        allowed = self.state is not S.WITHDRAWN
        if self.attempt(allowed, lambda: self.desk.send(self.id, AGREEMENT)) and self.state is S.DRAFTED:
            self.state = S.SENT

    @rule(sure=sampled_from([False, False, True]))
    def she_withdraws(self, sure):
        if sure and self.attempt(self.state not in CLOSED, lambda: self.desk.withdraw(self.id)):
            self.state, self.chat, self.planned, self.waits = S.WITHDRAWN, False, False, False
            self.nobody_is_asked()

    @rule()
    def she_says_it_is_not_solved(self):
        allowed = self.state in (S.RESOLVED, S.FORWARDED)
        if self.attempt(allowed, lambda: self.desk.reopen(self.id, "Het lukt nog niet.")):
            self.state = S.REOPENED

    @rule()
    def she_types(self):
        message = self.desk.add_from_carer("c1", "Dank u wel")
        assert (message is not None) == self.chat
        self.waits = self.waits and not self.chat

    # -- the desk -------------------------------------------------------------------------------------------------

    @rule(who=WHO)
    def it_is_opened(self, who):
        if self.attempt(self.sees(who), lambda: self.desk.open_file(self.reference, self.people[who])):
            self.state = S.SEEN if self.state is S.SENT else self.state

    @rule(who=WHO)
    def it_is_accepted(self, who):
        free, mine = self.state in (S.SENT, S.SEEN, S.REOPENED), self.has(who)
        over = self.state in RUNNING and self.is_asked(who)
        act = lambda: self.desk.accept(self.reference, self.people[who])  # noqa: E731
        if self.attempt(self.sees(who) and (free or mine or over), act) and not mine:
            self.chat = self.chat and self.owner == who and free
            self.state, self.owner, self.outside, self.at = S.ACCEPTED, who, "", HOME[who]
            self.nobody_is_asked()

    @rule(who=WHO, to=sampled_from([PETRA, KARIM, JOOST, "Assen", "Ede", "Nergens"]), why=WORDS, agrees=booleans())
    def another_is_asked(self, who, to, why, agrees):
        kind = ReceiverKind.MUNICIPALITY if isinstance(to, str) else ReceiverKind.COLLEAGUE
        if kind is ReceiverKind.MUNICIPALITY:
            receiver = Receiver(kind, f"de gemeente {to}", municipality=to)
            can_be_asked = agrees and to in HOME and to != self.at
        else:
            receiver = Receiver(kind, self.people[to].name, staff_id=self.people[to].id)
            can_be_asked = HOME[to] == self.at and to != (self.owner if self.state in IN_HAND else who)
        in_hands = self.has(who) or self.state in (S.SENT, S.SEEN, S.REOPENED)
        allowed = self.sees(who) and HOME[who] == self.at and in_hands and can_be_asked and bool(why.strip())
        act = lambda: self.desk.forward(self.reference, self.people[who], receiver, why, she_agrees=agrees)  # noqa: E731
        if self.attempt(allowed, act):
            self.asked, self.asked_by = to, who

    @rule(who=WHO, why=WORDS)
    def it_is_refused(self, who, why):
        allowed = self.sees(who) and self.is_asked(who) and bool(why.strip())
        if self.attempt(allowed, lambda: self.desk.refuse_forward(self.reference, self.people[who], why)):
            self.nobody_is_asked()

    @rule(who=WHO)
    def it_is_kept_after_all(self, who):
        allowed = self.asked is not None and HOME[who] == self.at and who in (self.owner, self.asked_by)
        if self.attempt(allowed, lambda: self.desk.take_back(self.reference, self.people[who])):
            self.nobody_is_asked()

    @rule(who=WHO, taken=booleans())
    def a_desk_outside_is_asked(self, who, taken):
        receiver = Receiver(ReceiverKind.DESK, "het zorgkantoor")

        def act():
            self.desk.forward(self.reference, self.people[who], receiver, "Er is een Wlz-indicatie.", she_agrees=True)

        if self.attempt(self.has(who), act):
            self.asked, self.asked_by = "desk", who
            if taken:
                self.desk.record_outside(self.reference, self.people[who], "Mevrouw Blom")
                self.state, self.owner, self.outside = S.FORWARDED, None, "Mevrouw Blom, het zorgkantoor"
                self.chat, self.waits = False, False
                self.nobody_is_asked()

    @rule(who=WHO)
    def a_desk_that_was_not_asked_cannot_have_taken_it(self, who):
        if self.asked != "desk":
            self.attempt(False, lambda: self.desk.record_outside(self.reference, self.people[who], "Mevrouw Blom"))

    @rule(who=WHO, reached=booleans())
    def contact_is_noted(self, who, reached):
        act = lambda: self.desk.mark_contacted(self.reference, self.people[who], reached=reached)  # noqa: E731
        if self.attempt(self.has(who), act):
            if reached:
                self.state, self.planned, self.waits = S.CONTACTED, False, False
            else:
                self.chat, self.waits = True, True

    @rule(who=WHO, text=WORDS, asks=booleans())
    def she_is_written(self, who, text, asks):
        write = self.desk.ask if asks else self.desk.reply
        if self.attempt(self.has(who) and bool(text.strip()), lambda: write(self.reference, self.people[who], text)):
            self.chat, self.waits = True, self.waits or asks

    @rule(who=WHO, hours=sampled_from([-1, 0, 26, 24 * 400]))
    def a_moment_is_planned(self, who, hours):
        at = self.clock() + timedelta(hours=hours, minutes=7)
        allowed = self.has(who) and hours == 26
        if self.attempt(allowed, lambda: self.desk.plan(self.reference, self.people[who], at)):
            self.planned = True

    @rule(who=WHO)
    def the_talk_is_closed(self, who):
        if self.attempt(self.has(who), lambda: self.desk.end_chat(self.reference, self.people[who])):
            self.chat = False

    @rule(who=WHO, outcome=WORDS)
    def it_is_resolved(self, who, outcome):
        allowed = self.has(who) and bool(outcome.strip())
        if self.attempt(allowed, lambda: self.desk.resolve(self.reference, self.people[who], outcome)):
            self.state, self.chat, self.planned, self.waits = S.RESOLVED, False, False, False
            self.nobody_is_asked()

    @precondition(lambda self: self.state is not S.DRAFTED)
    @rule(days=sampled_from([0, 1, 4]))
    def time_passes_and_the_clock_does_its_work(self, days):
        self.clock.forward(days=days)
        self.desk.remind()
        assert self.desk.remind() == []
