"""Which kinds of offer belong together: at home, by day, overnight, and those in which nobody takes over the care."""

from __future__ import annotations

from knowledge.vocabulary import OfferKind

HOME_KINDS = frozenset(
    {
        OfferKind.HOME_VOLUNTEER, OfferKind.HOME_PAID, OfferKind.HOME_PROFESSIONAL, OfferKind.HOME_24H,
        OfferKind.NIGHT_CARE, OfferKind.PALLIATIVE_HOME,
    }
)  # fmt: skip
DAY_KINDS = frozenset({OfferKind.DAY_CARE, OfferKind.CARE_FARM})
OVERNIGHT_KINDS = frozenset(
    {
        OfferKind.STAY, OfferKind.STAY_CHILD, OfferKind.STAY_GGZ, OfferKind.CARE_HOTEL, OfferKind.HOSPICE_RESPITE,
    }
)  # fmt: skip
OTHER_RELIEF = frozenset({OfferKind.SUPPORT_FAMILY, OfferKind.HOUSEHOLD_HELP, OfferKind.HOLIDAY})
RELIEF = HOME_KINDS | DAY_KINDS | OVERNIGHT_KINDS | OTHER_RELIEF

BY_NIGHT = OVERNIGHT_KINDS | {OfferKind.NIGHT_CARE, OfferKind.HOME_24H}
"""Kinds in which somebody is there at night, so that care in the night is a question."""

FOR_CHILDREN = frozenset({OfferKind.STAY_CHILD, OfferKind.SUPPORT_FAMILY})
FOR_THE_LAST_PHASE = frozenset({OfferKind.PALLIATIVE_HOME, OfferKind.HOSPICE_RESPITE})

WITHOUT_CARE = frozenset(
    {
        OfferKind.CARER_SUPPORT_CENTRE, OfferKind.GUIDE, OfferKind.HELPLINE, OfferKind.MUNICIPAL_ACCESS,
        OfferKind.ARRANGING_HELP, OfferKind.HOUSEHOLD_HELP, OfferKind.PEER_CONTACT, OfferKind.YOUNG_CARER_SUPPORT,
    }
)  # fmt: skip
"""Kinds in which nobody takes over the care, so experience with a condition is no question."""

FAMILIES = (
    HOME_KINDS - {OfferKind.NIGHT_CARE},
    frozenset({OfferKind.NIGHT_CARE, OfferKind.HOME_24H}),
    DAY_KINDS,
    OVERNIGHT_KINDS,
    frozenset({OfferKind.STAY_CHILD, OfferKind.SUPPORT_FAMILY}),
)
"""Kinds that are akin: one may answer a wish for the other."""
