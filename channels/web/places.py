"""Which municipality a link, a website or a form means: its name as people write it, a place in it, or a postcode."""

from __future__ import annotations

from channels.web.ports import KnownMunicipality
from knowledge.places.regions import Regions


def municipality_named(regions: Regions) -> KnownMunicipality:
    """Gives the official name, or ``None`` when it is unknown or could be more than one."""

    def named(text: str) -> str | None:
        if regions.municipality(text) is not None:
            return text
        postcode = regions.by_postcode(text.strip())
        if postcode is not None:
            return postcode.municipality
        meant = {hit.municipality for hit in regions.find_place(text) if hit.exact} if text.strip() else set()
        return meant.pop() if len(meant) == 1 else None

    return named
