"""The editors' desk to visit in tests: real services and the real seed on SQLite, with a clock that a test can set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

from starlette.applications import Starlette

from bot.request import tables  # noqa: F401  - puts the tables in the metadata
from bot.request.desk import RequestDesk
from bot.settings import Settings
from bot.staff.accounts import Staff, StaffAccounts, StaffRole
from bot.staff.sign_in_settings import SecondFactorRule, SignInSettings
from bot.wording import Wording
from channels.desk.catalogue.preview import OfferPreview, OfferPreviews
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.routes import desk_routes
from knowledge.access.rules import AccessRules
from knowledge.catalogue import Catalogue
from knowledge.curation.record import Record, RecordKind
from knowledge.curation.records import Records
from knowledge.curation.reports import Reports
from knowledge.desks import LiveDesks, seed_desks
from knowledge.facts import LiveFacts, seed_facts
from knowledge.offers.data import read_offers
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions
from knowledge.storage import metadata, open_engine, open_sessions
from knowledge.unanswered import UnansweredQuestions
from tests.unit.bot.request.conftest import Listener

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=timezone.utc)
FEW = ("o001", "o002", "o003", "o004", "o005", "o006", "o007", "o008")
REGIONS = Regions.load()


class EditorsSite:
    """The desk with Els and Omar (editors), Petra of Ede (coordinator) and Wim (administrator)."""

    def __init__(self, folder: Path, *, offers: tuple[str, ...] | None = FEW) -> None:
        self.moment = NOON
        self.engine = open_engine(f"sqlite:///{folder / 'editors.db'}")
        metadata.create_all(self.engine)
        sessions = open_sessions(self.engine)
        self.base_url = "http://desk.test"
        self.listener = Listener()
        self.requests = RequestDesk(sessions, notify=self.listener)
        self.staff = StaffAccounts(sessions)
        self.els = self._add("Els", StaffRole.EDITOR)
        self.omar = self._add("Omar", StaffRole.EDITOR)
        self.petra = self._add("Petra", StaffRole.COORDINATOR, "Ede")
        self.wim = self._add("Wim", StaffRole.ADMIN)
        self.records = Records(sessions, self.now)
        self.catalogue = Catalogue(sessions, REGIONS, self.now, self.records)
        self.catalogue.load_seed(one for one in read_offers() if offers is None or one.id in offers)
        self.records.load_seed(RecordKind.FACT, seed_facts())
        self.records.load_seed(RecordKind.DESK, seed_desks())
        AccessRules(self.records, REGIONS).load_seed()
        facts = LiveFacts(self.records)
        wording = Wording.load(facts.values())
        self.unanswered = UnansweredQuestions(sessions)
        self.reports = Reports(sessions, self.now)
        self.house = EditorsHouse(
            records=self.records,
            catalogue=self.catalogue,
            regions=REGIONS,
            wording=wording,
            facts=facts,
            desks=LiveDesks(self.records),
            reports=self.reports,
            unanswered=self.unanswered,
            now=self.now,
        )
        settings = Settings(
            folder,
            folder,
            "",
            "127.0.0.1",
            8080,
            self.base_url,
            "a secret of the tests",
            sign_in=SignInSettings(SecondFactorRule.ADMINS),
        )
        self.app = Starlette(
            routes=desk_routes(
                requests=self.requests, staff=self.staff, wording=wording, settings=settings, editors=self.house
            )
        )

    def now(self) -> datetime:
        return self.moment

    def offer(self, offer_id: str) -> Record:
        record = self.records.get(RecordKind.OFFER, offer_id)
        assert record is not None
        return record

    def preview(self, offer: Offer) -> OfferPreview:
        return OfferPreviews(self.house).of(offer, compared=False)

    def _add(self, name: str, role: StaffRole, municipality: str | None = None) -> Staff:
        return self.staff.add(name, f"{name.lower()}@redactie.example", role, municipality)


@contextmanager
def open_editors_site(folder: Path, **options: object) -> Iterator[EditorsSite]:
    site = EditorsSite(folder, **options)
    try:
        yield site
    finally:
        site.engine.dispose()
