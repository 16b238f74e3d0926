"""A question in nothing but everyday words, so that it can be kept without anybody in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.understanding.text import fold
from knowledge.places.regions import Regions

TAKEN_OUT = "…"
LONGEST = 200  # characters
_OFTEN = 3
_NAME_SHARE = 0.3
_LONG_PART = 4  # letters: "Alphen" of "Alphen aan den Rijn" is a name, "aan" is not
_WORD = re.compile(r"[^\W_]+")
_INSIDE = re.compile(r"(?<=[\w,] )[A-Z][^\W\d_]+")
_SENTENCE = re.compile(r"[^.?!\n]+[.?!]*")
_TOKEN = re.compile(r"[^\W_]+|[?,]")
_BEGINS = re.compile(r"[.?!\n]\s*$")
_TITLES = frozenset(
    {"meneer", "mevrouw", "mijnheer", "mw", "mevr", "dhr", "heer", "dokter", "dr", "tante", "oom", "familie"}
)
_PARTICLES = frozenset({"de", "den", "der", "van", "ter", "ten", "te", "het", "t", "in", "la", "el"})
_OF_THE_FIELD = frozenset(
    {"wmo", "wlz", "zvw", "pgb", "zin", "ciz", "svb", "uwv", "ggd", "ggz", "wajong", "jeugdwet", "aow", "digid"}
)
_ASKING = (
    "wat|wie|waar|hoe|wanneer|welke?|waarom|hoeveel|kan|kunt?|mag|moet|moeten|krijgt?|krijgen|bestaat|geldt|hoort|betaalt"
    "|ziet|zien|horen"
)
_ASKS = re.compile(
    r"\?|(?:^|[.,;!\n]|\b(?:en|maar|dus|want|of|dan|vroeg me af)\b)\s*"
    rf"(?:(?:{_ASKING})|(?:is|zijn) (?:er|dat)|heb ik|hebben we|weet (?:u|je|jij|iemand)|komt er|gaat dat)\b"
    r"|\b(?:ik wil (?:graag )?(?:iets |meer )?weten|vraag me af|hoe zit|leg uit)\b"
    r"|\b(?:info|informatie|uitleg|vraag) over\b",
    re.IGNORECASE,
)
_RUN = re.compile(r"\s+")


def everyday_words(texts: Iterable[str]) -> frozenset[str]:
    """Words that several people use in small letters and that are not mostly names; no municipality is among them."""
    small: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for text in texts:
        small.update({word for word in _WORD.findall(text) if word.isalpha() and word.islower()})
        names.update(name.lower() for name in _INSIDE.findall(text))
    regions = Regions.load()
    names_of_places = [
        fold(name) for each in regions.municipalities() for name in (each.name, regions.spoken(each.name))
    ]
    places = {
        part for name in names_of_places for part in _WORD.findall(name) if len(part) >= _LONG_PART or part == name
    }
    return frozenset(
        word
        for word, times in small.items()
        if times >= _OFTEN and names[word] <= _NAME_SHARE * times and fold(word) not in places
    )


def asks(text: str) -> bool:
    """Does the text ask something, in any of its sentences?"""
    # A run of white space becomes one sign first: ten thousand empty lines would be looked through from each of them.
    return _ASKS.search(_RUN.sub(lambda run: "\n" if "\n" in run[0] else " ", text)) is not None


def question_in(text: str, everyday: frozenset[str]) -> str:
    """The sentences of ``text`` that ask, with every word that is not everybody's taken out; "" when little is left."""
    sentences = _SENTENCE.findall(text)
    asking = " ".join(sentence.strip() for sentence in sentences if _ASKS.search(sentence)) or text
    kept = list(_kept(asking[:LONGEST], everyday))
    words = [token for token in kept if token[0].isalpha()]
    if len(words) < 2:
        return ""
    return re.sub(rf"(?:{TAKEN_OUT} ?)+", f"{TAKEN_OUT} ", " ".join(kept)).replace(" ?", "?").replace(" ,", ",").strip()


def _kept(text: str, everyday: frozenset[str]) -> Iterator[str]:
    """Its words, each as it is or taken out. Some surnames are everybody's words too ("de Jong", "bakker"): a capital
    inside a sentence gives one away, and so does a title before it."""
    titled = False
    for match in _TOKEN.finditer(text):
        token = match[0]
        if not token[0].isalnum():
            titled = False
            yield token
            continue
        inside = match.start() > 0 and not _BEGINS.search(text[: match.start()])
        named = titled or (inside and token[0].isupper() and token.lower() not in _OF_THE_FIELD)
        known = fold(token) in everyday or token.lower() in everyday
        yield token if known and not named else TAKEN_OUT
        titled = token.lower() in _TITLES or (titled and token.lower() in _PARTICLES)
