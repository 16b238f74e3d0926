"""What an operator sets about signing in at the desk: the second factor, the provider of the municipality, the audit
log.

Who somebody is comes from the provider; what they may do follows from their claims by a small mapping in one line,
such as ``role=groups; coordinator=wmo-consulenten; admin=beheer; municipality=claim:gemeente; team=afdeling``:

- ``role``: the claim that names groups; dots go deeper (``realm_access.roles``). Then for each role the groups that
  have it, with commas between them; the first role that fits, in the order written, counts.
- ``municipality``: ``claim:NAME``, the name of one municipality, or ``all``.
- ``team``: the claim that names the team.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot.staff.roles import Staff, StaffRole
from knowledge.vocabulary import Term

LEAST_AUDIT_DAYS = 180
EVERY_MUNICIPALITY = "all"
_CLAIM = "claim:"
_STRENGTH = ("ADEMPAUZE_OIDC_ACR", "ADEMPAUZE_OIDC_AMR")


class SecondFactorRule(Term):
    """Who must have a second factor; the others may. It is for local accounts: a provider asks its own. By default
    everybody must (ASVS 6.3.3)."""

    ALL = "all", "iedereen"
    ADMINS = "admins", "beheerders"
    OFF = "off", "niemand"

    def obliges(self, staff: Staff) -> bool:
        """Must this person have one?"""
        return self is SecondFactorRule.ALL or (self is SecondFactorRule.ADMINS and staff.role is StaffRole.ADMIN)


class UnknownPersonError(LookupError):
    """The provider knows this person, we do not; ``code``: ``role``, ``municipality``, ``address``, ``taken`` or
    ``disabled``."""

    def __init__(self, code: str) -> None:
        super().__init__(f"nobody who works here: {code}")
        self.code = code


@dataclass(frozen=True)
class Place:
    """What the claims say that somebody is here. ``municipality`` ``None``: every municipality."""

    role: StaffRole
    municipality: str | None
    team: str | None


@dataclass(frozen=True)
class ClaimMapping:
    """From claims to a place at the desk."""

    role_claim: str = "roles"
    groups: Mapping[StaffRole, frozenset[str]] = field(
        default_factory=lambda: {role: frozenset({role.value}) for role in StaffRole}
    )
    municipality: str = "claim:municipality"
    team_claim: str = "team"

    @classmethod
    def parse(cls, text: str) -> ClaimMapping:
        """From one line. Raises ``ValueError`` that says what is wrong."""
        if not text.strip():
            return cls()
        parts: dict[str, str] = {}
        for part in filter(str.strip, text.split(";")):
            name, equals, value = (word.strip() for word in part.partition("="))
            if not (name and equals and value) or name in parts:
                raise ValueError(f"ADEMPAUZE_OIDC_MAPPING: {part.strip()!r} is not NAME=VALUE, or stands there twice")
            parts[name] = value
        roles = {role.value for role in StaffRole}
        strange = parts.keys() - roles - {"role", "municipality", "team"}
        if strange:
            raise ValueError(f"ADEMPAUZE_OIDC_MAPPING knows no {', '.join(sorted(strange))}")
        groups = {
            StaffRole(name): frozenset(filter(None, map(str.strip, value.split(","))))
            for name, value in parts.items()
            if name in roles
        }
        plain = cls()
        return cls(
            parts.get("role", plain.role_claim),
            groups or plain.groups,
            parts.get("municipality", plain.municipality),
            parts.get("team", plain.team_claim),
        )

    def place(self, claims: Mapping[str, Any], official: Callable[[str], str | None]) -> Place:
        """Where these claims belong; ``official`` gives the official name of a municipality.

        Raises ``UnknownPersonError``: no role, or no municipality that exists. What is not said is never read as "all".
        """
        theirs = set(_words(_claim(claims, self.role_claim)))
        role = next((role for role, groups in self.groups.items() if groups & theirs), None)
        if role is None:
            raise UnknownPersonError("role")
        team = next(iter(_words(_claim(claims, self.team_claim))), "").strip() or None
        return Place(role, self._municipality(claims, official), team)

    def _municipality(self, claims: Mapping[str, Any], official: Callable[[str], str | None]) -> str | None:
        if self.municipality == EVERY_MUNICIPALITY:
            return None
        named = self.municipality
        if named.startswith(_CLAIM):
            named = next(iter(_words(_claim(claims, named[len(_CLAIM) :]))), "")
        found = official(named) if named else None
        if found is None:
            raise UnknownPersonError("municipality")
        return found


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect provider, and who we are there.

    ``levels`` (``acr``) and ``methods`` (``amr``): how strongly it must have asked; one of each that is named must be
    in the id token. Without any we rely on its own policy.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    mapping: ClaimMapping = field(default_factory=ClaimMapping)
    levels: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()

    def is_strong_enough(self, claims: Mapping[str, Any]) -> bool:
        """Does the id token say that the provider asked what we want it to?"""
        wanted = ((self.levels, claims.get("acr")), (self.methods, claims.get("amr")))
        return all(not named or set(named) & set(_words(told)) for named, told in wanted)


@dataclass(frozen=True)
class SignInSettings:
    """How people come in, and how many days the audit log is kept."""

    second_factor: SecondFactorRule = SecondFactorRule.ALL
    provider: Provider | None = None
    audit_days: int = 730

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> SignInSettings:
        """Read the settings of this room. Raises ``ValueError`` that names the setting."""
        rule = environment.get("ADEMPAUZE_SECOND_FACTOR") or SecondFactorRule.ALL.value
        if rule not in {item.value for item in SecondFactorRule}:
            raise ValueError(f"ADEMPAUZE_SECOND_FACTOR must be all, admins or off, not {rule!r}")
        days = environment.get("ADEMPAUZE_AUDIT_DAYS") or "730"
        if not (days.isascii() and days.isdigit()) or not LEAST_AUDIT_DAYS <= int(days) < 40_000:
            raise ValueError(f"ADEMPAUZE_AUDIT_DAYS must be a number of days from {LEAST_AUDIT_DAYS}, not {days!r}")
        return cls(SecondFactorRule(rule), _provider(environment), int(days))


def _provider(environment: Mapping[str, str]) -> Provider | None:
    names = (
        "ADEMPAUZE_OIDC_ISSUER",
        "ADEMPAUZE_OIDC_CLIENT_ID",
        "ADEMPAUZE_OIDC_CLIENT_SECRET",
        "ADEMPAUZE_OIDC_MAPPING",
    )
    issuer, client_id, secret, mapping = (environment.get(name, "").strip() for name in names)
    if not issuer:
        return None
    address = urlsplit(issuer)
    safe = address.scheme == "https" or address.hostname in ("localhost", "127.0.0.1")
    if not (safe and address.hostname) or address.query or address.fragment:
        raise ValueError(f"ADEMPAUZE_OIDC_ISSUER must be an https address, not {issuer!r}")
    if not (client_id and secret):
        raise ValueError("ADEMPAUZE_OIDC_ISSUER needs ADEMPAUZE_OIDC_CLIENT_ID and ADEMPAUZE_OIDC_CLIENT_SECRET too")
    levels, methods = (environment.get(name, "").replace(",", " ").split() for name in _STRENGTH)
    return Provider(issuer, client_id, secret, ClaimMapping.parse(mapping), tuple(levels), tuple(methods))


def _claim(claims: Mapping[str, Any], path: str) -> Any:
    """A claim by its name as it is, or by dots through what holds it."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _words(value: Any) -> tuple[str, ...]:
    """One text or a list of texts; anything else says nothing."""
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()
