"""The composition root: everything is built here, once, and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, sessionmaker

from actions import every_skill
from actions.services import Services
from bot.assistant import Assistant, NoModelError
from bot.audit.log import AuditLog
from bot.chats.carriers import Carriers
from bot.conversations.records import UnknownConversationError
from bot.conversations.store import ConversationStore
from bot.conversations.tables import conversations as conversation_table
from bot.outbox.carrying import Outbox
from bot.outbox.letters import LetterState
from bot.outbox.writing import WRITER, LetterWriter
from bot.privacy.erasing import erase_everywhere
from bot.privacy.retention import Retention
from bot.reception import Reception
from bot.request.base import utc_now
from bot.request.clock import OfficeHours
from bot.request.desk import RequestDesk
from bot.request.notices import INFORMAL
from bot.request.proposing import PROPOSAL
from bot.safety.gate import SafetyGate
from bot.schema import open_database
from bot.settings import Settings
from bot.staff.accounts import StaffAccounts
from bot.wording import Wording
from channels.cli.terminal import TERMINAL
from channels.logbook import audit_teller
from channels.outgoing.settings import OutgoingSettings
from channels.telegram.capabilities import TELEGRAM
from knowledge.access.rules import AccessRules
from knowledge.answers import CuratedAnswers
from knowledge.banners import Banners
from knowledge.catalogue import Catalogue
from knowledge.curation.record import RecordKind
from knowledge.curation.records import Records
from knowledge.curation.reports import Reports
from knowledge.desks import LiveDesks, seed_desks
from knowledge.facts import Facts, LiveFacts, seed_facts
from knowledge.instruments import load_packs
from knowledge.places.regions import Regions
from knowledge.storage import open_sessions
from knowledge.unanswered import UnansweredQuestions

log = logging.getLogger(__name__)
OF_OTHERS = frozenset(each.name for each in (TERMINAL, TELEGRAM) if each.third_party)
"""The channels in which another company carries the messages (R117)."""
OF_A_PERSON = frozenset({"utter_request_message", PROPOSAL})
"""What she reads in the very words of the one who wrote it, with that name above it."""


@dataclass(frozen=True)
class House:
    """Everything that was built, for the channels to use."""

    settings: Settings
    engine: Engine
    sessions: sessionmaker[Session]
    facts: Facts
    regions: Regions
    wording: Wording
    records: Records
    reports: Reports
    catalogue: Catalogue
    conversations: ConversationStore
    requests: RequestDesk
    staff: StaffAccounts
    audit: AuditLog
    outgoing: OutgoingSettings
    outbox: Outbox
    services: Services
    assistant: Assistant | None
    reception: Reception
    model: str = "missing"
    """``ok``, ``missing`` or ``broken``."""

    def erase(self, conversation_id: str) -> None:
        """Remove a conversation everywhere: the thread, what the talk knew, her requests and what belongs to them."""
        with self.sessions.begin() as session:
            erase_everywhere(session, conversation_id)
        self.conversations.erase(conversation_id)  # whoever follows it hears that it is gone

    def purge(self) -> int:
        """Remove what is past its end (``bot.privacy.retention``); gives how many talks went (invariant 10)."""
        self.audit.purge()
        self.outbox.tidy()
        return Retention(self.sessions, self.services.now).tidy()

    def figures(self) -> dict[str, int]:
        """What is stored, counted. Raises what a store raises when the database is away."""
        with self.sessions() as session:
            session.execute(text("select 1"))
            talks = session.execute(select(func.count()).select_from(conversation_table)).scalar_one()
        post = self.outbox.counts()
        return {
            "offers": len(self.catalogue.offers()),
            "conversations": talks,
            "letters_waiting": post[LetterState.WAITING],
            "letters_dead": post[LetterState.DEAD],
            "letters_overdue": self.outbox.overdue(),
            "letters_tried_again": self.outbox.tried_again(),
        }


def build_house(
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    with_model: bool = True,
    outgoing: OutgoingSettings | None = None,
) -> House:
    """Open and migrate the database, load the catalogue and the model, and connect everything.

    ``outgoing``: how letters leave; by no way when it is left out.
    Without a model (``with_model=False``, or none trained) danger is still heard and a person is still offered.
    """
    engine = open_database(settings)
    sessions, outgoing = open_sessions(engine), outgoing or OutgoingSettings()
    sessions.configure(info={WRITER: LetterWriter(outgoing.kinds)})
    regions, records = Regions.load(), Records(sessions, now)
    records.load_seed(RecordKind.FACT, seed_facts())
    records.load_seed(RecordKind.DESK, seed_desks())
    facts, answers = LiveFacts(records), CuratedAnswers(records)
    wording = Wording.load(facts.values(), overdue=lambda: facts.not_showable(now().date()), answers=answers)
    catalogue = Catalogue(sessions, regions, now, records)
    catalogue.load_seed()
    access_rules = AccessRules(records, regions)
    access_rules.load_seed()
    conversations = ConversationStore(sessions, now)
    requests = RequestDesk(
        sessions,
        notify=_notifier(conversations, wording),
        clock=now,
        office_of=lambda municipality: _office_of(access_rules, municipality, now()),
    )
    services = Services(
        catalogue=catalogue,
        regions=regions,
        requests=requests,
        wording=wording,
        facts=facts,
        desks=LiveDesks(records),
        unanswered=UnansweredQuestions(sessions),
        access_rules=access_rules,
        banners=Banners(records, regions),
        instruments=load_packs(settings.instruments_dir),
        clear_thread=conversations.clear,
        third_party=Carriers(sessions, OF_OTHERS),
        now=now,
    )
    assistant, model = None, "missing"
    if with_model:
        try:
            assistant = Assistant.load(settings.models_dir, every_skill(services), wording, sessions, now)
            model = "ok"
        except NoModelError:
            pass
        except Exception as error:  # half a file, another version: whatever is wrong with it, danger is heard
            log.error("the model cannot be loaded: %s", type(error).__name__)
            model = "broken"
    return House(
        settings=settings,
        engine=engine,
        sessions=sessions,
        facts=facts,
        regions=regions,
        wording=wording,
        records=records,
        reports=Reports(sessions, now),
        catalogue=catalogue,
        conversations=conversations,
        requests=requests,
        staff=StaffAccounts(sessions, now),
        audit=AuditLog(sessions, now, timedelta(days=settings.sign_in.audit_days), audit_teller(settings.log)),
        outgoing=outgoing,
        outbox=Outbox(sessions, now),
        services=services,
        assistant=assistant,
        reception=Reception(conversations, requests, SafetyGate(), wording, assistant),
        model=model,
    )


def _office_of(access_rules: AccessRules, municipality: str, now: datetime) -> OfficeHours | None:
    """The office hours that somebody checked for this municipality, else ``None``: the usual ones."""
    hours = access_rules.for_municipality(municipality).office_hours(now.date())
    return OfficeHours.of(hours) if hours is not None else None


def _notifier(conversations: ConversationStore, wording: Wording) -> Callable[..., None]:
    """How the desk tells her something: a message in her conversation, exactly once for each notice."""

    def notify(conversation_id: str, response_name: str, values: dict[str, Any], *, notice_id: str) -> None:
        said = (wording.in_je() if values.get(INFORMAL) else wording).say(response_name, **values)
        from_person, offers = response_name in OF_A_PERSON, values.get("offers")
        try:
            conversations.add(
                conversation_id,
                "staff" if from_person else "assistant",
                values["text"] if from_person else said.text,
                buttons=said.buttons,
                card={"kind": "offers", "offers": offers} if offers else None,
                client_id=f"notice-{notice_id}",
                author_name=values.get("staff") if from_person else None,
            )
        except UnknownConversationError:
            return  # she erased her conversation: there is nobody to tell

    return notify
