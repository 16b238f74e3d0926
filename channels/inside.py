"""Who may read how the house is doing in full: whoever has the token of the operator, and who calls from inside.

Inside: from this machine or a private network, and straight: a call that a proxy passed on says so in a header, and
then its address tells nothing. Everybody else hears one word, which is all that a probe needs (ASVS 13.4.5).
"""

from __future__ import annotations

import hmac
import ipaddress

from starlette.requests import Request

_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via", "origin")
"""Any of these: not straight. A browser on some website is not inside either, wherever it runs."""

_NEAR = [
    ipaddress.ip_network(each)
    for each in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
]
"""This machine, and networks that no one reaches from the internet."""


def is_inside(request: Request, token: str) -> bool:
    """May this call see everything?"""
    straight = not any(name in request.headers for name in _PASSED_ON)
    return knows_token(request, token) or (straight and _is_near(request))


def knows_token(request: Request, token: str) -> bool:
    """Does it carry the token as ``Authorization: Bearer``? Never when none is set."""
    given = request.headers.get("authorization", "").removeprefix("Bearer ").encode("utf-8", "surrogateescape")
    return bool(token) and hmac.compare_digest(given, token.encode())


def _is_near(request: Request) -> bool:
    try:
        address = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    plain = getattr(address, "ipv4_mapped", None) or address
    return any(plain in network for network in _NEAR if network.version == plain.version)
