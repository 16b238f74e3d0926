"""Signing in with the account of the municipality: away to the provider, back with an answer, and out again."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import astuple
from datetime import datetime, timedelta

from starlette.responses import RedirectResponse, Response

from bot.sealing import Seal, SealError
from bot.settings import Settings
from bot.staff.identities import StaffIdentities
from bot.staff.sign_in_settings import UnknownPersonError
from channels.desk.doors import Hall, Visit
from channels.desk.entering import Entering, is_ours
from channels.desk.forms import RefusedError
from channels.desk.identity_provider import IdentityProvider, ProviderError, Question, WeakSignInError
from channels.desk.sessions import BY_PROVIDER

log = logging.getLogger(__name__)
QUESTION_LASTS = timedelta(minutes=10)
"""The time to sign in at the provider."""


class ProviderViews:
    """Pages of the way through a provider; without one they are not there."""

    def __init__(
        self,
        provider: IdentityProvider | None,
        identities: StaffIdentities | None,
        hall: Hall,
        entering: Entering,
        settings: Settings,
        clock: Callable[[], datetime],
    ) -> None:
        self._provider = provider
        self._identities = identities
        self._hall = hall
        self._entering = entering
        self._seal = Seal(settings.secret, "provider-question", clock)
        self._back = f"{settings.base_url}/desk/sign-in"
        self._cookie = f"{hall.sessions.cookie}-question"

    def begin(self, visit: Visit) -> Response:
        """To the provider. The question stays behind, sealed, in a cookie of this browser."""
        provider, _ = self._both()
        wanted = visit.request.query_params.get("next", "")
        try:
            address, question = provider.begin()
        except ProviderError as error:
            return self._refused(visit, "provider", 502, error)
        response = RedirectResponse(address, 303)
        response.set_cookie(
            self._cookie,
            self._seal.close(json.dumps([*astuple(question), wanted if is_ours(wanted) else ""])),
            max_age=int(QUESTION_LASTS.total_seconds()),
            path=self._hall.sessions.path,
            httponly=True,
            secure=self._hall.sessions.secure,
            samesite="lax",
        )
        return response

    def come_back(self, visit: Visit) -> Response:
        """The answer: in, or a page that says kindly why not. A question is answered once."""
        response = self._answered(visit)
        sessions = self._hall.sessions
        response.delete_cookie(self._cookie, sessions.path, secure=sessions.secure, httponly=True, samesite="lax")
        return response

    def signed_out(self, visit: Visit) -> Response:
        """Out here; and a link to sign out at the provider as well, for who shares a computer."""
        address = self._provider.sign_out_address(self._back) if self._provider is not None else ""
        return self._hall.pages.page(visit, "signed_out.html", address=address)

    def _answered(self, visit: Visit) -> Response:
        provider, identities = self._both()
        try:
            state, nonce, verifier, wanted = json.loads(
                self._seal.open(visit.request.cookies.get(self._cookie, ""), QUESTION_LASTS)
            )
            claims = provider.finish(Question(state, nonce, verifier), visit.request.query_params)
            person = identities.enter(provider.issuer, claims)
        except SealError:
            return self._refused(visit, "again", 400)
        except WeakSignInError as error:
            return self._refused(visit, "weak", 403, error)
        except ProviderError as error:
            return self._refused(visit, "again", 400, error)
        except UnknownPersonError as stranger:
            return self._refused(visit, stranger.code, 403)
        return self._entering.enter(visit, person, BY_PROVIDER, wanted)

    def _both(self) -> tuple[IdentityProvider, StaffIdentities]:
        if self._provider is None or self._identities is None:
            raise RefusedError(404, "page")
        return self._provider, self._identities

    def _refused(self, visit: Visit, reason: str, status: int, error: Exception | None = None) -> Response:
        if error is not None:
            log.warning("sign-in by the provider failed: %s", error)  # kinds of trouble; never a word of the provider
        return self._hall.pages.page(visit, "sign_in_refused.html", status, reason=reason)
