"""A real OpenID provider on loopback, from the server side of authlib: discovery, authorization, PKCE, id tokens,
userinfo, sign-out.

It is told who signs in (``claims``), and it can be told to go wrong in one way (``wrong``): then it signs or says
what a provider never should, as an attacker or a broken one would.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from authlib.common.security import generate_token
from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Payload, OAuth2Request, grants
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.web.browser import ThreadedServer

CLIENT, SECRET = "adempauze", "a secret between two"


class Client(ClientMixin):
    """The desk, as it is registered at the provider."""

    def __init__(self, redirect_uri: str) -> None:
        self.redirect_uri = redirect_uri

    def get_client_id(self):
        return CLIENT

    def get_default_redirect_uri(self):
        return self.redirect_uri

    def get_allowed_scope(self, scope):
        return scope

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret):
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "client_secret_basic"

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type == "authorization_code"


@dataclass
class Code:
    """An authorization code that was given out."""

    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None
    claims: dict[str, Any]

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def get_nonce(self):
        return self.nonce

    def get_auth_time(self):
        return int(time.time())

    def get_acr(self):
        return self.claims.get("acr")

    def get_amr(self):
        return self.claims.get("amr")


class _Payload(OAuth2Payload):
    def __init__(self, request: Request, form: dict[str, str]) -> None:
        self._datalist = defaultdict(list)
        for key, value in [*request.query_params.multi_items(), *form.items()]:
            self._datalist[key].append(value)

    @property
    def data(self):
        return {key: values[0] for key, values in self._datalist.items()}

    @property
    def datalist(self):
        return self._datalist


class _OAuth2Request(OAuth2Request):
    def __init__(self, request: Request, form: dict[str, str]) -> None:
        super().__init__(request.method, str(request.url), headers=dict(request.headers))
        self.payload = _Payload(request, form)
        self._form = form
        self.headers = {name.title(): value for name, value in request.headers.items()}

    @property
    def form(self):
        return self._form


class _Server(AuthorizationServer):
    def __init__(self, provider: OpenIdProvider) -> None:
        super().__init__(scopes_supported=["openid", "profile", "email"])
        self.provider = provider
        tokens = BearerTokenGenerator(lambda **_: generate_token(42), expires_generator=lambda *_: 600)
        self.register_token_generator("default", tokens)
        self.register_grant(_grant(provider), [CodeChallenge(required=True), _id_token(provider)])

    def query_client(self, client_id):
        return Client(self.provider.redirect_uri) if client_id == CLIENT else None

    def save_token(self, token, request):
        self.provider.tokens[token["access_token"]] = request.user.claims

    def create_oauth2_request(self, request):
        return request

    def handle_response(self, status, body, headers):
        if isinstance(body, dict):
            return JSONResponse(body, status, headers=dict(headers))
        return Response(body, status, headers=dict(headers))

    def send_signal(self, name, *args, **kwargs):
        pass


def _grant(provider: OpenIdProvider):
    class Grant(grants.AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

        def save_authorization_code(self, code, request):
            data = request.payload.data
            provider.codes[code] = Code(
                request.payload.redirect_uri,
                request.scope,
                data.get("nonce"),
                data.get("code_challenge"),
                data.get("code_challenge_method"),
                dict(provider.claims),
            )

        def query_authorization_code(self, code, client):
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code):
            provider.codes = {key: one for key, one in provider.codes.items() if one is not authorization_code}

        def authenticate_user(self, authorization_code):
            return SimpleNamespace(claims=authorization_code.claims)

    return Grant


def _id_token(provider: OpenIdProvider):
    class IdToken(OpenIDCode):
        def exists_nonce(self, nonce, request):
            return nonce in provider.nonces or provider.nonces.append(nonce) is not None

        def resolve_client_private_key(self, client):
            return provider.foreign_key if provider.wrong == "signature" else provider.key

        def get_encode_header(self, client):
            return {"alg": "RS256", "kid": provider.key.kid}

        def get_client_algorithm(self, client):
            return "RS256"

        def get_client_claims(self, client):
            said = {"iss": provider.issuer, "aud": [CLIENT]}
            long_ago = int(time.time()) - 7200
            wrong = {
                "audience": {"aud": ["somebody-else"], "azp": CLIENT},
                "issuer": {"iss": "https://elders.example"},
                "expired": {"iat": long_ago, "exp": long_ago + 60},
            }
            return {**said, **wrong.get(provider.wrong, {})}

        def get_authorization_code_claims(self, authorization_code):
            claims = super().get_authorization_code_claims(authorization_code)
            if provider.wrong == "nonce":
                claims["nonce"] = "of another conversation"
            if provider.wrong == "no nonce":
                claims.pop("nonce")
            return claims

        def generate_user_info(self, user, scope):
            return UserInfo({"sub": user.claims["sub"]} if provider.says_little else user.claims)

    return IdToken(require_nonce=True)


@dataclass
class OpenIdProvider:
    """The provider of a municipality. ``says_little``: who somebody is stands in userinfo only."""

    redirect_uri: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    wrong: str = ""
    says_little: bool = False
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)
    nonces: list[str] = field(default_factory=list)
    published: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}, auto_kid=False)
        self.foreign_key = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}, auto_kid=False)
        routes = [
            Route("/.well-known/openid-configuration", self._discovery),
            Route("/keys", self._keys),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/userinfo", self._userinfo),
        ]
        self._server = ThreadedServer(Starlette(routes=routes))
        self.issuer = f"http://127.0.0.1:{self._server.port}"
        self._authority = _Server(self)

    def start(self) -> OpenIdProvider:
        self._server.start()
        return self

    def stop(self) -> None:
        self._server.stop()

    async def _discovery(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "end_session_endpoint": f"{self.issuer}/logout",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                "code_challenge_methods_supported": ["S256"],
                **self.published,
            }
        )

    async def _keys(self, _request: Request) -> Response:
        return JSONResponse(KeySet([self.key]).as_dict(private=False))

    async def _authorize(self, request: Request) -> Response:
        """Whoever comes is the person of ``claims``; a page to sign in is no part of the protocol."""
        asked = _OAuth2Request(request, {})
        grant = self._authority.get_authorization_grant(asked)
        user = SimpleNamespace(claims=self.claims)
        return await run_in_threadpool(self._authority.create_authorization_response, asked, user, grant)

    async def _token(self, request: Request) -> Response:
        form = {key: str(value) for key, value in (await request.form()).items()}
        return await run_in_threadpool(self._authority.create_token_response, _OAuth2Request(request, form))

    async def _userinfo(self, request: Request) -> Response:
        claims = self.tokens.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if claims is None:
            return JSONResponse({"error": "invalid_token"}, 401)
        return JSONResponse({**claims, **({"sub": "somebody else"} if self.wrong == "userinfo" else {})})
