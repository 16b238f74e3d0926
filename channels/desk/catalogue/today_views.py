"""What needs attention today: groups, the most pressing first, each with the one click that settles it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from starlette.responses import Response

from channels.desk.catalogue.frame import BASE, Frame
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.catalogue.shelves import Shelf
from channels.desk.doors import Visit
from knowledge.curation.attention import Attention, Severity, Why, items, of_offer
from knowledge.curation.record import RecordKind
from knowledge.curation.reports import ReportReason
from knowledge.facts import read_fact
from knowledge.offers.data import read_offer
from knowledge.offers.freshness import Stage, freshness_of
from knowledge.offers.guide import guide_of
from knowledge.offers.record import Offer
from knowledge.vocabulary import Term

FEW, PAGE_SIZE = 5, 50
_CONFIRMABLE = (Why.STALE, Why.GONE, Why.OVERDUE, Why.EXPIRING, Why.REPORTED)
_REASONS: dict[str, Term] = {reason.value: reason for reason in ReportReason}


@dataclass(frozen=True)
class Todo:
    """One thing to do. ``revision``: which version "still right" would be said of; 0 when that would not settle it."""

    item: Attention
    address: str
    about: str
    details: tuple[str, ...]
    revision: int


@dataclass(frozen=True)
class Group:
    """Everything with one reason."""

    why: Why
    severity: Severity
    count: int
    todos: tuple[Todo, ...]


class Queue:
    """The queue; what an offer needs is found once for each version of it and each day."""

    def __init__(self, house: EditorsHouse) -> None:
        self._house = house
        self._day = date.min
        self._of_offers: dict[str, tuple[Offer, tuple[Attention, ...]]] = {}

    def items(self) -> tuple[Attention, ...]:
        """Everything that needs somebody, in no order of groups."""
        house, today = self._house, self._house.today()
        offers = house.catalogue.offers()
        known = self._of_offers if today == self._day else {}
        made = {}
        for offer in offers:
            seen = known.get(offer.id)
            same = seen is not None and seen[0] is offer
            made[offer.id] = seen if same and seen else (offer, tuple(of_offer(offer, today, house.regions)))
        self._day, self._of_offers = today, made
        others = items(
            house.records,
            (),
            house.facts,
            house.desks,
            house.reports,
            today,
            house.regions,
            unanswered=house.unanswered.all(),
            unreadable=house.catalogue.unreadable(),
        )
        named = (
            replace(one, name=made[one.id][0].name) if one.why is Why.REPORTED and one.id in made else one
            for one in others
        )
        return (*named, *(one for _, found in made.values() for one in found))


class TodayViews:
    """The first page of the catalogue."""

    def __init__(self, house: EditorsHouse, frame: Frame, shelves: dict[str, Shelf]) -> None:
        self._house = house
        self._frame = frame
        self._shelves = {shelf.kind: shelf for shelf in shelves.values()}
        self._queue = Queue(house)

    def show(self, visit: Visit) -> Response:
        """All groups in short, or one of them in full."""
        query = visit.request.query_params
        by_why: dict[Why, list[Attention]] = {}
        for item in self._queue.items():
            by_why.setdefault(item.why, []).append(item)
        chosen = next((why for why in by_why if why.value == query.get("groep", "")), None)
        page, size = 1, FEW
        if chosen is not None:
            typed = query.get("page", "")
            last = max(1, -(-len(by_why[chosen]) // PAGE_SIZE))
            page = min(int(typed), last) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 else 1
            page, size = max(page, 1), PAGE_SIZE
        groups = [
            self._group(why, found, page, size) for why, found in by_why.items() if chosen is None or why is chosen
        ]
        order = {why: number for number, why in enumerate(Why)}
        hurry = {severity: number for number, severity in enumerate(Severity)}
        return self._frame.page(
            visit,
            "catalogue/today.html",
            groups=sorted(groups, key=lambda group: (hurry[group.severity], order[group.why])),
            chosen=chosen,
            total=sum(len(found) for found in by_why.values()),
            now=sum(item.severity is Severity.NOW for found in by_why.values() for item in found),
            page=page,
            pages=max(1, -(-len(by_why[chosen]) // PAGE_SIZE)) if chosen else 1,
            drafts=[self._draft(draft) for draft in self._house.records.drafts()[:FEW]],
            moment=self._house.now(),
        )

    def _draft(self, draft: object) -> tuple[object, Shelf, str]:
        shelf = self._shelves[draft.kind]  # type: ignore[attr-defined]
        return draft, shelf, shelf.title(shelf.texts_of_draft(draft.body)) or draft.id  # type: ignore[attr-defined]

    def _group(self, why: Why, found: list[Attention], page: int, size: int) -> Group:
        hurry = {severity: number for number, severity in enumerate(Severity)}
        found.sort(key=lambda item: (hurry[item.severity], item.name.casefold(), item.id))
        shown = found[(page - 1) * size : page * size]
        return Group(why, found[0].severity, len(found), tuple(self._todo(item) for item in shown))

    def _todo(self, item: Attention) -> Todo:
        if item.kind is None:
            return Todo(item, f"{BASE}/antwoorden/nieuw?vraag={item.id}", "", item.details, 0)
        shelf = self._shelves[item.kind]
        offer = self._house.catalogue.offer(item.id) if item.kind is RecordKind.OFFER else None
        about = " · ".join(dict.fromkeys(filter(None, (offer.organisation, offer.area)))) if offer else ""
        return Todo(item, f"{BASE}/{shelf.slug}/{item.id}", about, _details(item), self._revision(item, shelf))

    def _revision(self, item: Attention, shelf: Shelf) -> int:
        """Of the record, when "still right" would settle what is the matter."""
        record = self._house.records.get(shelf.kind, item.id)
        if record is None or not shelf.can_confirm or item.why not in _CONFIRMABLE or item.why is Why.REPORTED:
            return 0
        body, today = shelf.confirmed(record.body, "x", self._house.today()), self._house.today()
        if shelf.kind is RecordKind.FACT:
            return 0 if read_fact(item.id, body).waits else record.revision
        if shelf.kind is not RecordKind.OFFER:
            return 0
        settled = item.why is not Why.EXPIRING and freshness_of(read_offer(body), today).stage is Stage.FRESH
        return record.revision if settled else 0


def _details(item: Attention) -> tuple[str, ...]:
    """The details in words: labels of fields and reasons, days as people write them, sentences as they are."""
    if item.why is Why.REPORTED:
        return tuple(_REASONS[one].label if one in _REASONS else one for one in item.details)
    return tuple(_word(one) for one in item.details)


def _word(detail: str) -> str:
    guide = guide_of(detail)
    if guide is not None:
        return guide.label
    try:
        return f"{date.fromisoformat(detail):%d-%m-%Y}"
    except ValueError:
        return detail
