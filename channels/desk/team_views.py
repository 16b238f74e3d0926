"""Teams at the desk: where each is reached, and who is named to look after what is late. For team leads of their own
municipality, and for administrators."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.request.clock import OfficeHours
from bot.request.team_management import TeamError, TeamManagement, TeamsOfPlace, WantedTeam
from bot.staff.accounts import Permission, Staff
from channels.desk.doors import LEADING, Visit
from channels.desk.forms import RefusedError
from channels.desk.pages import Pages
from channels.desk.people_routes import Get, Post
from knowledge.access.hours import Hours
from knowledge.places.regions import Regions

HOME = "/desk/teams"
DONE = ("saved", "gone")
_FIELDS = ("name", "email", "phone", "second")


class TeamViews:
    """Pages of the teams. ``office_for``: the office hours of a municipality."""

    def __init__(
        self, management: TeamManagement, pages: Pages, regions: Regions, office_for: Callable[[str], OfficeHours]
    ) -> None:
        self._management = management
        self._pages = pages
        self._regions = regions
        self._office_for = office_for

    def show(self, visit: Visit) -> Response:
        """The municipalities this person looks after; who has one comes to its teams at once."""
        own = visit.staff.municipality
        if own is not None:
            return self._of_place(visit, self._place(own, visit))
        codes = {one.name: one.code for one in self._regions.municipalities()}
        places = [(place, codes[place.municipality]) for place in self._management.places(None)]
        return self._pages.page(visit, "teams.html", places=places, problem="", typed="")

    def choose(self, visit: Visit) -> Response:
        """To the teams of a municipality that was typed, also of one that is not in the list yet."""
        own, typed = visit.staff.municipality, visit.form.get("municipality")[:200].strip()
        if own is not None:
            return self._of_place(visit, self._place(own, visit))
        found = next((one for one in self._regions.municipalities() if typed.casefold() == one.name.casefold()), None)
        if found is None:
            codes = {one.name: one.code for one in self._regions.municipalities()}
            places = [(place, codes[place.municipality]) for place in self._management.places(None)]
            return self._pages.page(visit, "teams.html", 422, places=places, problem="municipality", typed=typed)
        return RedirectResponse(f"{HOME}/{found.code}", 303)

    def show_place(self, visit: Visit) -> Response:
        """The teams of one municipality."""
        done = visit.request.query_params.get("done", "")
        return self._of_place(visit, self._asked(visit), done=done if done in DONE else "")

    def save(self, visit: Visit) -> Response:
        """Keep one team."""
        place = self._asked(visit)
        typed = {name: visit.form.get(name)[:300] for name in _FIELDS}
        new = visit.form.get("new") == "yes"
        second = int(typed["second"]) if typed["second"].isascii() and typed["second"].isdigit() else None
        try:
            if new and not typed["name"].strip():
                raise TeamError("team")
            wanted = WantedTeam(place.municipality, typed["name"], typed["email"], typed["phone"], second)
            self._management.save(wanted, visit.staff.municipality)
        except TeamError as error:
            return self._of_place(visit, place, problem=error.code, typed={**typed, "new": "yes" if new else ""})
        return self._back(visit, "saved")

    def remove(self, visit: Visit) -> Response:
        """Forget one team."""
        place = self._asked(visit)
        self._management.remove(place.municipality, visit.form.get("name")[:300], visit.staff.municipality)
        return self._back(visit, "gone")

    def without_second(self, person: Staff | None) -> tuple[str, ...]:
        """For the head of the desk's pages: where nobody is named yet, as far as this person can mend it."""
        if person is None or not person.may(Permission.SEE_TEAM):
            return ()
        return self._management.without_second(person.municipality)

    def _asked(self, visit: Visit) -> TeamsOfPlace:
        code = visit.path("place")
        found = next((one.name for one in self._regions.municipalities() if one.code == code), None)
        if found is None:
            raise RefusedError(404, "page")
        return self._place(found, visit)

    def _place(self, municipality: str, visit: Visit) -> TeamsOfPlace:
        try:
            return self._management.place(municipality, visit.staff.municipality)
        except TeamError:
            raise RefusedError(404, "page") from None

    def _back(self, visit: Visit, done: str) -> Response:
        return RedirectResponse(f"{HOME}/{visit.path('place')}?{urlencode({'done': done})}", 303)

    def _of_place(
        self,
        visit: Visit,
        place: TeamsOfPlace,
        *,
        problem: str = "",
        typed: dict[str, str] | None = None,
        done: str = "",
    ) -> Response:
        office = self._office_for(place.municipality)
        return self._pages.page(
            visit,
            "teams_of_place.html",
            422 if problem else 200,
            place=place,
            code=getattr(self._regions.municipality(place.municipality), "code", ""),
            hours=str(Hours(office.weekdays, office.opens, office.closes, office.always)),
            problem=problem,
            typed=typed or {"new": ""},
            done=done,
        )


def team_routes(work: TeamViews, get: Get, post: Post) -> tuple[Route, ...]:
    """The routes below ``/desk``, for whoever leads a team or the house."""
    one = "/teams/{place}"
    return (
        get("/teams", work.show, LEADING),
        post("/teams", work.choose, LEADING),
        get(one, work.show_place, LEADING),
        post(one, work.save, LEADING),
        post(f"{one}/weg", work.remove, LEADING),
    )
