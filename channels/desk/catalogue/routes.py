"""Every address of the catalogue, with who may come there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from starlette.responses import Response
from starlette.routing import Route

from bot.staff.accounts import StaffRole
from channels.desk.catalogue.access_shelf import AccessShelf
from channels.desk.catalogue.beside import BesideForm
from channels.desk.catalogue.bulk_views import CHOSEN, BulkViews
from channels.desk.catalogue.file_views import CARRIED, UPLOAD, FileViews
from channels.desk.catalogue.frame import BASE, Frame
from channels.desk.catalogue.guided_shelves import AnswerShelf, BannerShelf, DeskShelf, FactShelf
from channels.desk.catalogue.list_views import ListViews
from channels.desk.catalogue.offer_list import OfferList
from channels.desk.catalogue.question_views import QuestionViews, ReportViews
from channels.desk.catalogue.record_views import RecordViews
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.catalogue.shelves import OfferShelf, Shelf
from channels.desk.catalogue.story_views import StoryViews
from channels.desk.catalogue.today_views import TodayViews
from channels.desk.doors import EDITING, HANDLING, PUBLISHING, SIGNED_IN, View, Visit
from channels.desk.forms import SMALL, Room
from channels.desk.pages import Pages

HOME = BASE
RECORD = Room(768 * 1024, most_fields=3000)
ShelfView = Callable[[Shelf, Visit], Response]
Roles = frozenset[StaffRole] | None


class Get(Protocol):
    """Makes the route of a page."""

    def __call__(self, path: str, view: View, roles: Roles) -> Route: ...


class Post(Protocol):
    """Makes the route of a form."""

    def __call__(self, path: str, view: View, roles: Roles, room: Room = SMALL) -> Route: ...


def catalogue_routes(house: EditorsHouse, pages: Pages, get: Get, post: Post, secret: str) -> list[Route]:
    """The routes below ``/desk``. ``secret`` signs a file that waits in its form."""
    frame, offers = Frame(pages), OfferList(house)
    offer_shelf, banner_shelf = OfferShelf(house.regions), BannerShelf(house.regions)
    kinds: list[Shelf] = [offer_shelf, FactShelf(), AnswerShelf(house.facts), DeskShelf(house.desks, house.facts)]
    kinds += [AccessShelf(house.regions), banner_shelf]
    shelves = {shelf.slug: shelf for shelf in kinds}
    lists, records = ListViews(house, frame, offers), RecordViews(house, frame, BesideForm(house))
    stories, today = StoryViews(house, frame, shelves), TodayViews(house, frame, shelves)
    bulk, files = BulkViews(house, frame, offers, banner_shelf), FileViews(house, frame, secret)
    questions, reports = QuestionViews(house, frame), ReportViews(house, frame, offer_shelf)
    top = "/catalogus"
    offer = f"{top}/aanbod"
    routes = [
        get(top, today.show, EDITING),
        get(f"{top}/widget.css", frame.styles, SIGNED_IN),
        get(f"{top}/laatst", stories.recent, EDITING),
        get(offer, lists.offers, SIGNED_IN),
        post(f"{offer}/kies", bulk.choose, EDITING, CHOSEN),
        post(f"{offer}/samen", bulk.carry_out, PUBLISHING, CHOSEN),
        get(f"{offer}/{{id}}/bekijken", reports.look, SIGNED_IN),
        post(f"{offer}/{{id}}/klopt-niet", reports.report, HANDLING),
        post(f"{offer}/{{id}}/gemeld/{{number}}", reports.settle, EDITING),
        get(f"{top}/vragen", questions.show, EDITING),
        post(f"{top}/vragen/{{id}}/weg", questions.remove, EDITING),
        get(f"{top}/bestanden", files.show, EDITING),
        post(f"{top}/bestanden/proef", files.try_out, EDITING, UPLOAD),
        post(f"{top}/bestanden/uitvoeren", files.carry_out, PUBLISHING, CARRIED),
        get(f"{top}/bestanden/aanbod.{{ending}}", files.export, EDITING),
        get(f"{top}/bestanden/voorbeeld.{{ending}}", files.template, EDITING),
    ]
    for shelf in shelves.values():
        routes += _of_shelf(
            f"{top}/{shelf.slug}", _on(shelf), lists, records, stories, get, post, shelf.slug == offer_shelf.slug
        )
    return routes


def _on(shelf: Shelf) -> Callable[[ShelfView], View]:
    """Views of many kinds become views of this kind."""

    def of(view: ShelfView) -> View:
        return lambda visit: view(shelf, visit)

    return of


def _of_shelf(
    place: str,
    on: Callable[[ShelfView], View],
    lists: ListViews,
    records: RecordViews,
    stories: StoryViews,
    get: Get,
    post: Post,
    listed: bool,
) -> list[Route]:
    one = f"{place}/{{id}}"
    own_list = [] if listed else [get(place, on(lists.records), EDITING)]
    return [
        *own_list,
        get(f"{place}/nieuw", on(records.new), EDITING),
        post(f"{place}/nieuw", on(records.change), EDITING, RECORD),
        get(one, on(records.show), EDITING),
        post(one, on(records.change), EDITING, RECORD),
        post(f"{one}/weggooien", on(records.drop_draft), EDITING),
        get(f"{one}/geschiedenis", on(stories.history), EDITING),
        post(f"{one}/terugzetten", on(stories.undo), PUBLISHING),
        post(f"{one}/nog-juist", on(stories.confirm), PUBLISHING),
        post(f"{one}/verwijderen", on(stories.remove), PUBLISHING),
    ]
