"""Who is speaking, over a whole talk. The messages add up: an odd one changes nothing, a correction does.

Each message gives every role a chance (the trained reader). Its evidence for a role is the logarithm of how much
likelier the role became than when all are equal; a message that says nothing about who speaks ("Zwolle") hardly counts,
and one about something else ("een paspoort") counts less, for it tells of the question rather than of her.
"""

from __future__ import annotations

from math import log

from bot.profile import CarerProfile, Told
from bot.reading import Reading, Role, Stance
from bot.talk.news import News

SPEAKING = tuple(role.value for role in Role if role is not Role.UNKNOWN)
LEAST, MARGIN, AHEAD = 0.3, 1.0, 0.3
"""Evidence from which a role is known; by how much another must lead to take over; and to lead a carer at first."""
_WORST, _MOST = -1.0, 4.0  # of one message, of a talk: after any talk a few clear messages can still change it
_BESIDE = 0.6
_SURE = 0.5
_CHOSEN = 3.0
_ILL_TOO = 0.1
"""What her own illness counts for beside somebody she does things for."""


def settle_role(profile: CarerProfile, reading: Reading, turn: int, news: News) -> None:
    """Add what this message says about who speaks, and note the role that follows in ``profile`` and ``news``."""
    chances = reading.role_probabilities or {Role.UNKNOWN.value: 0.1, reading.role: 0.9}
    if reading.loved_ones and reading.tasks and Role.CARER.value in chances:  # a carer may be ill herself (R5)
        chances = {**chances, Role.CARED_FOR.value: _ILL_TOO * chances.get(Role.CARED_FOR.value, 0.0)}
    corrected = _changes_everything(profile, reading, chances)
    evidence = {} if corrected else dict(profile.role_evidence)
    for role, more in _evidence(chances).items():
        evidence[role] = round(max(-_MOST, min(_MOST, evidence.get(role, 0.0) + more)), 3)
    profile.role_evidence = evidence
    present = profile.role.value if profile.role else None
    likeliest = _likeliest(present, evidence)
    if likeliest is None or likeliest == present:
        return
    if corrected and likeliest == Role.OTHER:
        profile.relation = None  # "dat doet mijn zus": whom she cares for was a misunderstanding
    profile.role = Told(likeliest, "", turn)
    if likeliest != Role.OTHER:  # that tells only what she does not come for
        news.fields.add("role")


def choose_role(profile: CarerProfile, role: str, words: str, turn: int, news: News) -> None:
    """She says it with a button."""
    profile.role_evidence = {role: _CHOSEN}
    profile.role, profile.stance = Told(role, words, turn, confirmed=True), None
    news.fields.add("role")


def stands_aside(reading: Reading) -> Told | None:
    """Is this about somebody else who cares, or about care that is not there yet? Then nothing in it is her own."""
    if reading.role == Role.CARER:
        return None
    for cue in reading.stances:
        if cue.value in (Stance.THIRD_PERSON.value, Stance.HYPOTHETICAL.value):
            return Told(cue.value, cue.evidence.words)
    return None


def is_carer(profile: CarerProfile) -> bool:
    """Has she turned out to care for somebody?"""
    return profile.role is not None and profile.role.value == Role.CARER


def _evidence(chances: dict[str, float]) -> dict[str, float]:
    said = 1.0 - chances.get(Role.UNKNOWN.value, 0.0)
    weight = said - _BESIDE * chances.get(Role.OTHER.value, 0.0)
    if said < 0.05 or weight <= 0:
        return {}
    shares = {role: chances.get(role, 0.0) / said for role in SPEAKING}
    return {role: weight * max(_WORST, log(max(share, 1e-6) * len(SPEAKING))) for role, share in shares.items()}


def _likeliest(present: str | None, evidence: dict[str, float]) -> str | None:
    """The role that leads by enough; ``None`` when it stays as it was."""
    if not evidence:
        return None
    best = max(evidence, key=lambda role: evidence[role])
    lead = evidence[best] - evidence.get(present or Role.CARER.value, 0.0)
    enough = MARGIN if present is not None else 0.0 if best == Role.CARER else AHEAD
    return best if evidence[best] >= LEAST and lead >= enough else None


def _changes_everything(profile: CarerProfile, reading: Reading, chances: dict[str, float]) -> bool:
    """Does she correct who she is, does a loss end the care, or does someone of another role say she also cares?"""
    role, stances = reading.role, {cue.value for cue in reading.stances}
    if profile.role is None or role == profile.role.value or chances.get(role, 0.0) < _SURE or role == Role.UNKNOWN:
        return False
    if role == Role.CARER:
        return bool(reading.loved_ones) and Stance.PAST.value not in stances
    if role == Role.FORMER_CARER:
        return reading.bereaved is not None or Stance.PAST.value in stances
    denied = {Stance.NEGATED.value, Stance.THIRD_PERSON.value} & stances
    return reading.corrects is not None or (bool(denied) and role == Role.OTHER)
