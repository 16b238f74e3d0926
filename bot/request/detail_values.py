"""How the parts of a request beside the story read in Dutch: a sentence of the domain for a closed answer, else her own
words; with several people each by name, so that the yes of one is never read as the yes of the other (R97)."""

from __future__ import annotations

import re

from bot.profile import CarerProfile, Told
from bot.reading import Task
from bot.request.fields import FieldKey
from bot.request.values import Value, labels, quoted
from bot.wording import Wording

_K = FieldKey
DETAIL_KEYS: tuple[FieldKey, ...] = (
    _K.LOVED_ONE_AGREES, _K.LOVED_ONE_WANTS, _K.FIT, _K.CURRENT_HELP, _K.WLZ, _K.RESULT, _K.LOVED_ONE_AGE,
    _K.WHO_SIGNS, _K.LASTING, _K.TURNING_18, _K.OWN_FAMILY, _K.TRAVEL, _K.FELL_AWAY, _K.BREAKING_POINT,
    _K.NETWORK_CANNOT, _K.PROFESSIONALS, _K.MAY_CONTACT, _K.HOUSEHOLD_REQUESTS, _K.DECISION_ENDS, _K.MONEY_FORM,
    _K.PGB_HOLDER, _K.INSURANCE, _K.FINANCING, _K.OWN_PLAN, _K.TALK_FORM, _K.TALK_COMPANY, _K.ACCESSIBILITY,
    _K.NOT_TO_SHARE,
)  # fmt: skip
"""Fields that the profile keeps under ``details``, each by the name of its field."""

PER_PERSON = frozenset({_K.LOVED_ONE_AGREES, _K.LOVED_ONE_WANTS, _K.CURRENT_HELP, _K.WLZ, _K.LOVED_ONE_AGE})
_BEYOND = {Task.PERSONAL_CARE, Task.MEDICATION, Task.SUPERVISION, Task.NIGHT_CARE, Task.LIFTING}
"""What housemates do not usually do for one another. Facts only: nobody judges here what is usual (R28)."""
_DAY = r"(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)(?:ochtend|middag|avond)?"
_COUNT = r"(?:\d+|een|één|twee|drie|vier|vijf|zes|zeven)"
_EXTENT = re.compile(
    rf"\b{_DAY}(?:(?:,| en) {_DAY})*|\b{_COUNT} (?:keer|x|uur|dagen?|dagdelen?|ochtend\w*|middag\w*)"
    r"(?: (?:per|in de|op een) (?:week|dag|maand))?|\b(?:elke|iedere) (?:dag|week|ochtend|avond)",
    re.IGNORECASE,
)
_CHANGES_AT_18 = range(16, 18)


def detail_values(profile: CarerProfile, wording: Wording) -> dict[FieldKey, Value | None]:
    """Every detail that was told; what was not told is ``None``."""
    values = {key: _value(profile, key, wording) for key in DETAIL_KEYS}
    values[_K.LOVED_ONE_AGE] = values[_K.LOVED_ONE_AGE] or _young(profile, wording)
    values[_K.TURNING_18] = values[_K.TURNING_18] or _nearly_grown(profile, wording)
    return values


def beyond_usual(profile: CarerProfile) -> Value | None:
    """Of what she does, that which goes beyond a shared household: as she told it, without a verdict (R28)."""
    beyond = {task.value for task in _BEYOND}
    found = labels(Task, [told for told in profile.tasks if told.value in beyond])
    return Value(found.text, found.words, derived=True) if found else None


def _value(profile: CarerProfile, key: FieldKey, wording: Wording) -> Value | None:
    told = profile.details.get(key.value, [])
    if not told:
        return None
    several = bool(profile.others_cared_for) and key in PER_PERSON
    parts = []
    for about in dict.fromkeys(one.about for one in told):
        own = "; ".join(dict.fromkeys(_text(key, one, wording) for one in told if one.about == about))
        who = (about or profile.called).removeprefix("uw ").strip() if several else ""
        parts.append(wording.text("utter_field_person_with_condition", who=who, conditions=own) if who else own)
    return Value("; ".join(parts), quoted(told))


def _text(key: FieldKey, told: Told, wording: Wording) -> str:
    if key is _K.LOVED_ONE_AGE:
        return wording.text("utter_field_loved_one_age", age=told.value)
    name = f"utter_field_{key}_{told.value}"
    if not wording.has(name):
        return str(told.value)
    known = wording.text(name)
    extent = ", ".join(found.group(0) for found in _EXTENT.finditer(told.words)) if key is _K.CURRENT_HELP else ""
    return wording.text("utter_field_help_extent", help=known, extent=extent) if extent else known


def _young(profile: CarerProfile, wording: Wording) -> Value | None:
    child = profile.loved_one_child
    if child is None or child.value not in (True, "yes"):
        return None
    return Value(wording.text("utter_field_loved_one_age_child"), child.words, derived=True)


def _nearly_grown(profile: CarerProfile, wording: Wording) -> Value | None:
    """At 16 and 17 what help there is may change with the eighteenth birthday: a flag for who reads it (R86)."""
    ages = profile.details.get(_K.LOVED_ONE_AGE.value, [])
    young = next((told for told in ages if str(told.value).isdigit() and int(told.value) in _CHANGES_AT_18), None)
    return (
        Value(wording.text("utter_field_turning_18_soon", age=young.value), young.words, derived=True)
        if young
        else None
    )
