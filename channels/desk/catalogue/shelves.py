"""The kinds of records at the desk: what each asks, how it is read, what it lacks. The pages know only this."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from channels.desk.catalogue.offer_form import ASKED, labels_asked_inline, offer_sections
from channels.desk.catalogue.questions import FaultLike, Section
from knowledge.curation.record import RecordKind
from knowledge.offers.completeness import contradictions, lacks
from knowledge.offers.data import find_faults, read_offer, write_offer
from knowledge.offers.faults import Fault
from knowledge.offers.guide import GUIDE
from knowledge.offers.record import Offer
from knowledge.offers.typed import data_of
from knowledge.offers.written import texts_of
from knowledge.places.regions import Regions

Texts = Mapping[str, str]
Body = dict[str, Any]
LONGEST_SLUG = 48
UNNAMED = "nieuw"  # stands for the identifier until a new offer is kept


def slug_of(text: str, joint: str = "-") -> str:
    """Plain small letters and figures, at most 48: an identifier that people can read."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", joint, plain).strip(joint)[:LONGEST_SLUG].rstrip(joint) or "nieuw"


def free_id(wish: str, taken: Iterable[str], joint: str = "-") -> str:
    """The wish, or the wish with the first number that is free."""
    known = set(taken)
    number = 2
    found = wish
    while found in known:
        found, number = f"{wish}{joint}{number}", number + 1
    return found


class Shelf(ABC):
    """One kind of records, and what most kinds share. Bodies are plain data, texts are what is typed, by column.

    ``not_copied``: what a copy does not take over, because it was said of the other one.
    """

    kind: RecordKind
    slug: str
    sections: tuple[Section, ...]
    can_confirm = False
    not_copied: Mapping[str, str] = {}

    @abstractmethod
    def texts(self, body: Mapping[str, Any]) -> dict[str, str]:
        """What stands in the form for this record."""

    def texts_of_draft(self, body: Mapping[str, Any]) -> dict[str, str]:
        """What stands in the form for this draft: the desk keeps what was typed, others keep data."""
        if all(isinstance(value, str) for value in body.values()):
            return {**self.texts({}), **body}
        return self.texts(body)

    @abstractmethod
    def read(self, texts: Texts) -> tuple[Body, tuple[FaultLike, ...]]:
        """The record that was typed, and everything that is wrong with it."""

    def lacking(self, body: Body, published: Mapping[str, Any] | None) -> tuple[str, ...]:
        """Labels of what must be known, or asked for in vain, before this is published."""
        return ()

    def doubts(self, body: Body) -> tuple[str, ...]:
        """What asks for a look and stops nothing."""
        return ()

    @abstractmethod
    def title(self, texts: Mapping[str, Any]) -> str:
        """What people call it."""

    def new_id(self, texts: Texts, taken: Iterable[str]) -> str:
        """Its name as one word that can stand between the braces of a sentence."""
        word = slug_of(self.title(texts), "_")
        return free_id(word if word[0].isalpha() else f"n_{word}", taken, "_")

    def identity(self, record_id: str) -> dict[str, str]:
        """What stands in the record itself to say which one it is."""
        return {}

    def asked(self, texts: Texts) -> tuple[str, ...]:
        """Labels of what was asked for in vain."""
        return ()

    def leftover(self, texts: Texts) -> tuple[str, ...]:
        """Of these, the ones that have no box in the form: kept as they are."""
        return ()

    def confirmed(self, body: Mapping[str, Any], by: str, today: date) -> Body:
        """The record as it stands once ``by`` has said that it is still right; only where ``can_confirm``."""
        raise TypeError(f"{self.slug} cannot be confirmed")


class OfferShelf(Shelf):
    """Offers: one form of many fields, made from their guide."""

    kind = RecordKind.OFFER
    slug = "aanbod"
    can_confirm = True
    not_copied = MappingProxyType({"id": "", "checked_on": "", "checked_by": "", "checks": ""})

    def __init__(self, regions: Regions) -> None:
        self._regions = regions
        self._municipalities = frozenset(one.name for one in regions.municipalities())
        self._inline = {label.casefold() for label in labels_asked_inline()}
        self.sections = offer_sections()

    def texts(self, body: Mapping[str, Any]) -> dict[str, str]:
        """What stands in the form for this offer."""
        return texts_of(body)

    def read(self, texts: Texts) -> tuple[Body, tuple[Fault, ...]]:
        """The offer that was typed, and everything that is wrong with it."""
        data, unread = data_of(texts)
        data.setdefault("id", UNNAMED)
        found = find_faults(data, self._municipalities)
        named = {(fault.field, fault.code) for fault in found}
        extra = tuple(fault for fault in unread if (fault.field, fault.code) not in named)
        faults = (*found, *extra)
        return (data, faults) if faults else (write_offer(read_offer(data)), ())

    def lacking(self, body: Body, published: Mapping[str, Any] | None) -> tuple[str, ...]:
        """R55; what was published before without it may be mended step by step, but never made poorer."""
        before = set(lacks(read_offer(published))) if published is not None else set()
        return tuple(GUIDE[name].label for name in lacks(read_offer(body)) if name not in before)

    def doubts(self, body: Body) -> tuple[str, ...]:
        """What contradicts itself or the map."""
        return tuple(fault.text for fault in contradictions(read_offer(body), self._regions))

    def title(self, texts: Mapping[str, Any]) -> str:
        """The name of the offer."""
        return str(texts.get("name") or "").strip()

    def new_id(self, texts: Texts, taken: Iterable[str]) -> str:
        """Name and organisation as one word."""
        return free_id(slug_of(f"{texts.get('name', '')} {texts.get('located_in', '')}"), taken)

    def confirmed(self, body: Mapping[str, Any], by: str, today: date) -> Body:
        """Asked of the provider today; the label "not checked yet" and the doubt whether it exists go."""
        offer = replace(
            read_offer(body), checked_on=today, checked_by=by, verify_before_showing=False, existence_uncertain=False
        )
        return write_offer(offer)

    def identity(self, record_id: str) -> dict[str, str]:
        """An offer carries its own identifier."""
        return {"id": record_id}

    def asked(self, texts: Texts) -> tuple[str, ...]:
        """What the provider could not say."""
        return _lines(texts.get(ASKED, ""))

    def leftover(self, texts: Texts) -> tuple[str, ...]:
        """Asked in vain, of fields that need not be known."""
        return tuple(line for line in self.asked(texts) if line.casefold() not in self._inline)

    def missing(self, offer: Offer) -> tuple[str, ...]:
        """Labels of all that is not known of an offer."""
        return tuple(GUIDE[name].label for name in lacks(offer))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())
