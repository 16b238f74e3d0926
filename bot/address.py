"""From *u* to *je*: one of our own sentences, as said to someone young or to someone who says *je* herself.

Exact for the closed set of sentences that editors write (tests/content/test_address.py reads them all), not for Dutch
at large.
"""

from __future__ import annotations

import re

_KEPT = r"(?P<kept>\{[^{}]*\}|“[^”]*”|„[^”]*”|«[^»]*»|\"[^\"]*\")"  # a value, or words to say to or press on elsewhere
_YOU = re.compile(
    rf"""{_KEPT}
    | \b(?P<word>uw|uzelf|alstublieft)\b
    | (?:\b(?P<before>(?!(?:u|uw|uzelf|alstublieft)\b)\w+)(?P<gap>\s+))? \b(?P<you>u)\b
      (?P<after>\s+(?:allebei|beiden)\b | (?<=,\su)(?=\s+wel[.,]) | (?:\s+(?:\w+t|mag|zou))?\s+zich\b)?""",
    re.IGNORECASE | re.VERBOSE,
)
_WORDS = {"uw": "je", "uzelf": "jezelf", "alstublieft": "alsjeblieft"}
_HAS = re.compile(
    rf"""{_KEPT}
    | (?P<until>(?:(?:^|[.?!,:;]\s+|\n)(?:en\s+|of\s+|maar\s+)?
        | \b(?:als|dat|die|wat|of|en|maar|hoe|waar|waarmee|omdat|voordat|zodat|nadat|terwijl|wanneer|zoals|welke)\s+)
      \bu\b(?:\s+(?!(?:als|dat|die|wat|of|en|maar|hoe|waar|wie|omdat|hij|zij|ze|het|iemand|niemand)\b)\w+){{0,6}}?\s+)
      heeft\b""",
    re.IGNORECASE | re.VERBOSE,
)
_TURNED = re.compile(  # with *u* behind it as the one who acts; stems in -t (weet, laat, zet) stay as they are
    r"""(?P<stem>
      aarzel|accepteer|antwoord|app|bedoel|begin|bekijk|ben|bepaal|beslis|besteed|bewaar|blijf|combineer|controleer
      |deel|denk|doe|draag|drink|druk|durf|duw|eindig|erger|ervaar|gaa|gebruik|hang|heb|herinner|herstel|hoef|hoop
      |huil|huur|informeer|kamp|kap|kies|kijk|klik|klop|kom|kook|koop|krijg|kun|leef|leen|leer|lees|leid|leun|lig|lijd
      |logeer|loop|mail|meen|merk|oefen|onderteken|onthoud|ontspan|open|organiseer|overleg|overweeg|pak|pieker|plan
      |probeer|raadpleeg|reageer|red|regel|reken|rijd|rook|ruil|ruim|schaam|schrik|schuif|slaa|slaag|slaap|sleep|slik
      |snap|solliciteer|spaar|speel|staa|stap|stem|stop|teken|tik|til|trouw|twijfel|typ|val|verander|verdien|vergelijk
      |verhuis|verlang|verlies|vermoed|verstuur|vertrek|vind|voel|voer|voorkom|vrees|vul|wandel|was|weiger|wend|werk
      |wijzig|wil|wissel|woon|word|zing|zoek|zorg|zul|zwijg
      )t""",
    re.IGNORECASE | re.VERBOSE,
)
_MAYBE_TURNED = re.compile(  # verbs that may as well be done to her: "dat helpt u", "een consulent belt u"
    r"""(?P<stem>
      (?P<told>bel|bereik|bespreek|betaal|bezoek|hoor|meld|mis|noem|ontvang|schrijf|spreek|vertel|vraag|zeg|zie|ken|herken)
      |begrijp|bied|breng|geef|geloof|haal|help|houd|leg|maak|neem|pas|raak|steun|stel|stuur|trek|vertrouw|vervang
      |verwijs|verzorg|volg|wijs
      )t | (?P<has>heeft)""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENING = re.compile(  # stands before the verb without being the one who acts: nothing, a time, a place
    r"""(?:en|of|maar|want|dus)?\s*
    (?:$|.*[”»"],$|(?:dan|daar\w*|hier\w*|nu|zo|ook|eerst|later|straks|morgen|vandaag|vanaf|meestal|soms|vaak|misschien|gerust
      |hoe|waar\w*|wanneer|waarom|welke?|'s|aan|bij|binnen|buiten|door|in|met|na|naar|op|over|per|sinds|tegen|tijdens
      |tot|uit|van|via|volgens|voor|zonder|\w+t\s+(?:u|je))\b
      |(?!het|dat)(?:als|is|wat|wie|zodra|zolang|\w+t)\s[^,]*,$
      |(?:de|elke|een|die|deze|iedere|zo'n)\s+(?:\w+\s+)?(?:keer|dag|nacht|week|maand|avond)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_SOMEONE_ACTS = re.compile(
    r"\b(?:consulent|mens|iemand|niemand|gemeente|\w*arts|medewerker|\w*ondersteuner|vrijwilliger|\w*verpleegkundige"
    r"|man|vrouw|partner|vader|moeder|ouders?|kind|zoon|dochter|broer|zus|naaste|buur\w*|vriend\w*|werkgever|collega"
    r"|\w*kantoor|\w*verzekeraar|ciz|hij|ze|zij|wij|we|wie)\b|\bdie(?:$|\s+\w+t\b)|\}",
    re.IGNORECASE,
)
_SHE_CAME_BEFORE = re.compile(r"\b(?:u|je)$", re.IGNORECASE)  # "u voelt u boos"
_ENDS_CLAUSE = re.compile(r"[.?!:;\n]|,(?!\s+(?:en|of)\b|\s*$)")  # in "die luistert, wijst u de weg" it goes on
_STRESSED = re.compile(
    r"""(?:aan|bij|namens|tegen|volgens)\s+u(?!\s+(?:heen|toe)\b)
    |(?:om|door|zonder)\s+u(?!\s+heen\b|[^.?!,:;]*\ste\s)
    |(?:met|op|over|van|voor)\s+u(?=\s*(?:[.?!,:;)\n]|$)|\s+(?:alleen|als|en|hoeft|is|niet|nog|of|ook|telt|veilig|wel|was|zelf|zit)\b)""",
    re.IGNORECASE | re.VERBOSE,
)


def in_je(text: str) -> str:
    """``text`` with *je* for *u*; what stands between braces or quotation marks, and text with *je*, stays as it is.

    Give it a sentence before its values are filled in: whose words a value holds cannot be seen afterwards.
    """
    return _YOU.sub(_said_with_je, _HAS.sub(lambda found: found["kept"] or f"{found['until']}hebt", text))


def _said_with_je(found: re.Match[str]) -> str:
    if found["kept"]:
        return found["kept"]
    if found["word"]:
        return _cased(_WORDS[found["word"].lower()], found["word"])
    before = _verb(found) if found["before"] else ""
    after = re.sub(r"\bzich$", "je", found["after"] or "", flags=re.IGNORECASE)
    return f"{before}{found['gap'] or ''}{_cased(_pronoun(found), found['you'])}{after}"


def _verb(found: re.Match[str]) -> str:
    """The word before *u*, without the -t when *u* is the one who acts."""
    before = found["before"]
    clause = _ENDS_CLAUSE.split(found.string[: found.start()])[-1].strip(' \n”»"')
    if _SHE_CAME_BEFORE.search(clause):
        return before
    if turned := _TURNED.fullmatch(before):
        return re.sub("aa$", "a", turned["stem"])
    turned = _MAYBE_TURNED.fullmatch(before)
    if not turned:
        return before
    told = turned["told"] or turned["has"]
    if not _OPENING.match(clause) and (not told or _SOMEONE_ACTS.search(clause)):
        return before
    return turned["stem"] or _cased("heb", before)


def _pronoun(found: re.Match[str]) -> str:
    after = found["after"]  # empty before "wel.", None when nothing special follows
    if after == "" or found["before"] == "alleen" or found.string.strip().lower() == "u":
        return "jij"
    if after and "zich" not in after.lower():
        return "jullie"
    return "jou" if _STRESSED.match(found.string, found.start()) else "je"


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[0].isupper() else word
