"""Reading a name, a telephone number or an e-mail address from what she typed."""

from __future__ import annotations

import re

LONGEST_NAME = 80
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"(?:\+|00)?\d[\d\s().-]{7,}\d")
_BEFORE_NAME = re.compile(r"^\s*(?:ik ben|ik heet|mijn naam is|naam is|noem me(?: maar)?|zeg maar)\s+", re.IGNORECASE)


_NO_NAME = re.compile(
    r"\b(?:toch|maar|niet|waarom|waarvoor|gaat|weet|hoezo|liever|boeit|later|hoewel|geen|nee|neen|misschien|wacht|sorry)\b",
    re.IGNORECASE,
)
_YES_OR_NO = {"ja", "nee", "ok", "oke", "oké", "goed", "graag"}


def read_contact(question: str, text: str) -> dict[str, str]:
    """``{"name": …}``, or ``{"phone": …}`` and/or ``{"email": …}``; empty when it does not look like one.

    Any plausible telephone number of 9 to 15 digits counts (family may live abroad). A name is taken as typed;
    "gaat je niet aan" is none.
    """
    if question == "name":
        name = _BEFORE_NAME.sub("", " ".join(text.split())).strip(" .,!")
        talks = name.casefold() in _YES_OR_NO or (len(name.split()) > 1 and _NO_NAME.search(name) is not None)
        return {} if talks or not re.search(r"[^\W\d_]", name) else {"name": name[:LONGEST_NAME]}
    found = {}
    if email := _EMAIL.search(text):
        found["email"] = email.group(0)
    rest = _EMAIL.sub(" ", text)
    for candidate in _PHONE.finditer(rest):
        digits = re.sub(r"\D", "", candidate.group(0))
        if 9 <= len(digits) <= 15:
            found["phone"] = " ".join(candidate.group(0).split())
            break
    return found
