"""The closed vocabularies of the catalogue and of needs: each term once, with its Dutch label for people.

Values are stable identifiers that are stored and exchanged; labels are what people read.
Source of the terms: requirements R54 (kinds), HSDS 3 (status), domain facts section 2 (payers).
"""

from __future__ import annotations

from enum import Enum


class Term(str, Enum):
    """A word from a closed vocabulary: ``value`` is stored, ``label`` is read by people."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Term:  # the default lets checkers accept a look-up by value
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        return term

    def __str__(self) -> str:
        return str(self.value)


class OfferKind(Term):
    """What an offer is, independent of its local product name."""

    HOME_VOLUNTEER = "home_volunteer", "vrijwilliger thuis"
    HOME_PAID = "home_paid", "betaalde hulp thuis"
    HOME_PROFESSIONAL = "home_professional", "beroepskracht thuis"
    HOME_24H = "home_24h", "dag en nacht vervanging thuis"
    NIGHT_CARE = "night_care", "nachtzorg"
    PALLIATIVE_HOME = "palliative_home", "vrijwilligers in de laatste levensfase"
    DAY_CARE = "day_care", "dagopvang of dagbesteding"
    CARE_FARM = "care_farm", "zorgboerderij"
    STAY = "stay", "logeren"
    STAY_CHILD = "stay_child", "logeren voor kinderen"
    STAY_GGZ = "stay_ggz", "respijthuis bij psychische klachten"
    CARE_HOTEL = "care_hotel", "zorghotel"
    HOSPICE_RESPITE = "hospice_respite", "logeren in een hospice"
    SUPPORT_FAMILY = "support_family", "steungezin"
    HOLIDAY = "holiday", "weekend weg of vakantie"
    HOUSEHOLD_HELP = "household_help", "hulp in de huishouding"
    ARRANGING_HELP = "arranging_help", "hulp bij regelen"
    PEER_CONTACT = "peer_contact", "contact met mensen in dezelfde situatie"
    YOUNG_CARER_SUPPORT = "young_carer_support", "steun voor jonge mensen die thuis zorgen"
    CARER_SUPPORT_CENTRE = "carer_support_centre", "steunpunt mantelzorg"
    GUIDE = "guide", "wegwijzer"
    HELPLINE = "helpline", "hulplijn"
    MUNICIPAL_ACCESS = "municipal_access", "loket van de gemeente"


class Place(Term):
    """Where the relief takes place, seen from the person who is cared for."""

    HOME = "home", "thuis"
    AWAY = "away", "ergens anders"
    EITHER = "either", "maakt niet uit"


class DayPart(Term):
    """Part of the week for which relief is wanted or offered."""

    MORNING = "morning", "ochtend"
    AFTERNOON = "afternoon", "middag"
    EVENING = "evening", "avond"
    NIGHT = "night", "nacht"
    WEEKEND = "weekend", "weekend"
    FULL_DAY = "full_day", "hele dag"


class Condition(Term):
    """What is the matter with the person who is cared for, in the carer's terms: never a diagnosis of ours."""

    DEMENTIA = "dementia", "dementie of vergeetachtigheid"
    YOUNG_DEMENTIA = "young_dementia", "dementie op jonge leeftijd"
    FRAILTY = "frailty", "ouderdom"
    STROKE_BRAIN_INJURY = "brain_injury", "beroerte of hersenletsel"
    PARKINSON = "parkinson", "parkinson"
    CANCER = "cancer", "kanker"
    PALLIATIVE = "palliative", "laatste levensfase"
    CHRONIC_ILLNESS = "chronic_illness", "chronische ziekte"
    PHYSICAL_DISABILITY = "physical_disability", "lichamelijke beperking"
    INTELLECTUAL_DISABILITY = "intellectual_disability", "verstandelijke beperking"
    AUTISM = "autism", "autisme"
    ADHD_BEHAVIOUR = "adhd_behaviour", "ADHD of druk gedrag"
    MENTAL_HEALTH = "mental_health", "psychische klachten"
    ADDICTION = "addiction", "verslaving"
    RECOVERY = "recovery", "herstel na ziekte of operatie"
    MULTIPLE_CHILD = "severe_child", "kind met een ernstige beperking"
    OTHER = "other", "iets anders"


class Payer(Term):
    """Who may pay: an explanation for people, never a filter."""

    WMO = "wmo", "gemeente (Wmo)"
    WLZ = "wlz", "Wlz"
    ZVW_SUPPLEMENTARY = "zvw_supplementary", "aanvullende zorgverzekering"
    JEUGDWET = "jeugdwet", "gemeente (Jeugdwet)"
    PGB = "pgb", "pgb"
    MUNICIPALITY = "municipality", "gemeente"
    FREE = "free", "gratis"
    PRIVATE = "private", "zelf betalen"
    FUND = "fund", "een fonds"


class OfferStatus(Term):
    """HSDS service status; ``ended`` is never shown."""

    ACTIVE = "active", "open"
    WAITING_LIST = "waiting_list", "wachtlijst"
    TEMPORARILY_CLOSED = "temporarily_closed", "tijdelijk dicht"
    UNKNOWN = "unknown", "onbekend"
    ENDED = "ended", "gestopt"


class SourceAge(Term):
    """How old the source of an offer is (seed catalogue README)."""

    RECENT = "recent", "bron van 2024 of later"
    OLDER = "older", "bron van 2020 tot 2023"
    OLD = "old", "bron van 2019 of eerder"
    UNDATED = "undated", "bron zonder datum"


class Scope(Term):
    """How far an offer reaches. A region is a GGD region (``ggd_region``) or words of the source (``area``)."""

    MUNICIPALITY = "municipality", "een of meer gemeenten"
    REGION = "region", "regio"
    RADIUS = "radius", "een straal rond de plaats"
    PROVINCE = "province", "provincie"
    NATIONAL = "national", "heel Nederland"
    UNKNOWN = "unknown", "onbekend"


class AccessKind(Term):
    """How one gets in (R61): open to all, after a decision on this person, or simply bought."""

    GENERAL = "general", "algemene voorziening: zonder besluit van de gemeente"
    TAILORED = "tailored", "maatwerk: na een besluit van de gemeente of het zorgkantoor"
    OPEN = "open", "zelf te regelen bij de aanbieder"


class Applicant(Term):
    """Who may ask for an offer (R55)."""

    CARER = "carer", "de mantelzorger"
    LOVED_ONE = "loved_one", "de naaste"
    PROFESSIONAL = "professional", "een zorgverlener"
    MUNICIPALITY = "municipality", "de gemeente"
    GP = "gp", "de huisarts"


class HelpArea(Term):
    """The eight areas in which a municipality supports carers (R57)."""

    INFORMATION = "information", "informatie"
    ADVICE = "advice", "advies en begeleiding"
    EMOTIONAL = "emotional", "emotionele steun"
    EDUCATION = "education", "educatie"
    PRACTICAL = "practical", "praktische hulp"
    RESPITE = "respite", "respijtzorg"
    FINANCIAL = "financial", "financiële tegemoetkoming"
    MATERIAL = "material", "materiële hulp"


class CareDemand(Term):
    """What the person who is cared for asks of whoever takes over; an offer accepts or declines it."""

    SUPERVISION = "supervision", "altijd iemand in de buurt"
    WANDERING = "wandering", "weglopen of dwalen"
    AGGRESSION = "aggression", "boos of agressief gedrag"
    PERSONAL_CARE = "personal_care", "hulp bij wassen, aankleden of de wc"
    LIFTING = "lifting", "tillen of een tillift"
    WHEELCHAIR = "wheelchair", "een rolstoel"
    NURSING = "nursing", "verpleging, zoals wondzorg of sondevoeding"
    NIGHT_CARE = "night_care", "zorg in de nacht"


class Transport(Term):
    """How the person who is cared for gets there."""

    INCLUDED = "included", "vervoer hoort erbij"
    ON_REQUEST = "on_request", "vervoer in overleg"
    SELF = "self", "zelf vervoer regelen"


class Urgency(Term):
    """How fast a person must look at it (request field 21)."""

    PALLIATIVE = "palliative", "laatste levensfase"
    EMERGENCY = "emergency", "spoed"
    SOON = "soon", "snel"
    NORMAL = "normal", "gewoon"


class AgeGroup(Term):
    """The age of the person who is cared for, as coarse as the sources give it."""

    CHILD = "child", "kinderen"
    YOUNG_ADULT = "young_adult", "jongvolwassenen"
    ADULT = "adult", "volwassenen"
    OLDER = "older", "ouderen"


class BoundTo(Term):
    """Whose place decides whether an offer is near: where the carer lives or where the loved one lives (R87)."""

    CARER = "carer", "waar de mantelzorger woont"
    LOVED_ONE = "loved_one", "waar de naaste woont"
    EITHER = "either", "een van beide"


class UnmetReason(Term):
    """Why no real relief was found (R53, R112): honest, and never "there is nothing in your region"."""

    PLACE_UNKNOWN = "place_unknown", "woonplaats niet bekend"
    NONE_KNOWN_HERE = "none_known_here", "hier geen aanbod bekend"
    ONLY_NATIONAL = "only_national", "alleen landelijk aanbod bekend"
    ONLY_STALE = "only_stale", "alleen oud of onzeker aanbod bekend"
    TOO_LATE = "too_late", "het aanbod komt te laat"
    OTHER_DAY_PART = "other_day_part", "alleen aanbod op andere momenten bekend"
    OTHER_KIND_ONLY = "other_kind_only", "alleen een ander soort aanbod bekend"
    OUTSIDE_TARGET = "outside_target", "het aanbod is voor een andere groep"
    FULL_OR_CLOSED = "full_or_closed", "wachtlijst of tijdelijk dicht"
