"""The pattern language an editor writes."""

from __future__ import annotations

from time import process_time

import pytest

from bot.safety.lexicon import read_lexicon
from bot.safety.phrases import PhraseError, PhraseReader
from bot.safety.tokens import Speller


def met(phrase: str, text: str) -> bool:
    speller = Speller({"k": "ik", "ni": "niet"}, ["zelfmoord"])
    reader = PhraseReader({"loved": ["man", "vrouw"], "whom": ["hem", "mijn <loved>"]}, speller.spell, ["ik"])
    speller.known |= reader.words(phrase)
    return reader.read(phrase).pattern.search(speller.read(text).text) is not None


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("wil dood", "ik WIL dood!", True),
        ("wil dood", "ik wildood", False),
        ("wil|wou .. dood", "k wou soms liever dood", True),
        ("wil .. dood", "ik wil een twee drie vier vijf zes dood", False),
        ("eind & er & maken", "hoe ik er een eind aan kan maken", True),
        ("eind & er & maken", "maken we er nu een eind aan", True),
        ("eind & er & maken", "er is een eind, dat maken we", False),
        ("wil .. dood", "ik wil rust. dood", False),
        ("wil (echt)? dood", "ik wil dood", True),
        ("wil (heel graag|echt) dood", "ik wil heel graag dood", True),
        ("snij*", "ik snijd brood", True),
        ("snij*", "afsnijden", False),
        ("sla <whom>", "ik sla mijn vrouw", True),
        ("sla <whom>", "ik sla over", False),
        ("ik wil rust", "soms wil ik rust", True),
        ("niet meer $", "ik kan niet meer, echt", True),
        ("niet meer $", "ik kan niet meer slapen", False),
        ("^ help", "ja, help", True),
        ("^ help", "ik help", False),
    ],
)
def test_a_phrase_means_what_the_page_says(phrase: str, text: str, expected: bool) -> None:
    assert met(phrase, text) is expected


@pytest.mark.parametrize(
    "phrase", ["", "..", "(maar)?", "ik <nobody>", "ik || jij", "een & (twee)?", "a & b & c & d & e"]
)
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        met(phrase, "ik")


@pytest.mark.parametrize(
    "word",
    ["geslapen", "opvangen", "ambulante", "behandeling", "verwacht", "beroerde", "vermoeden", "opgekomen", "gesproken"],
)
def test_an_ordinary_word_is_never_read_as_a_word_of_danger(word: str) -> None:
    assert read_lexicon().speller.spell(word) == (word,)


def test_a_word_that_unfolds_to_eighteen_times_its_length_is_read_in_no_time():
    """Found by ``make fuzz``: every swap of two letters copied the whole word."""
    begun = process_time()
    Speller({}, ["zelfmoord"]).read("\ufdfa" * 10_000)
    assert process_time() - begun < 2
