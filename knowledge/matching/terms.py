"""What the card says of an offer whoever asks: what it brings, what to reckon with, and what nobody knows (R48-R50)."""

from __future__ import annotations

from knowledge.matching.kinds import RELIEF
from knowledge.matching.need import Need, Reason
from knowledge.matching.target import labels
from knowledge.offers.freshness import STALE_RANK, Freshness
from knowledge.offers.record import Offer
from knowledge.vocabulary import Applicant, OfferStatus, Payer


def what_it_is(offer: Offer) -> Reason:
    """What can be said when nothing else speaks for it: an offer is never shown without a reason (R48)."""
    return Reason("kind_of_help", {"kind": offer.label})


def good_to_know(offer: Offer) -> tuple[Reason, ...]:
    """What speaks for it, as far as it was read and not inferred."""
    reasons = []
    if offer.gains and "gains" not in offer.inferred:
        reasons.append(Reason("gains", {"gains": "; ".join(offer.gains)}))
    if offer.trial_visit and "trial_visit" not in offer.inferred:
        reasons.append(Reason("trial_visit"))
    if offer.indication_needed is False and "indication_needed" not in offer.inferred:
        reasons.append(Reason("no_indication"))
    if Payer.FREE in offer.payers and "payers" not in offer.inferred:
        reasons.append(Reason("free"))
    return tuple(reasons)


def to_reckon_with(offer: Offer) -> tuple[Reason, ...]:
    """What she must know beforehand."""
    reasons = []
    if offer.status is OfferStatus.TEMPORARILY_CLOSED:
        reasons.append(Reason("temporarily_closed"))
    if offer.min_hours and offer.min_hours > 1:
        reasons.append(Reason("min_hours", {"hours": str(offer.min_hours)}))
    if offer.indication_needed:
        by = offer.indication_by
        reasons.append(Reason("indication_by", {"who": by}) if by else Reason("indication_needed"))
    if offer.applicants and not offer.applicants & {Applicant.CARER, Applicant.LOVED_ONE}:
        reasons.append(Reason("applied_for_by", {"applicants": labels(offer.applicants)}))
    if offer.excluded:
        reasons.append(Reason("excluded", {"excluded": "; ".join(offer.excluded)}))
    if offer.limits:
        reasons.append(Reason("limits", {"limits": "; ".join(offer.limits)}))
    return tuple(reasons)


def not_known(offer: Offer, need: Need, fresh: Freshness) -> tuple[Reason, ...]:
    """What nobody knows yet: a free place always, and whatever the source is silent about (R49, R50)."""
    reasons = []
    if offer.existence_uncertain or fresh.rank >= STALE_RANK:
        reasons.append(Reason("ask_exists"))
    if need.language and offer.languages:
        reasons.append(Reason("ask_language", {"languages": ", ".join(offer.languages)}))
    if not set(offer.kinds) & RELIEF:
        return tuple(reasons)
    reasons.append(Reason("free_place"))
    if offer.indication_needed is None:
        reasons.append(Reason("indication"))
    return tuple(reasons) + _money(offer, fresh)


def _money(offer: Offer, fresh: Freshness) -> tuple[Reason, ...]:
    certain = offer.payers and "payers" not in offer.inferred
    payer = () if certain else (_payer(offer),)
    if offer.price and fresh.may_show_price:
        price = offer.price
        values = {"euros": price.euros.replace(".", ","), "per": price.per, "year": str(price.year)}
        return (Reason("price_in_year", values), *payer)
    return payer if Payer.FREE in offer.payers and certain else (Reason("price"), *payer)


def _payer(offer: Offer) -> Reason:
    return Reason("ask_payer", {"payers": labels(set(offer.payers))}) if offer.payers else Reason("payer")
