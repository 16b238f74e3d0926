"""What a request also holds: the help there is now, the Wlz, what the loved one knows and wants, what must fit, what
must stay between us (field table of the requirements, rows 5 to 35). The phrases stand in ``told/``.

Only what she says *is* so counts. A question, a wish, a plan, a past, an "if", a no, or the life of somebody else is no
fact: unknown is never yes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from bot.reading import Detail
from bot.understanding.phrasebook import Hit, Phrasebook
from bot.understanding.text import clause_end, clause_start, evidence, fold, sentence_end, sentence_start
from knowledge.yaml_files import read_yaml

TOLD = Path(__file__).parent / "told"
WORDS = "words"
"""The value of a phrase that keeps her own words: the clause it stands in."""
LONGEST = 200
HELP, FELL_AWAY = "current_help", "fell_away"
_FIRST = {
    "wlz": ("unknown", "rejected", "requested", "no", "yes", "waiting"),
    "loved_one_agrees": ("cannot", "refuses", "unaware", "agrees", "knows"),
    "may_contact": ("no", "yes"),
}
"""One answer in a sentence: of several the first in this order counts."""
_OF_LOVED_ONE = {"loved_one_agrees", "loved_one_wants", "wlz", HELP, "money_form"}
_NOT_HERSELF = {"loved_one_agrees", "loved_one_wants"}
_STATED = {"kept_back", "not_to_share", "loved_one_wants", "fit", "result", "breaking_point", "network_cannot"}
"""What may stand in a clause with "if", "would" or "want": it is about wishes and limits."""

_QUESTION = re.compile(
    r"^\W*(?:en |maar |dus |ja |nee )?(?:wat|wie|waar|wanneer|hoe|hoeveel|waarom|welke?|krijg(?:en|t)?|kan|kunnen|mag"
    r"|mogen|moet|moeten|is er|zijn er|bestaat|heeft (?:hij|zij|ze|mijn \w+) recht|hebben we recht|heb ik recht"
    r"|weet (?:u|je)|komt (?:hij|zij|ze) in aanmerking|kom ik|hoort|geldt|zou(?:den)?|is het|zit (?:dat|dit)"
    r"|valt (?:dat|dit))\b"
)
_IF = re.compile(r"\b(?:als|indien|stel|mocht|zodra|tenzij|misschien|wellicht|zou|zouden|ooit|denk aan|bijvoorbeeld)\b")
_PLANNED = re.compile(
    r"\b(?:wil|willen|wilt|wou|graag|hoop|hopen|liefst|liever|zoek\w*|nodig|aanvra\w*|aangevraagd|wachtlijst|wacht\w*"
    r"|overweeg\w*|overwegen|binnenkort|straks|volgende|proberen|regelen|krijgt? straks|gaan (?:we )?beginnen|begint"
    r"|voorgesteld|aangeboden|recht op|weiger\w*|over horen|informatie|vragen|gevraagd)\b"
)
_OVER = re.compile(
    r"\b(?:had|hadden|kreeg|kregen|vroeger|eerder|gehad|was|waren|ging|gingen|destijds|geprobeerd|eerst)\b"
)
_STOPPED = re.compile(
    r"\b(?:gestopt|stopte|stopt|weggevallen|valt weg|vallen weg|viel weg|opgezegd|beeindigd|wegbezuinigd|dicht|gesloten"
    r"|failliet|stopgezet|ingetrokken|afgebouwd|komt niet meer|komen niet meer|mag niet meer|kan niet meer terecht"
    r"|gaat niet meer|houdt op|houdt ermee op|opgeheven)\b"
)
_HAS = re.compile(
    r"\b(?:heeft|hebben|heb|hebt|hadden nog|krijgt|krijgen|krijg|komt|komen|gaat|gaan|ga|is|zit|zitten|zijn|doet|doen"
    r"|helpt|helpen|staat|loopt|logeert|breng|brengen|wast|poetst|via|met|door)\b"
)
_RHYTHM = re.compile(
    r"\b(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|elke|iedere|wekelijks|per week|in de week|uur"
    r"|dagen|dagdelen?|keer|x|ochtend\w*|middag\w*|avond\w*|dagelijks)\b"
)
_WISHED = re.compile(
    r"\b(?:wil|willen|wou|zou|graag|hoop|hopen|liefst|verlang\w*|droom|zodat|nodig|fijn|heerlijk|mooi|kon|konden"
    r"|gun|snak\w*|behoefte)\b"
)
_OF_OTHERS = re.compile(
    r"\b(?:vriendin|vriend|collega|kennis|kennissen|anderen|andere mensen|iemand|mensen|sommigen|de overburen"
    r"|overbuurman|overbuurvrouw|(?:mijn|een) tante van|haar collega)\b"
)
_PEOPLE = (
    r"man|vrouw|moeder|vader|ma|pa|mam|pap|mama|papa|moe|vaoder|zoon|zoontje|dochter|dochtertje|broer|broertje|zus|zusje"
    r"|kind|kinderen|buurvrouw|buurman|oma|opa|schoon\w+|partner|vriend|vriendin|tante|oom|gemeente|huisarts|thuiszorg"
    r"|familie|casemanager|ciz|zorgkantoor|verzekeraar|school|arts|dokter|werkgever|baas|collega|consulent|wijkteam|mensen"
    r"|iedereen|niemand|verpleegkundige|zuster|buren"
)
_SUBJECT = re.compile(rf"\b(?P<self>ik|'k|we|wij|mij|ons)\b|\b(?P<one>hij|zij|ze|ie|die|'t)\b|\b(?P<who>{_PEOPLE})\b")
_SELF_AFTER = re.compile(r"\W+(?:ik|we|wij)\b")
_AGE = re.compile(
    r"\b(?:(?:hij|zij|ze|ie|die|moeder|vader|man|vrouw|ma|pa|mam|pap|zoon|dochter|kind|oma|opa|broer|zus|mens|buurvrouw"
    r"|buurman|partner)(?: \w+){0,2}? (?:is|wordt) (?:nu |al |inmiddels |net |bijna )?|\b(?:moeder|vader|man|vrouw|zoon"
    r"|dochter|kind|ma|pa|broer|zus|oma|opa|partner|buurvrouw|buurman)(?: \w+)?,? (?:van |\())(?P<age>\d{1,3})\b"
    r"(?! (?:keer|uur|dagen|weken|maanden|kilo|cm|nacht|x|procent|km|minuten|kinderen))"
)
_OLDEST = 110


def read_details(text: str) -> tuple[Detail, ...]:
    """Every detail in the message, in its order, each with her words. Never raises, whatever the text."""
    folded = fold(text)
    found = [detail for hit in _hits(folded) if (detail := _detail(text, folded, hit)) is not None]
    found = _one_answer_a_sentence(folded, _nearest(found))
    return tuple(dict.fromkeys((*found, *_ages(text, folded))))


def _hits(folded: str) -> list[Hit]:
    """The longest phrase where several of a room overlap."""
    kept: list[Hit] = []
    for hit in _phrases().find(folded):
        if not any(one.room == hit.room and one.value == hit.value and one.end > hit.start for one in kept):
            kept.append(hit)
    return kept


def _detail(text: str, folded: str, hit: Hit) -> Detail | None:
    start, end = clause_start(folded, hit.start), clause_end(folded, hit.end)
    clause, before = folded[start:end], folded[start : hit.start]
    if _is_question(folded, hit) or (hit.room not in _STATED and _IF.search(before)):
        return None
    subject = _subject(folded, start, hit)
    tells_them = hit.value in ("unaware", "knows") and not folded.startswith("weet", hit.start)
    if hit.room in _NOT_HERSELF and subject == "ik" and not tells_them:  # but "ik heb het hem niet verteld"
        return None
    if hit.room in _OF_LOVED_ONE and _OF_OTHERS.search(before) and subject != "":
        return None
    name, value = hit.room, hit.value
    if name == HELP:
        name, value = _help(clause, before, value)
    elif name == "result" and not _WISHED.search(folded[sentence_start(folded, hit.start) : end]):
        return None
    if not name:
        return None
    words = _tidy(text[start:end])
    return Detail(name, words if value == WORDS else value, evidence(text, *_span(text, start, end)), subject)


def _help(clause: str, before: str, value: str) -> tuple[str, str]:
    """Is it there, did it fall away, or is it only spoken of?"""
    if value == "none":
        return (HELP, value) if not _PLANNED.search(before) else ("", "")
    if _STOPPED.search(clause):
        return FELL_AWAY, WORDS
    if _OVER.search(clause) or _PLANNED.search(clause):
        return "", ""
    return (HELP, value) if _HAS.search(clause) or _RHYTHM.search(clause) else ("", "")


def _is_question(folded: str, hit: Hit) -> bool:
    """Does she ask it? In a sentence with a question mark every clause that asks by its form, and the last one."""
    last = sentence_end(folded, hit.start)
    start, end = clause_start(folded, hit.start), clause_end(folded, hit.end)
    if _QUESTION.match(folded[start:end]):
        return True
    asks = _QUESTION.match(folded[sentence_start(folded, start) :]) is not None
    return folded[last : last + 1] == "?" and (end >= last or asks)


def _subject(folded: str, start: int, hit: Hit) -> str:
    """Who does it: ``ik`` for herself, a noun ("man"), or "" for "hij", "zij" or nobody named."""
    if hit.room in _NOT_HERSELF and _SELF_AFTER.match(folded, _first_word_end(folded, hit.start)):
        return "ik"
    found = list(_SUBJECT.finditer(folded, start, hit.start))
    if not found:
        return ""
    last = found[-1]
    if last["self"]:
        other = next((one for one in reversed(found) if one["who"] or one["one"]), None)
        return "ik" if other is None or last["self"] in ("ik", "'k", "we", "wij") else other["who"] or ""
    return last["who"] or ""


def _first_word_end(folded: str, start: int) -> int:
    match = re.compile(r"[\w'-]+").match(folded, start)
    return match.end() if match else start


def _nearest(found: list[Detail]) -> list[Detail]:
    """The same clause of her own words counts once for a name."""
    once: dict[tuple[str, str], Detail] = {}
    for one in found:
        once.setdefault((one.name, one.value), one)
    return list(once.values())


def _one_answer_a_sentence(folded: str, found: list[Detail]) -> list[Detail]:
    kept = []
    for one in found:
        order = _FIRST.get(one.name)
        sentence = sentence_start(folded, one.evidence.start)
        rivals = [
            other.value
            for other in found
            if order and other.name == one.name and sentence_start(folded, other.evidence.start) == sentence
        ]
        if order is None or one.value == min(rivals, key=order.index) or one.value == "waiting":
            kept.append(one)
    return kept


def _ages(text: str, folded: str) -> list[Detail]:
    """How old the loved one is, when she says it: "hij is 82", "mijn moeder van 79"."""
    match = _AGE.search(folded)
    if match is None or int(match["age"]) > _OLDEST:
        return []
    subject = next((one["who"] for one in _SUBJECT.finditer(folded, match.start(), match.end()) if one["who"]), "")
    return [Detail("loved_one_age", str(int(match["age"])), evidence(text, *match.span()), subject or "")]


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    return begin, begin + min(len(words.strip()), LONGEST)


def _tidy(words: str) -> str:
    return " ".join(words.split())[:LONGEST]


@lru_cache(maxsize=1)
def _phrases() -> Phrasebook:
    files: dict[str, dict[str, object]] = {}
    for path in sorted(TOLD.glob("*.yml")):
        files |= read_yaml(path.read_text(encoding="utf-8"))
    return Phrasebook(files, {})


@lru_cache(maxsize=1)
def detail_names() -> frozenset[str]:
    """Every name a detail can have."""
    names: set[str] = {"loved_one_age", FELL_AWAY}
    for path in TOLD.glob("*.yml"):
        names |= set(read_yaml(path.read_text(encoding="utf-8")))
    return frozenset(names)
