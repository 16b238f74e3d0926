"""From what she told to the fields of a request, in readable Dutch, each with the words it came from.

Nothing is guessed and nothing is dropped: a field that every request needs and nobody filled says "niet gevraagd" or
"wil niet zeggen". How heavy it is stays out until she ticks it (issue 2, R26).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.profile import CarerProfile, Told
from bot.reading import LoadCue, Relation, Role, Task, Wish
from bot.request.detail_values import DETAIL_KEYS, beyond_usual, detail_values
from bot.request.fields import HOW_HEAVY, ONLY_WHEN_TOLD, SECTION_OF, FieldKey
from bot.request.record import RequestField, RequestOffer, in_order
from bot.request.urgency import urgency_value
from bot.request.values import Value, amount_of_hours, broken_nights, labels, place_name, quoted, since_when, texts
from bot.request.vocabulary import FieldState
from bot.wording import Wording
from knowledge.bodies import Body
from knowledge.vocabulary import Condition, DayPart

if TYPE_CHECKING:
    from bot.load import LoadSignal

_K = FieldKey
PROFILE_NAME: dict[FieldKey, str] = {
    _K.ROLE: "role",
    _K.RELATION: "relation",
    _K.LIVING_TOGETHER: "living_together",
    _K.CARER_AGE: "minor",
    _K.TASKS: "tasks",
    _K.HOURS: "hours",
    _K.NIGHTS: "nights",
    _K.SINCE: "since",
    _K.WORK: "works",
    _K.PERSEVERANCE: "perseverance",
    _K.BODY: "body",
    _K.OWN_TIME: "own_time",
    _K.LOAD: "load_cues",
    _K.MUNICIPALITY_CARER: "carer_place",
    _K.LOVED_ONE: "relation",
    _K.CONDITIONS: "conditions",
    _K.SITUATION: "situation",
    _K.MUNICIPALITY_LOVED_ONE: "loved_one_place",
    _K.WISH: "wishes",
    _K.DAY_PARTS: "day_parts",
    _K.TRIED: "tried",
    _K.ASKED_AT: "asked_at",
    _K.NETWORK: "helpers",
    _K.CONTACT_NAME: "name",
    _K.CONTACT_PHONE: "phone",
    _K.CONTACT_EMAIL: "email",
    _K.CONTACT_WHEN: "when",
    _K.INTERPRETER: "interpreter",
    **{key: key.value for key in DETAIL_KEYS},
}
"""Under which name the profile remembers that she did not want to, or could not, answer."""

_CONTACT = (_K.CONTACT_NAME, _K.CONTACT_PHONE, _K.CONTACT_EMAIL, _K.CONTACT_WHEN)


def compose_fields(
    profile: CarerProfile,
    load: LoadSignal | None,
    liked_offers: Sequence[RequestOffer],
    wording: Wording,
    *,
    shares_load: bool = False,
    shares_health: bool = True,
) -> list[RequestField]:
    """The fields of a request in the order of R99. Raises ``WordingError`` if a sentence is missing.

    ``shares_load``, ``shares_health``: may how soon it must be say why, when that is how heavy it is for her, or how
    the loved one is?
    """
    values = {**_read_profile(profile, wording), **detail_values(profile, wording)}
    values[_K.BEYOND_USUAL] = beyond_usual(profile)
    values[_K.LOAD] = _load_value(profile, load, wording)
    values[_K.URGENCY] = urgency_value(profile, load, wording, shares_load, shares_health)
    values[_K.OFFERS] = Value(", ".join(offer.name for offer in liked_offers)) if liked_offers else None
    fields = [_field(key, values.get(key), profile) for key in SECTION_OF]
    return in_order([item for item in fields if item.value or item.key not in ONLY_WHEN_TOLD])


def _field(key: FieldKey, value: Value | None, profile: CarerProfile) -> RequestField:
    if value is not None and value.text:
        state = FieldState.LEFT_OUT if key in HOW_HEAVY else FieldState.DERIVED if value.derived else FieldState.TOLD
        return RequestField(key, SECTION_OF[key], value.text, state, value.words)
    refused = {key.value, PROFILE_NAME.get(key, "")} & set(profile.refused)
    return RequestField(key, SECTION_OF[key], "", FieldState.REFUSED if refused else FieldState.NOT_ASKED)


def _read_profile(profile: CarerProfile, wording: Wording) -> dict[FieldKey, Value | None]:
    together, carer_place = profile.living_together, place_name(profile.carer_place, wording)
    loved_one_place = place_name(profile.loved_one_place, wording)
    if (
        loved_one_place is None
        and carer_place is not None
        and together is not None
        and together.value == "yes"
        and "loved_one_place" not in profile.refused
    ):
        loved_one_place = Value(carer_place.text, together.words, derived=True)
    values: dict[FieldKey, Value | None] = {
        _K.ROLE: _role(profile, wording),
        _K.RELATION: _one(profile.relation, lambda told: Relation(told.value).label),
        _K.LIVING_TOGETHER: _named("living_together", together, wording),
        _K.CARER_AGE: _named("carer_age", profile.minor, wording),
        _K.TASKS: labels(Task, profile.tasks),
        _K.HOURS: _one(profile.hours, lambda told: amount_of_hours(told.value, wording)),
        _K.NIGHTS: _one(profile.nights, lambda told: broken_nights(told.value, wording)),
        _K.SINCE: _one(profile.since, lambda told: since_when(told.value, wording, told.words)),
        _K.WORK: _named("work", profile.works, wording),
        _K.PERSEVERANCE: _named("perseverance", profile.perseverance, wording),
        _K.BODY: _named("body", profile.body, wording),
        _K.OWN_TIME: _named("own_time", profile.own_time, wording),
        _K.MUNICIPALITY_CARER: carer_place,
        _K.LOVED_ONE: _loved_one(profile, wording),
        _K.CONDITIONS: _conditions(profile, wording),
        _K.SITUATION: _one(profile.situation, lambda told: str(told.value)),
        _K.MUNICIPALITY_LOVED_ONE: loved_one_place,
        _K.WISH: labels(Wish, profile.wishes),
        _K.DAY_PARTS: labels(DayPart, [*profile.day_parts, *profile.moments]),
        _K.TRIED: texts(profile.tried),
        _K.ASKED_AT: _asked_at(profile, wording),
        _K.NETWORK: _named("network", profile.helpers, wording),
        _K.INTERPRETER: _interpreter(profile, wording),
    }
    for key in _CONTACT:
        told = profile.contact.get(PROFILE_NAME[key], "").strip()
        values[key] = Value(told, told) if told else None
    return values


def _one(told: Told | None, read: Callable[[Told], str]) -> Value | None:
    return Value(read(told), told.words) if told is not None else None


def _named(field: str, told: Told | None, wording: Wording) -> Value | None:
    """A closed answer: its words are ``utter_field_<field>_<value>``; one without a sentence says nothing worth it."""
    if told is None:
        return None
    answer = {True: "yes", False: "no"}.get(told.value, told.value)
    name = f"utter_field_{field}_{answer}"
    return Value(wording.text(name), told.words) if wording.has(name) else None


def _role(profile: CarerProfile, wording: Wording) -> Value | None:
    """Who asks, when it is not the carer: the consultant must not ask a widow how her husband is."""
    who = profile.stance or profile.role
    if profile.role is not None and profile.role.value == Role.FORMER_CARER and profile.bereaved is not None:
        return Value(wording.text("utter_field_role_bereaved"), profile.bereaved.words)
    return _named("role", who, wording)


def _asked_at(profile: CarerProfile, wording: Wording) -> Value | None:
    """Where she already was, so that nobody sends her there again (R82)."""
    if profile.asked_at:
        return labels(Body, profile.asked_at)
    around = profile.sent_around
    return Value(wording.text("utter_field_sent_around"), around.words) if around is not None else None


def _interpreter(profile: CarerProfile, wording: Wording) -> Value | None:
    """In which language she wrote, and whether she wants an interpreter (field 32); not asked is not a no."""
    if profile.language is None:
        return None
    language = wording.text(f"utter_field_language_{profile.language.value}")
    asked = profile.interpreter
    name = f"utter_field_interpreter_{asked.value if asked else 'unasked'}"
    return Value(wording.text(name, language=language), asked.words if asked else "", derived=asked is None)


def _loved_one(profile: CarerProfile, wording: Wording) -> Value | None:
    """Whom she cares for as she says it ("moeder", "man. Ook: zoon"), with the age group when it is a child."""
    if profile.relation is None:
        return None
    who = _who(profile.called) or Relation(profile.relation.value).label
    if profile.loved_one_child is not None and profile.loved_one_child.value in (True, "yes"):
        who = wording.text("utter_field_loved_one_child", who=who)
    others = [_who(told.about) or Relation(told.value).label for told in profile.others_cared_for]
    if others:
        who = wording.text("utter_field_loved_one_others", who=who, others=", ".join(dict.fromkeys(others)))
    return Value(who, quoted([profile.relation, *profile.others_cared_for]))


def _conditions(profile: CarerProfile, wording: Wording) -> Value | None:
    """What is the matter, with several people each by name: "vader: parkinson; moeder: dementie"."""
    if not profile.others_cared_for:
        return labels(Condition, profile.conditions)
    parts = []
    for about in dict.fromkeys(told.about or profile.called for told in profile.conditions):
        own = labels(Condition, [told for told in profile.conditions if (told.about or profile.called) == about])
        who, conditions = _who(about), own.text if own else ""
        named = wording.text("utter_field_person_with_condition", who=who, conditions=conditions)
        parts.append(named if who else conditions)
    return Value("; ".join(parts), quoted(profile.conditions)) if parts else None


def _who(called: str) -> str:
    return called.removeprefix("uw ").strip()


def _load_value(profile: CarerProfile, load: LoadSignal | None, wording: Wording) -> Value | None:
    """The band with the reasons that gave it; a band that is unknown says only what she said."""
    if load is None or load.band == "unknown":
        cues = labels(LoadCue, profile.load_cues)
        return Value(wording.text("utter_field_load_cues", cues=cues.text), cues.words) if cues else None
    band = wording.text(f"utter_load_band_{load.band}")
    words = " · ".join(dict.fromkeys(reason.words for reason in load.reasons if reason.words))
    reasons = "; ".join(wording.text(f"utter_load_reason_{reason.code}") for reason in load.reasons)
    value = wording.text("utter_field_load", reasons=reasons, band=band) if reasons else band
    return Value(value, words, derived=True)
