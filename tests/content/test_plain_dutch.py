"""Plain Dutch in everything that is shown: short sentences, known words, and someone who does something (R11, R12).

What ``test_wording.py`` measures is not measured again here. Exceptions stand in plain_dutch.yml, each with its reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from statistics import mean

import pytest

from bot.wording import UNDATED
from knowledge.yaml_files import read_yaml
from tests.content.sentences import ROOT, Response, every_response, faults, load

RULES = load("plain_dutch.yml")
DESKS = ROOT / "knowledge" / "seed" / "desks.yml"
NOT_SHOWN = {"row", "status", "source", "contact", "topics", "next"}  # keys of a desk
LONGEST_WORD = 14  # letters
LONGEST_AVERAGE = 15  # words a sentence, over everything that is shown
LONGEST_SENTENCE = 22  # words, where test_wording.py does not look: titles, pages and desks
LONGEST_TITLE = 10

_ENDS_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n+")
_MARKUP = re.compile(r"<!--.*?-->|<[^>]*>|\{[%#].*?[%#]\}|\{\{.*?\}\}", re.DOTALL)
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*")
_VOWELS = re.compile(r"[ëïöü][aeiouyéè]*|[aeiouyáéíóúàèêâîôû]+")

_CLAUSE = re.compile(r"[.?!:;,()\n]|\b(?:als|dat|die|en|maar|of|omdat|waar\w*|wanneer|want|wat|wie|zodra|zoals)\b")
_BEFORE_GE = (
    r"(?:aan|achter|af|bij|door|goed|in|klaar|langs|los|mee|na|om|open|op|over|samen|terug|toe|uit|vast|voor|weg)?"
)
_LOOKS_DONE = rf"""(?:
    {_BEFORE_GE}ge\w{{2,}}(?:d|t|en)
    |{_BEFORE_GE}(?:be|er|her|ont|ver|onder|over)\w{{2,}}(?:d|[cfkps]t|cht)
    |(?:be|ont|ver)(?:grepen|schreven|sproken|sloten|boden|geten|loren|vangen|zonden|wezen|kregen|houden|slagen)
    )\b"""
_NEVER_DONE = r"""(?!(?:
    geen|gemeenten?|gegevens|gesprek\w*|gezin\w*|gevallen|gevolgen|gewoonten|gezichten|geld|gebied\w*|gelijk\w*|gebeurt
    |geldt|gewend|gewond|gezond|gerust|bekend|bereid|besluit|bericht|bevoegd|verstand|verwant|beslist|bestand|\w*end
    |overdag|verplicht|gemiddeld|verkeerd|beperkt|vertrouwd|verdacht
    )\b)"""
_NO_ONE_DID_IT = r"""(?!(?:
    weggevallen|overleden|gestopt|geworden|begonnen|gegaan|gekomen|gebleven|veranderd|gebeurd|afgelopen|verhuisd
    |gestorven|gelukt|verdwenen|gegroeid|geweest|geboren
    )\b)"""
_DONE = rf"\b{_NEVER_DONE}{_LOOKS_DONE}"
_WAS_DONE = rf"\b{_NEVER_DONE}{_NO_ONE_DID_IT}{_LOOKS_DONE}"
_PASSIVE = re.compile(
    rf"""\b(?:word|wordt|worden|werd|werden)\b.*?{_DONE}
    |{_DONE}\s+(?:te\s+)?(?:word|wordt|worden|werd|werden)\b
    |\b(?:is|zijn|was|waren)\b.*?{_WAS_DONE}(?=\s*$|\s+(?:door|bij|naar|in|met)\b)
    |{_WAS_DONE}\s+(?:is|zijn|was|waren)\s*$""",
    re.IGNORECASE | re.VERBOSE,
)


def passives_in(text: str) -> list[str]:
    """What is done to somebody while nobody does it: the participle, once for every clause that has one."""
    clauses = _CLAUSE.split(re.sub(r"\{[^{}]*\}", "iets", text))
    found = [hit.group(0) for clause in clauses if (hit := _PASSIVE.search(clause))]
    return [re.findall(_DONE, words, re.IGNORECASE | re.VERBOSE)[-1].lower() for words in found]


def syllables(word: str) -> int:
    """Groups of vowels; a letter with a trema begins a group of its own."""
    return max(1, len(_VOWELS.findall(word.lower())))


def readability(words: list[str], sentences: int) -> float:
    """Flesch's reading ease as Douma fitted it to Dutch: 60 and up is easy enough for most, 100 is very easy."""
    return 206.84 - 77 * sum(map(syllables, words)) / len(words) - 0.93 * len(words) / sentences


def _templates() -> Iterator[Response]:
    for path in sorted((ROOT / "channels" / "web" / "templates").glob("*.html")):
        lines = unescape(_MARKUP.sub("\n", path.read_text("utf-8"))).splitlines()
        yield Response(path.name, "page", "\n".join(filter(None, map(str.strip, lines))), ())


def _desks() -> Iterator[Response]:
    for name, desk in (read_yaml(DESKS.read_text("utf-8"))["desks"] if DESKS.exists() else {}).items():
        texts = [text for field, text in desk.items() if field not in NOT_SHOWN and isinstance(text, str)]
        yield Response(DESKS.name, name, "\n".join(texts), ())


ELSEWHERE = [*_templates(), *_desks()]
"""What a carer reads that is no response: pages and desks, each as a response without buttons."""
SHOWN = [*every_response(), *ELSEWHERE]


def sentences_of(shown: Response) -> list[list[str]]:
    """The words of every sentence and every title; what stands between braces is one word."""
    plain = re.sub(r"\{[^{}]*\}", "iets", shown.everything_read)
    return [words for sentence in _ENDS_SENTENCE.split(plain) if (words := _WORD.findall(sentence))]


def explained(word: str, text: str) -> bool:
    """Is ``word`` made clear in the text that uses it: in brackets, after a colon, or as plain_dutch.yml says?"""
    ways = [
        rf"\b{word}( \w+)? \([^)]{{6,}}\)",
        rf"\([^)]*\b{word}\)",
        rf"\bheet (dat |een )?{word}",
        rf"\b{word}(: | is )",
    ]
    return any(re.search(way, text, re.IGNORECASE) for way in [*ways, *RULES["jargon"].get(word, ())])


def _figures(found: list[list[str]]) -> str:
    words = [word for sentence in found for word in sentence]
    return f"{len(words) / len(found):.1f} words a sentence, readability {readability(words, len(found)):.0f}"


def _hard_words(shown: Response) -> Iterator[str]:
    text = re.sub(r"\{[^{}]*\}", " ", shown.everything_read)
    long = {word.lower() for word in _WORD.findall(text) if len(re.sub(r"\W", "", word)) > LONGEST_WORD}
    jargon = {word for word in RULES["jargon"] if re.search(rf"\b{word}\b", text, re.IGNORECASE)}
    yield from sorted(word for word in long | jargon if not explained(word, text))


def _name(shown: Response) -> str:
    """A twin without its fact is excused together with the response itself."""
    return shown.name.removesuffix(UNDATED)


@pytest.mark.parametrize(
    "text",
    [
        "Uw bericht wordt verstuurd.",
        "Dan wordt u door een mens gebeld.",
        "Dat kan niet ongedaan worden gemaakt.",
        "Ik weet niet of het betaald wordt.",
        "De aanvraag is ingetrokken.",
        "Het nummer is bewaard door ons.",
        "Hulp werd toen nog vergoed.",
        "Dat wordt in een brief beschreven.",
    ],
)
def test_a_passive_is_seen(text: str) -> None:
    assert passives_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Het wordt steeds zwaarder.",
        "Er is hulp weggevallen.",
        "De zorg is heel anders geworden.",
        "Wordt het donker, dan belt u een mens.",
        "Dat is geen besluit van de gemeente.",
        "Is er nu iemand gewond?",
        "Het is iemand die met u meedenkt.",
        "Het is te groot om in een keer te versturen.",
        "Een consulent heeft de aanvraag gelezen.",
    ],
)
def test_what_only_looks_passive_is_left_alone(text: str) -> None:
    assert not passives_in(text)


@pytest.mark.parametrize(("word", "count"), [("adem", 2), ("consulent", 3), ("cliënt", 2), ("weg", 1), ("geïnd", 2)])
def test_syllables_are_groups_of_vowels(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_word_is_explained_in_brackets_or_after_a_colon() -> None:
    assert explained("zorgkantoor", "Het zorgkantoor (dat regelt zorg) helpt.")
    assert explained("heroverweging", "Vraag of zij opnieuw kijken (een heroverweging).")
    assert explained("intake", "Eerst is er een intake: een gesprek.")
    assert not explained("intake", "Eerst is er een intake.")


@pytest.mark.parametrize(
    "text", ["Wat knap.", "Uw netwerk helpt.", "Wij ontlasten u.", "Dient u dit in?", "Dit is tijdelijk."]
)
def test_an_office_phrase_is_seen(text: str) -> None:
    assert any(re.search(rule["pattern"], text, re.IGNORECASE) for rule in RULES["never"])


def test_sentences_are_short_on_average() -> None:
    by_file: dict[str, list[list[str]]] = defaultdict(list)
    for shown in SHOWN:
        by_file[shown.file] += sentences_of(shown)
    figures = [f"{file}: {_figures(found)}" for file, found in by_file.items() if found]
    average = mean(len(sentence) for found in by_file.values() for sentence in found)
    assert average <= LONGEST_AVERAGE, f"{average:.1f} words a sentence{faults(figures)}"


def test_titles_pages_and_desks_are_short() -> None:
    parts = [(shown, sentence, LONGEST_SENTENCE) for shown in ELSEWHERE for sentence in sentences_of(shown)]
    parts += [
        (shown, _WORD.findall(button["title"]), LONGEST_TITLE) for shown in every_response() for button in shown.buttons
    ]
    found = [
        f"{shown}: “{' '.join(words)}” has {len(words)} words" for shown, words, most in parts if len(words) > most
    ]
    assert not found, faults(found)


def test_no_phrase_of_offices() -> None:
    found = [
        f"{shown}: “{hit.group(0)}” ({rule['because']})"
        for shown in SHOWN
        for rule in RULES["never"]
        if (hit := re.search(rule["pattern"], shown.everything_read, re.IGNORECASE))
    ]
    assert not found, faults(found)


def test_hard_words_are_explained_or_have_a_reason() -> None:
    hard = {(_name(shown), word): str(shown) for shown in SHOWN for word in _hard_words(shown)}
    excused = {(name, word) for name, words in RULES["left"].items() for word in words}
    known = {at for at in hard if at[1] in RULES["known_words"] or at[1].removesuffix("s") in RULES["known_words"]}
    new = [f"{place}: “{at[1]}”" for at, place in hard.items() if at not in excused | known]
    idle = sorted(f"{name}: “{word}”" for name, word in excused - set(hard))
    idle += sorted(set(RULES["known_words"]) - {word for _, word in known})
    assert not new, faults(new)
    assert not idle, f"no longer needed in plain_dutch.yml{faults(idle)}"


def test_somebody_does_it() -> None:
    said = {(_name(shown), done): str(shown) for shown in SHOWN for done in passives_in(shown.everything_read)}
    excused = {(name, done) for done, rule in RULES["passives"].items() for name in rule["in"]}
    new = [f"{place}: “{at[1]}”" for at, place in said.items() if at not in excused]
    idle = sorted(f"{name}: “{done}”" for name, done in excused - set(said))
    assert not new, faults(new)
    assert not idle, f"no longer needed in plain_dutch.yml{faults(idle)}"
