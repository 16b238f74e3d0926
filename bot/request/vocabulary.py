"""The closed vocabularies of the handover request: fields, sections, states, steps and events, with Dutch labels.

Sources: requirements, field table "Handover request" (fields), R99 (order of sections), R96 (names of states).
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
    HOURS = "hours", "Uren zorg"
    NIGHTS = "nights", "Nachten"
    SINCE = "since", "Sinds"
    WORK = "work", "Werk"
    PERSEVERANCE = "perseverance", "Houdt dit nog vol"
    BODY = "body", "Eigen lichaam"
    OWN_TIME = "own_time", "Eigen tijd"
    LOAD = "load", "Hoe zwaar het is"
    MUNICIPALITY_CARER = "municipality_carer", "Gemeente"
    LOVED_ONE = "loved_one", "Wie"
    CONDITIONS = "conditions", "Wat er speelt"
    SITUATION = "situation", "Hoe het nu gaat"
    MUNICIPALITY_LOVED_ONE = "municipality_loved_one", "Gemeente van de ander"
    LOVED_ONE_AGREES = "loved_one_agrees", "Weet de ander ervan"
    LOVED_ONE_WANTS = "loved_one_wants", "Wat de ander wil"
    WISH = "wish", "Wens"
    DAY_PARTS = "day_parts", "Wanneer"
    FIT = "fit", "Waar het bij moet passen"
    TRIED = "tried", "Al geprobeerd"
    ASKED_AT = "asked_at", "Al gevraagd bij"
    OFFERS = "offers", "Spreekt aan"
    NETWORK = "network", "Hulp van anderen"
    CURRENT_HELP = "current_help", "Hulp die er nu is"
    WLZ = "wlz", "Wlz-indicatie"
    CLIENT_SUPPORT = "client_support", "Cliëntondersteuner"
    URGENCY = "urgency", "Hoe snel nodig"
    COUNTS_AS = "counts_as", "Wat dit is"
    CONTACT_NAME = "contact_name", "Naam"
    CONTACT_PHONE = "contact_phone", "Telefoon"
    CONTACT_EMAIL = "contact_email", "E-mail"
    CONTACT_WHEN = "contact_when", "Wanneer bellen"
    INTERPRETER = "interpreter", "Taal en tolk"


_FIELDS_BY_SECTION: dict[Section, tuple[FieldKey, ...]] = {
    Section.CARER: (
        FieldKey.ROLE,
        FieldKey.RELATION,
        FieldKey.LIVING_TOGETHER,
        FieldKey.CARER_AGE,
        FieldKey.TASKS,
        FieldKey.HOURS,
        FieldKey.NIGHTS,
        FieldKey.SINCE,
        FieldKey.WORK,
        FieldKey.PERSEVERANCE,
        FieldKey.BODY,
        FieldKey.OWN_TIME,
        FieldKey.LOAD,
        FieldKey.MUNICIPALITY_CARER,
    ),
    Section.LOVED_ONE: (
        FieldKey.LOVED_ONE,
        FieldKey.CONDITIONS,
        FieldKey.SITUATION,
        FieldKey.LOVED_ONE_AGREES,
        FieldKey.LOVED_ONE_WANTS,
        FieldKey.MUNICIPALITY_LOVED_ONE,
    ),
    Section.HELP: (
        FieldKey.WISH,
        FieldKey.DAY_PARTS,
        FieldKey.FIT,
        FieldKey.TRIED,
        FieldKey.ASKED_AT,
        FieldKey.OFFERS,
    ),
    Section.NETWORK: (FieldKey.NETWORK,),
    Section.ARRANGEMENTS: (FieldKey.CURRENT_HELP, FieldKey.WLZ, FieldKey.CLIENT_SUPPORT),
    Section.URGENCY: (FieldKey.URGENCY, FieldKey.COUNTS_AS),
    Section.CONTACT: (
        FieldKey.CONTACT_NAME,
        FieldKey.CONTACT_PHONE,
        FieldKey.CONTACT_EMAIL,
        FieldKey.CONTACT_WHEN,
        FieldKey.INTERPRETER,
    ),
}
FIELD_ORDER: tuple[FieldKey, ...] = tuple(key for keys in _FIELDS_BY_SECTION.values() for key in keys)
SECTION_OF: dict[FieldKey, Section] = {key: section for section, keys in _FIELDS_BY_SECTION.items() for key in keys}

HOW_HEAVY = frozenset({FieldKey.LOAD, FieldKey.BODY, FieldKey.OWN_TIME})
"""How heavy it is, and what only the questions about that brought up: shared only when she ticks it (R26)."""

LOVED_ONE_HEALTH = frozenset({FieldKey.CONDITIONS, FieldKey.SITUATION, FieldKey.CURRENT_HELP, FieldKey.WLZ})
"""Health data of somebody else: these need a yes of their own (R115)."""


class FieldState(Term):
    """How a field came to hold, or not hold, its value. An empty field is never a "no" (invariant 7)."""

    TOLD = "told", "verteld"
    DERIVED = "derived", "afgeleid"
    NOT_ASKED = "not_asked", "niet gevraagd"
    REFUSED = "refused", "wil niet zeggen"
    LEFT_OUT = "left_out", "niet gedeeld"


class RequestState(Term):
    """Where a request stands."""

    DRAFTED = "drafted", "concept"
    SENT = "sent", "verzonden"
    SEEN = "seen", "gezien"
    ACCEPTED = "accepted", "opgepakt"
    FORWARDED = "forwarded", "doorgezet"
    CONTACTED = "contacted", "contact geweest"
    RESOLVED = "resolved", "afgerond"
    REOPENED = "reopened", "heropend"
    WITHDRAWN = "withdrawn", "ingetrokken"


class Step(Term):
    """What can be done to a request; where it leads is in ``bot.request.states``."""

    SEND = "send", "verzenden"
    SEE = "see", "openen"
    ACCEPT = "accept", "oppakken"
    OFFER = "offer", "doorzetten"
    TAKE_OVER = "take_over", "overnemen"
    REFUSE = "refuse", "niet overnemen"
    TAKE_BACK = "take_back", "zelf houden"
    FORWARD = "forward", "vastleggen wie het heeft overgenomen"
    CONTACT = "contact", "contact vastleggen"
    TRY = "try", "vastleggen dat het niet lukte"
    ASK = "ask", "iets vragen"
    PLAN = "plan", "een moment afspreken"
    RESOLVE = "resolve", "afronden"
    REOPEN = "reopen", "heropenen"
    WITHDRAW = "withdraw", "intrekken"


class EventKind(Term):
    """What happened to a request, kept forever with it."""

    DRAFTED = "drafted", "opgesteld"
    CHANGED = "changed", "gewijzigd"
    SENT = "sent", "verzonden"
    SEEN = "seen", "gezien"
    ACCEPTED = "accepted", "opgepakt"
    OFFERED = "offered", "gevraagd om het over te nemen"
    TAKEN_OVER = "taken_over", "overgenomen"
    REFUSED = "refused", "niet overgenomen"
    TAKEN_BACK = "taken_back", "toch zelf gehouden"
    FORWARDED = "forwarded", "doorgezet"
    TRIED = "tried", "geprobeerd te bereiken"
    ASKED = "asked", "iets gevraagd"
    PLANNED = "planned", "moment afgesproken"
    REMINDED = "reminded", "herinnerd"
    ESCALATED = "escalated", "doorgegeven aan de tweede persoon"
    CARER_WARNED = "carer_warned", "verteld dat het langer duurt"
    CONTACTED = "contacted", "contact geweest"
    RESOLVED = "resolved", "afgerond"
    REOPENED = "reopened", "heropend"
    WITHDRAWN = "withdrawn", "ingetrokken"
    MESSAGE_TO_CARER = "message_to_carer", "bericht gestuurd"
    MESSAGE_FROM_CARER = "message_from_carer", "bericht ontvangen"
    CHAT_ENDED = "chat_ended", "gesprek gesloten"


class ReceiverKind(Term):
    """Who can be asked to take over a request."""

    COLLEAGUE = "colleague", "een collega"
    TEAM = "team", "een team"
    MUNICIPALITY = "municipality", "een andere gemeente"
    DESK = "desk", "een ander loket"


class CountsAs(Term):
    """What a request is by the rules of the municipality it went to (R94)."""

    MELDING = "melding", "Wmo-melding"
    CONTACT = "contact", "verzoek om contact"


class MessageStart(Term):
    """What a message to her can start with; its words are ``utter_message_<value>``."""

    INTRODUCE = "introduce", "Kennismaken"
    MISSED = "missed", "Niet bereikt"
    QUESTION = "question", "Iets vragen"
    OFFER = "offer", "Iets voorstellen"
    WAITING = "waiting", "Het duurt nog even"
    LASTING = "lasting", "Hoe gaat het nu"
