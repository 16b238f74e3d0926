"""Every field that a request can hold, with its Dutch label, its section, and whether it is a must.

Source: the field table "Handover request" of the requirements (35 rows, M/S/O), R92 and R99 (sections and their order).
Which row became which field, and where its value comes from, stands in docs/aanvraagvelden.md, checked by a test.
"""

from __future__ import annotations

from knowledge.vocabulary import Term


class Section(Term):
    """Part of a request, in the order people read it (R99); carer and loved one stay apart (R92)."""

    CARER = "carer", "Wie zorgt"
    LOVED_ONE = "loved_one", "De ander"
    HELP = "help", "Wat zou helpen"
    NETWORK = "network", "Wie er nog meer zijn"
    ARRANGEMENTS = "arrangements", "Regelingen"
    URGENCY = "urgency", "Hoe snel"
    CONTACT = "contact", "Contact"


class FieldKey(Term):
    """One thing a request can hold; the section it belongs to is in ``SECTION_OF``."""

    ROLE = "role", "Wie dit vraagt"
    RELATION = "relation", "Zorgt voor"
    LIVING_TOGETHER = "living_together", "Wonen"
    CARER_AGE = "carer_age", "Leeftijd"
    TASKS = "tasks", "Doet dit"
    BEYOND_USUAL = "beyond_usual", "Zorg die erbij komt"
    HOURS = "hours", "Uren zorg"
    NIGHTS = "nights", "Nachten"
    SINCE = "since", "Sinds"
    WORK = "work", "Werk"
    OWN_FAMILY = "own_family", "Eigen gezin"
    TRAVEL = "travel", "Reizen voor de zorg"
    FELL_AWAY = "fell_away", "Wat wegviel"
    PERSEVERANCE = "perseverance", "Houdt dit nog vol"
    BREAKING_POINT = "breaking_point", "Waar de grens ligt"
    BODY = "body", "Eigen lichaam"
    OWN_TIME = "own_time", "Eigen tijd"
    LOAD = "load", "Hoe zwaar het is"
    MUNICIPALITY_CARER = "municipality_carer", "Gemeente"
    LOVED_ONE = "loved_one", "Wie"
    LOVED_ONE_AGE = "loved_one_age", "Leeftijd van de ander"
    CONDITIONS = "conditions", "Wat er speelt"
    SITUATION = "situation", "Hoe het nu gaat"
    LASTING = "lasting", "Hoe lang dit duurt"
    LOVED_ONE_AGREES = "loved_one_agrees", "Weet de ander ervan"
    WHO_SIGNS = "who_signs", "Wie mag tekenen"
    LOVED_ONE_WANTS = "loved_one_wants", "Wat de ander wil"
    TURNING_18 = "turning_18", "Wordt 18"
    MUNICIPALITY_LOVED_ONE = "municipality_loved_one", "Gemeente van de ander"
    WISH = "wish", "Wens"
    RESULT = "result", "Wat het moet brengen"
    DAY_PARTS = "day_parts", "Wanneer"
    FIT = "fit", "Waar het bij moet passen"
    TRIED = "tried", "Al geprobeerd"
    ASKED_AT = "asked_at", "Al gevraagd bij"
    OFFERS = "offers", "Spreekt aan"
    NETWORK = "network", "Hulp van anderen"
    NETWORK_CANNOT = "network_cannot", "Wie niet kan helpen"
    PROFESSIONALS = "professionals", "Wie er al bij betrokken is"
    MAY_CONTACT = "may_contact", "Mag de consulent hen bellen"
    HOUSEHOLD_REQUESTS = "household_requests", "Andere aanvragen in huis"
    CURRENT_HELP = "current_help", "Hulp die er nu is"
    WLZ = "wlz", "Wlz-indicatie"
    DECISION_ENDS = "decision_ends", "Einde van het besluit"
    MONEY_FORM = "money_form", "Pgb of zorg in natura"
    PGB_HOLDER = "pgb_holder", "Wie het pgb regelt"
    INSURANCE = "insurance", "Zorgverzekering"
    FINANCING = "financing", "Voorkeur voor betalen"
    OWN_PLAN = "own_plan", "Eigen plan"
    CLIENT_SUPPORT = "client_support", "Cliëntondersteuner"
    URGENCY = "urgency", "Hoe snel nodig"
    COUNTS_AS = "counts_as", "Wat dit is"
    STEPS_TOLD = "steps_told", "Wat is verteld"
    CONTACT_NAME = "contact_name", "Naam"
    CONTACT_PHONE = "contact_phone", "Telefoon"
    CONTACT_EMAIL = "contact_email", "E-mail"
    CONTACT_WHEN = "contact_when", "Wanneer bellen"
    TALK_FORM = "talk_form", "Bellen of langskomen"
    TALK_COMPANY = "talk_company", "Wie erbij komt"
    INTERPRETER = "interpreter", "Taal en tolk"
    ACCESSIBILITY = "accessibility", "Houd rekening met"
    NOT_TO_SHARE = "not_to_share", "Niet delen met anderen"


_FIRST_OF: dict[FieldKey, Section] = {
    FieldKey.ROLE: Section.CARER,
    FieldKey.LOVED_ONE: Section.LOVED_ONE,
    FieldKey.WISH: Section.HELP,
    FieldKey.NETWORK: Section.NETWORK,
    FieldKey.CURRENT_HELP: Section.ARRANGEMENTS,
    FieldKey.URGENCY: Section.URGENCY,
    FieldKey.CONTACT_NAME: Section.CONTACT,
}
"""Where each section begins: the fields above stand in the order of R99."""


def _sections() -> dict[FieldKey, Section]:
    section, found = Section.CARER, {}
    for key in FieldKey:
        section = _FIRST_OF.get(key, section)
        found[key] = section
    return found


SECTION_OF: dict[FieldKey, Section] = _sections()
FIELD_ORDER: tuple[FieldKey, ...] = tuple(SECTION_OF)

HOW_HEAVY = frozenset({FieldKey.LOAD, FieldKey.BODY, FieldKey.OWN_TIME, FieldKey.BREAKING_POINT})
"""How heavy it is, and what only the questions about that brought up: shared only when she ticks it (R26)."""

LOVED_ONE_HEALTH = frozenset(
    {
        FieldKey.CONDITIONS, FieldKey.SITUATION, FieldKey.CURRENT_HELP, FieldKey.WLZ, FieldKey.LASTING,
        FieldKey.PROFESSIONALS, FieldKey.FELL_AWAY,
    }
)  # fmt: skip
"""Health data of somebody else: these need a yes of their own (R115)."""

ONLY_WHEN_TOLD = frozenset(
    {
        FieldKey.ROLE, FieldKey.CARER_AGE, FieldKey.OWN_FAMILY, FieldKey.TRAVEL, FieldKey.FELL_AWAY, FieldKey.WORK,
        FieldKey.BREAKING_POINT, FieldKey.BODY, FieldKey.OWN_TIME, FieldKey.SITUATION, FieldKey.LASTING,
        FieldKey.WHO_SIGNS, FieldKey.TURNING_18, FieldKey.OFFERS, FieldKey.ASKED_AT, FieldKey.NETWORK_CANNOT,
        FieldKey.PROFESSIONALS, FieldKey.MAY_CONTACT, FieldKey.HOUSEHOLD_REQUESTS, FieldKey.DECISION_ENDS,
        FieldKey.MONEY_FORM, FieldKey.PGB_HOLDER, FieldKey.INSURANCE, FieldKey.FINANCING, FieldKey.OWN_PLAN,
        FieldKey.CLIENT_SUPPORT, FieldKey.COUNTS_AS, FieldKey.STEPS_TOLD, FieldKey.TALK_FORM, FieldKey.TALK_COMPANY,
        FieldKey.INTERPRETER, FieldKey.ACCESSIBILITY, FieldKey.NOT_TO_SHARE,
    }
)  # fmt: skip
"""Absent when nobody spoke of it: S and O of the field table, and the parts of a must that are no must alone."""

OF_MUNICIPALITY = frozenset({FieldKey.COUNTS_AS, FieldKey.CLIENT_SUPPORT, FieldKey.STEPS_TOLD})
"""Said by the municipality, or by us in its name: not hers to change."""
