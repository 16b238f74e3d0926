"""What she says about the talk itself: where it was, what must go along, that she only wants to tell, where to call.

These words are no answer to the open question and no news of the care; taken as such they would be kept as what is the
matter with her mother. Only whole turns of phrase are read here, so that a story that holds one word of them stays one.
"""

from __future__ import annotations

import re

from bot.understanding.text import fold

_LONGEST = 16  # words of a remark; whoever tells more is telling
_WHERE_WE_WERE = re.compile(
    r"\b(?:waar|hoe ver) (?:waren|zijn|bleven) we\b|\bwaar (?:was|ben) ik (?:gebleven|ook al ?weer)\b"
    r"|\bwat was (?:je|uw|de) vraag\b"
    r"|\bwat (?:vroeg|wilde) (?:je|jij|u) (?:nou |nu |ook )*(?:al ?weer|weten)?\W*$"
)
_GOES_ALONG = re.compile(
    r"\b(?:kan|kun|kunt|wil|wilt|mag|zou|zet|schrijf|geef|noteer|vermeld)\b[^.?!]{0,40}"
    r"\b(?:erbij|er ook bij|er ?in|in (?:de|mijn|die) aanvraag|bij (?:de|mijn) aanvraag)\b"
    r"|\b(?:zet|schrijf) (?:er|dat er|dat|het er)(?: \w+){0,2} (?:bij|in)\b"
    r"|\b(?:moet|mag) (?:ook |wel |nog )*in de aanvraag\b"
)
_ONLY_TELLS = re.compile(
    r"\b(?:mijn|m'n|me|even) hart luchten\b"
    r"|\bhoeft? (?:\w+ ){0,2}(?:geen|niet meteen een) (?:oplossing|advies|hulp|tips?)\b"
    r"|\b(?:wil|wou|wilde|moet|moest) (?:\w+ ){0,3}(?:kwijt|klagen|spuien|zeuren|uithuilen|van me af ?praten)\b"
    r"|\b(?:wil|wou|wilde) (?:alleen|gewoon|enkel)(?: \w+){0,3} (?:vertellen|praten|mijn verhaal doen|gehoord worden)\b"
)
_MAY_CALL = re.compile(
    r"\b(?:mag|kan) ik (?:(?:ook|niet|gewoon|jullie|u|je|iemand|ergens|zelf|daar|nog|misschien|met iemand) )*bellen\b"
    r"|\bwie (?:moet|kan|mag|zal) ik (?:\w+ ){0,2}bellen\b|\bwaar kan ik (?:\w+ ){0,2}(?:bellen|naartoe bellen)\b"
    r"|\b(?:is er|heb je|hebt u|hebben jullie|wat is) (?:\w+ ){0,2}(?:telefoon)?nummer\b|^\W*(?:een )?0800.?nummer\b"
)
_DENIES = re.compile(
    r"^\W*(?:(?:nee+|neen|maar|ho|huh|wacht|hoezo|sorry|hè|he)\W+){0,2}"
    r"(?:(?:dat|dit|zo|het|da) (?:klopt|is) (?:\w+ )?(?:niet|nie)(?: (?:waar|juist|zo|goed|wat ik zei))?"
    r"|(?:dat|dit|da) (?:heb ?(?:ik|k)|had ik) (?:\w+ )?(?:niet|nie|nooit) (?:zo )?(?:gezeg[dt]|verteld|getypt|bedoeld)"
    r"|(?:dat|dit|da) (?:zei|zeg|bedoel|bedoelde) (?:ik|k) (?:\w+ )?(?:niet|nie|nooit)|klopt (?:niet|nie|niks van))\b"
)
_IN_A_HOME = re.compile(
    r"\b(?:zit|woont|ligt|leeft|verblijft|opgenomen|verhuisd|geplaatst)\b(?P<between>[^.?!]{0,45}?)"
    r"\b(?:verpleeg(?:te)?huis|verzorgings(?:te)?huis|zorgcentrum|woonzorgcentrum|zorginstelling|rusthuis|bejaardenhuis)\b"
)
_NOT_THERE = re.compile(r"\b(?:niet|nog geen|geen|straks|binnenkort|wachtlijst|wil|moet|wordt|tegenover|naast|bij)\b")


def asks_where_we_were(text: str) -> bool:
    """Does she ask what was going on ("waar waren we")?"""
    return _is_short(text) and _WHERE_WE_WERE.search(fold(text)) is not None


def wants_it_to_go_along(text: str) -> bool:
    """Does she ask to put something in the request ("kunt u erbij zetten dat …")?"""
    return _GOES_ALONG.search(fold(text)) is not None


def only_tells(text: str) -> bool:
    """Does she say that she wants to be heard, and nothing found for her?"""
    return _ONLY_TELLS.search(fold(text)) is not None


def asks_to_call(text: str) -> bool:
    """Does she ask whether, or whom, she may call herself?"""
    return _is_short(text) and _MAY_CALL.search(fold(text)) is not None


def denies_what_was_heard(text: str) -> bool:
    """Does she say that what was read back to her is not so ("dat heb ik niet gezegd", "dat klopt niet")?"""
    return _is_short(text) and "?" not in text and _DENIES.search(fold(text)) is not None


def lives_in_a_home(text: str) -> bool:
    """Does she tell that the one she cares for lives in a nursing home by now?"""
    found = _IN_A_HOME.search(fold(text))
    return found is not None and _NOT_THERE.search(found["between"]) is None


def _is_short(text: str) -> bool:
    return len(text.split()) <= _LONGEST
