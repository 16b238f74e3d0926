"""The closed vocabularies of facts and desks."""

from __future__ import annotations

from knowledge.vocabulary import Term


class Confidence(Term):
    """How sure a fact is: the marks A to D of the domain study. Only the first two may be shown."""

    OFFICIAL = "official", "wettekst of eigenaar"
    SECONDARY = "secondary", "goede tweede bron"
    WEAK = "weak", "oud, of één zwakke bron"
    GENERAL = "general", "algemene kennis, zonder bron"


class DeskStatus(Term):
    """Was the way to reach it read at its owner?"""

    TO_VERIFY = "to_verify", "nog na te kijken"
    CHECKED = "checked", "nagekeken"
