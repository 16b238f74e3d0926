"""The closed vocabularies of the handover request: states, steps and events, with Dutch labels (R96).

Its fields and sections are in ``bot.request.fields``.
"""

from __future__ import annotations

from knowledge.vocabulary import Term


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
    PROPOSE = "propose", "aanbod voorstellen"
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
    PROPOSED = "proposed", "aanbod voorgesteld"
    PLANNED = "planned", "moment afgesproken"
    REMINDED = "reminded", "herinnerd"
    ESCALATED = "escalated", "gemeld dat het te laat is"
    CARER_WARNED = "carer_warned", "verteld dat het langer duurt"
    CONTACTED = "contacted", "contact geweest"
    RESOLVED = "resolved", "afgerond"
    REOPENED = "reopened", "heropend"
    WITHDRAWN = "withdrawn", "ingetrokken"
    MESSAGE_TO_CARER = "message_to_carer", "bericht gestuurd"
    MESSAGE_FROM_CARER = "message_from_carer", "bericht ontvangen"
    CLOSED_ELSEWHERE = "closed_elsewhere", "afgehandeld in het eigen systeem van de gemeente; wij weten niet hoe"
    CHAT_ENDED = "chat_ended", "gesprek gesloten"
    NUDGED = "nudged", "gevraagd waar het antwoord blijft"
    CHECKED = "checked", "nagevraagd of het nog klopt"
    UNCHANGED = "unchanged", "laten weten dat het nog klopt"
    WORSENED = "worsened", "laten weten dat het zwaarder is"
    FOLLOWED_UP = "followed_up", "later nagevraagd"
    LOSS_TOLD = "loss_told", "laten weten dat er iemand is overleden"
    CARE_OVER = "care_over", "laten weten dat de zorg voorbij is"


class ReceiverKind(Term):
    """Who can be asked to take over a request."""

    COLLEAGUE = "colleague", "een collega"
    TEAM = "team", "een team"
    MUNICIPALITY = "municipality", "een andere gemeente"
    DESK = "desk", "een ander loket"


class RefusalReason(Term):
    """The usual reasons not to take over a request; the label begins the reason that is kept (R93)."""

    NO_TIME = "no_time", "Ik heb hier nu geen tijd voor"
    AWAY = "away", "Ik ben binnenkort afwezig"
    NOT_OURS = "not_ours", "Dit hoort bij een ander team of loket"
    TOO_CLOSE = "too_close", "Ik ken deze persoon zelf"
    STAYS = "stays", "Het contact met de collega loopt al goed"


class CountsAs(Term):
    """What a request is by the rules of the municipality it went to (R94)."""

    MELDING = "melding", "Wmo-melding"
    CONTACT = "contact", "verzoek om contact"


class MessageStart(Term):
    """What a message to her can start with; its words are ``utter_message_<value>`` (channels.desk.message_starts)."""

    INTRODUCE = "introduce", "Kennismaken"
    MISSED = "missed", "Niet bereikt"
    QUESTION = "question", "Iets vragen"
    OFFER = "offer", "Iets voorstellen"
    MOMENT = "moment", "Afspraak bevestigen"
    CONSENT = "consent", "Toestemming vragen"
    WAITING = "waiting", "Het duurt nog even"
    LASTING = "lasting", "Hoe gaat het nu"
