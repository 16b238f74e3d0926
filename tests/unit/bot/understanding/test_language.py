"""Which language a message is in: clear or Dutch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.language import LANGUAGES, UNKNOWN, language_of
from bot.understanding.message import read_message
from knowledge.places.regions import Regions


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("my father in law lives with us since the spring and forgets his pills", "en"),
        ("is there somebody who can help us at home", "en"),
        ("kayınpederim ilaçlarını unutuyor, gece uyumuyoruz", "tr"),
        ("yardım istiyorum", "tr"),
        ("teść zapomina o lekach i nie śpimy po nocach", "pl"),
        ("potrzebuję pomocy", "pl"),
        ("mein Schwiegervater vergisst seine Tabletten und wir schlafen kaum noch", "de"),
        ("mon beau-père oublie ses médicaments et nous ne dormons plus", "fr"),
        ("والد زوجي ينسى أدويته ولا ننام", "ar"),
        ("مرحبا", "ar"),
        ("свекор забуває пити ліки, ми не спимо", "uk"),
        ("дякую", "uk"),
    ],
)
def test_a_whole_sentence_in_another_language_is_known(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "свёкор забывает пить лекарства, мы не спим",
        "پدرشوهرم داروهایش را فراموش می‌کند",
        "ኣቦይ ሓሚሙ ኣሎ",
        "我的公公忘记吃药",
    ],
)
def test_a_script_of_yet_another_language_is_not_taken_for_arabic_or_ukrainian(text: str) -> None:
    assert language_of(text) == UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "ons va vergit zien pillen en ik dooi gin oog dicht",
        "oos pap vergit zien pille en ich doon gein oug toe",
        "us heit ferjit syn pillen en ik doch gjin each ticht",
        "ons vader vergeet zijn pillen, amai, 'k slaap nie meer zenne",
        "mien va vergeet zien pill'n en ik slaop nich meer",
        "mijn babaanne vergeet haar ilaç en ik slaap niet",
        "my moeder heeft dementie en ik doe everything, echt alles",
        "ja is goed",
        "hello",
        "yes please",
        "Şeyma Yıldırım woont bij ons en wil niet eten",
        "Zwolle",
        "06 12345678",
        "??",
        "",
    ],
)
def test_dialect_mixed_names_and_a_few_words_stay_dutch(text: str) -> None:
    assert language_of(text) == "nl"


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    assert language_of(text) in {*LANGUAGES, UNKNOWN}


def test_a_reading_says_its_language() -> None:
    regions = Regions.load()
    assert read_message("my father in law forgets his pills every day", regions).language == "en"
    assert read_message("mijn schoonvader vergeet zijn pillen", regions).language == "nl"
