"""Addresses for the people of the desk themselves: coming in, the own account, who works here, and the audit log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from starlette.routing import Route

from bot.settings import Settings
from bot.staff.accounts import StaffAccounts, StaffRole
from bot.staff.identities import StaffIdentities
from bot.staff.management import StaffManagement
from bot.staff.second_factor import SecondFactors
from channels.desk.account_views import AccountViews
from channels.desk.audit_views import AuditViews
from channels.desk.doors import AUDITING, EVERYONE, MANAGING, SIGNED_IN, Hall, View
from channels.desk.entering import Entering
from channels.desk.factor_views import FactorViews
from channels.desk.forms import SMALL, Room
from channels.desk.identity_provider import IdentityProvider
from channels.desk.provider_views import ProviderViews
from channels.desk.sign_in_views import SignInViews
from channels.desk.staff_views import StaffViews
from knowledge.places.regions import Regions

BY_PROVIDER = "/sign-in/gemeente"
Roles = frozenset[StaffRole] | None


class Get(Protocol):
    """Makes the route of a page."""

    def __call__(
        self, path: str, view: View, roles: Roles, *, act: str | None = None, unfinished: bool = False, **headers: str
    ) -> Route: ...


class Post(Protocol):
    """Makes the route of a form."""

    def __call__(
        self, path: str, view: View, roles: Roles, room: Room = SMALL, *, unfinished: bool = False
    ) -> Route: ...


def people_routes(
    hall: Hall,
    staff: StaffAccounts,
    settings: Settings,
    editors_home: str,
    regions: Regions | None,
    clock: Callable[[], datetime],
    get: Get,
    post: Post,
) -> list[Route]:
    """The routes below ``/desk``."""
    provider = settings.sign_in.provider
    factors = SecondFactors(staff.sessions, settings.secret, clock)

    def official(name: str) -> str | None:
        return getattr((regions or Regions.load()).municipality(name), "name", None)

    entering = Entering(hall, editors_home)
    coming = SignInViews(staff, factors, hall, entering, provider is not None)
    through = ProviderViews(
        IdentityProvider(provider, f"{settings.base_url}/desk{BY_PROVIDER}/terug") if provider else None,
        StaffIdentities(staff, provider.mapping, official) if provider else None,
        hall,
        entering,
        settings,
        clock,
    )
    own = AccountViews(staff, hall)
    factor = FactorViews(staff, factors, hall)
    people = StaffViews(StaffManagement(staff, factors, official), hall, settings.base_url)
    log = AuditViews(hall, clock)
    one, second = "/medewerkers/{staff_id}", "/account/tweede-stap"
    return [
        get("/sign-in", coming.ask, EVERYONE),
        post("/sign-in", coming.sign_in, EVERYONE),
        get("/sign-in/code", coming.ask_code, EVERYONE),
        post("/sign-in/code", coming.check_code, EVERYONE),
        get("/enter/{token}", coming.show_entrance, EVERYONE, Referrer_Policy="no-referrer"),
        post("/enter/{token}", coming.use_entrance, EVERYONE),
        get(BY_PROVIDER, through.begin, EVERYONE),
        get(f"{BY_PROVIDER}/terug", through.come_back, EVERYONE, Referrer_Policy="no-referrer"),
        get("/uitgelogd", through.signed_out, EVERYONE),
        post("/sign-out", coming.sign_out, SIGNED_IN, unfinished=True),
        get("/account", own.account, SIGNED_IN),
        post("/account/password", own.set_password, SIGNED_IN),
        post("/account/sessies/{number}/beeindigen", own.end_session, SIGNED_IN),
        get(second, factor.show, SIGNED_IN, unfinished=True),
        post(second, factor.enable, SIGNED_IN, unfinished=True),
        post(f"{second}/codes", factor.renew_codes, SIGNED_IN),
        post(f"{second}/uit", factor.disable, SIGNED_IN),
        get("/medewerkers", people.show, MANAGING, act="medewerkers.view"),
        post("/medewerkers", people.add, MANAGING),
        get(one, people.show_one, MANAGING, act="medewerkers.view"),
        post(one, people.change, MANAGING),
        post(f"{one}/uitzetten", people.disable, MANAGING),
        post(f"{one}/aanzetten", people.enable, MANAGING),
        post(f"{one}/inloglink", people.sign_in_link, MANAGING),
        post(f"{one}/tweede-stap-weg", people.reset_factor, MANAGING),
        post(f"{one}/sessies/{{number}}/beeindigen", people.end_session, MANAGING),
        post(f"{one}/overal-uitloggen", people.end_every_session, MANAGING),
        get("/auditlog", log.show, AUDITING, act="auditlog.view"),
        get("/auditlog.csv", log.download, AUDITING, act="auditlog.download"),
    ]
