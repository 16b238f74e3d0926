"""Care that never stops: "dag en nacht", "altijd aan", "de hele dag door"."""

from __future__ import annotations

import re

from bot.understanding.heard import marks
from bot.understanding.text import clause_end, clause_start, words_after

_A_WEEK = re.compile(
    r"\s*(?:per|in de|in een|de|/|p/) ?w(?:ee)?k|\s*(?:zonder|weg|van tevoren|later|geleden|geslapen|werk|"
    r"rijden|vliegen)\b"
)
_WITHIN = re.compile(r"\b(?:binnen|na|over|afgelopen|laatste|eerste|elke|om de|tot|duurt|alweer)\s+(?:de\s+)?$")
_OWN = re.compile(r"\b(?:ik|we|wij|ben|sta|zorg|mij|me|moet|ons)\b")
_OTHERS = re.compile(
    r"\b(?:hij|zij|ze|moeder|vader|mam|pap|ma|pa|man|vrouw|zoon|dochter|tv|telefoon|radio|kat|hond|die)\b"
)
_CARE = re.compile(
    r"\b(?:zorg\w*|verzorg\w*|bezig|ren|rennen|loop|loopt|sta|help|helpen|klaar\w*|in touw|in de weer|opletten|"
    r"op ?passen|letten|toezicht|"
    r"druk met|mee|heen en weer|erbij|(?:bij|voor|achter|naast|met|op) (?:hem|haar|ze|mijn|m'n|mn|ons|ma|pa|mam|"
    r"pap|moeder|vader))\b"
)
_NOT_CARE = re.compile(
    r"\b(?:moe|werk\w*|kantoor|school|weg|slaap\w*|geslapen|bed|huil\w*|verdrietig|thuis|vrij|regen\w*|pijn|"
    r"graag|zou|wil|opvang|dagopvang|bang|alleen)\b"
)
_ALONE = re.compile(
    r"\W*(?:(?:geen (?:flauw )?idee|kweenie|weet (?:ik )?niet(?: precies)?|tja|nou|pff+|ja|eigenlijk|gewoon|"
    r"zo'n beetje|bijna|ongeveer|ik ben|dat is|de|den|"
    r"ik denk|denk ik|het is|wel|echt|hoor)\b\W*)*"
)

_FAR = 200


def find_constant(folded: str) -> tuple[int, int] | None:
    """Where she says that the care never stops; ``None`` when the words are about another, or about a week."""
    for hit in marks(folded, "hours.constant"):
        if not _A_WEEK.match(folded, hit.end) and not _WITHIN.search(folded, max(0, hit.start - 16), hit.start):
            return hit.start, hit.end
    for hit in marks(folded, "hours.all_day"):
        if _is_hers(folded, hit.start, hit.end):
            return hit.start, hit.end
    return None


def _is_hers(folded: str, start: int, end: int) -> bool:
    """Is it she who is busy all day, with care; or are these words all there is?"""
    alone = _ALONE.match(folded)
    if alone and alone.end() >= start and not _ALONE.sub("", folded[end:]).strip(" .,!?"):
        return True
    begin, until = max(clause_start(folded, start), start - _FAR), min(clause_end(folded, end), end + _FAR)
    own = max((match.start() for match in _OWN.finditer(folded, begin, start)), default=-1)
    other = max((match.start() for match in _OTHERS.finditer(folded, begin, start)), default=-1)
    after = words_after(folded, end, 3)
    hers = own > other or (other < 0 and ("ik" in after or "we" in after))
    clause = folded[begin:until]
    return hers and _CARE.search(clause) is not None and _NOT_CARE.search(clause) is None
