"""The account of the municipality: OpenID Connect with any provider, by the authorization code flow with PKCE, state
and nonce.

The protocol is the library's; here stands what we insist on: the issuer that was set, tokens for us alone, signed
with a key that only the provider has, and an answer to a question of this browser.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OpenIDMixin
from authlib.integrations.httpx_client import OAuth2Client
from httpx2 import HTTPError, InvalidURL
from joserfc.errors import JoseError

from bot.staff.sign_in_settings import Provider

SCOPE = "openid profile email"
TIMEOUT_SECONDS = 10.0
LEEWAY_SECONDS = 60
"""How much two clocks may differ."""
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
"""Only those with a key pair: "none" proves nothing, and with HS256 whoever reads our settings could sign."""


class ProviderError(Exception):
    """The provider does not answer, or what it answers cannot be trusted. The message names no person."""


class WeakSignInError(ProviderError):
    """The provider let somebody in with less than the operator asks of it."""


@dataclass(frozen=True)
class Question:
    """What this browser asked the provider; kept sealed in a cookie until the answer comes."""

    state: str
    nonce: str
    verifier: str


class _Client(OAuth2Mixin, OpenIDMixin, BaseApp):
    client_cls = OAuth2Client


class IdentityProvider:
    """Asks a provider who somebody is. ``redirect_uri`` is where the answer comes back."""

    def __init__(self, provider: Provider, redirect_uri: str) -> None:
        self.issuer = provider.issuer
        self._provider = provider
        self._redirect_uri = redirect_uri
        self._client: Any = None

    def begin(self) -> tuple[str, Question]:
        """The address to go to, and the question. Raises ``ProviderError``."""
        try:
            wanted = {"acr_values": " ".join(self._provider.levels)} if self._provider.levels else {}
            begun = self._discovered().create_authorization_url(self._redirect_uri, **wanted)
            return begun["url"], Question(begun["state"], begun["nonce"], begun["code_verifier"])
        except _TROUBLE as error:
            raise ProviderError(type(error).__name__) from None

    def finish(self, question: Question, answer: Mapping[str, str]) -> dict[str, Any]:
        """What the provider says of this person. Raises ``ProviderError`` on anything that is not as it should be."""
        if not hmac.compare_digest(answer.get("state", "").encode(), question.state.encode()):
            raise ProviderError("state")
        if answer.get("error") or not answer.get("code") or answer.get("iss", self.issuer) != self.issuer:
            raise ProviderError("answer")
        try:
            return self._claims(question, answer["code"])
        except _TROUBLE as error:
            raise ProviderError(type(error).__name__) from None

    def sign_out_address(self, back: str) -> str:
        """Where to sign out at the provider too; empty when it has no such place or does not answer."""
        try:
            client = self._discovered()
            if not client.server_metadata.get("end_session_endpoint"):
                return ""
            return str(client.create_logout_url(back, client_id=self._provider.client_id)["url"])
        except (*_TROUBLE, ProviderError):
            return ""

    def _claims(self, question: Question, code: str) -> dict[str, Any]:
        client = self._discovered()
        token = client.fetch_access_token(self._redirect_uri, code=code, code_verifier=question.verifier)
        expected = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self._provider.client_id},
        }
        said = client.parse_id_token(token, question.nonce, claims_options=expected, leeway=LEEWAY_SECONDS)
        if said is None or not isinstance(said.get("sub"), str) or not 0 < len(said["sub"]) <= 255:
            raise ProviderError("no id token")
        if not self._provider.is_strong_enough(said):
            raise WeakSignInError("not asked strongly enough")
        if not client.server_metadata.get("userinfo_endpoint"):
            return dict(said)
        more = client.userinfo(token=token)
        if more.get("sub") != said["sub"]:
            raise ProviderError("userinfo of somebody else")
        return {**more, **said}

    def _discovered(self) -> Any:
        """The client with what the provider publishes about itself, fetched once."""
        if self._client is None:
            self._client = self._discover()
        return self._client

    def _discover(self) -> Any:
        client = _Client(
            None,
            client_id=self._provider.client_id,
            client_secret=self._provider.client_secret,
            server_metadata_url=f"{self.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": SCOPE, "code_challenge_method": "S256", "timeout": TIMEOUT_SECONDS},
        )
        published = client.load_server_metadata()
        if published.get("issuer") != self.issuer:
            raise ProviderError("another issuer")
        methods = published.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if "client_secret_basic" not in methods and "client_secret_post" in methods:
            client.client_kwargs["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105 - the name of a way
        offered = published.get("id_token_signing_alg_values_supported") or ["RS256"]
        trusted = [name for name in offered if name in SIGNATURES]
        if not trusted:  # the library would take an empty list for its own defaults
            raise ProviderError("no signature that proves something")
        published["id_token_signing_alg_values_supported"] = trusted
        return client


_TROUBLE = (AuthlibBaseError, JoseError, HTTPError, InvalidURL, RuntimeError, KeyError, TypeError, ValueError)
