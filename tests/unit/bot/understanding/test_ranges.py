"""What must hold for every quantity, time and place, whatever is written."""

from __future__ import annotations

import time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.reading import Hours, Reading
from bot.understanding.hours import read_hours_answer
from bot.understanding.message import read_message
from bot.understanding.numbers import WORDS, bare_number
from bot.understanding.places import read_place_answer
from bot.understanding.text import fold
from knowledge.places.regions import Regions
from tests.pace import slowness

REGIONS = Regions.load()
NUMBERS = st.one_of(
    st.sampled_from(sorted(WORDS)), st.integers(0, 9999).map(str), st.sampled_from(["paar", "30+", "2½"])
)
UNITS = st.sampled_from(
    ["uur", "uurtjes", "uur per dag", "uur per week", "keer per nacht", "nachten per week", "jaar", "maanden",
    "dagen per week",
     "keer per week een middag", "kwartier", "uur slaap", "avonden", "weken", ""]
)  # fmt: skip
WORDS_AROUND = st.sampled_from(
    ["al", "tussen de", "en", "à", "soms", "elke dag", "om de nacht", "sinds", "doordeweeks", "in het weekend",
    "van 9 tot 5",
     "om de week een zaterdag", "na half", "ik zorg", "denk ik", "in Bergen", "bij Ede",
     "tussen Assen en Groningen", "mevrouw van",
     "1011 AB", ",", ".", "'s-", "(", "de hele dag", "geen enkele nacht"]
)  # fmt: skip
SPOKEN = st.lists(st.one_of(NUMBERS, UNITS, WORDS_AROUND), max_size=10).map(" ".join)


def is_in_order(low: float | None, high: float | None) -> bool:
    return low is None or high is None or 0 <= low <= high


def hours_hold(hours: Hours | None) -> bool:
    return hours is None or (0 <= hours.low <= hours.high and hours.high > 0)


@given(st.one_of(SPOKEN, st.text(max_size=120)))
@example("tussen acht en twintig")
@example("24 uur per week")
@example("na half honderd")
@settings(deadline=None, max_examples=400)
def test_every_range_is_in_order_and_every_word_stands_where_it_says(text: str) -> None:
    reading = read_message(text, REGIONS)
    assert hours_hold(reading.hours)
    assert hours_hold(read_hours_answer(text, fold(text)))
    if reading.nights is not None:
        nights = reading.nights
        assert is_in_order(nights.per_week_low, nights.per_week_high)
        assert is_in_order(nights.times_a_night, nights.times_high)
        assert (nights.per_week_high or 0) <= 7
    if reading.since is not None:
        assert is_in_order(reading.since.months_ago, reading.since.months_high)
    for moment in reading.moments:
        assert set(moment.weekdays) <= set(range(1, 8))
        assert all(hour is None or 0 <= hour <= 24 for hour in (moment.from_hour, moment.until_hour))
    for place in (*reading.places, *read_place_answer(text, REGIONS)):
        assert place.municipalities
        assert all(REGIONS.municipality(name) for name in place.municipalities)
    for part in (reading.hours, reading.nights, reading.since, *reading.moments, *reading.places):
        if part is not None:
            assert text[part.evidence.start : part.evidence.end] == part.evidence.words != ""
    assert Reading.from_dict(reading.as_dict()) == reading


@given(low=st.integers(1, 12), more=st.integers(0, 12), unit=st.sampled_from(["per week", "per dag", "in de week"]))
def test_a_range_of_hours_within_a_week_stays_within_a_week(low: int, more: int, unit: str) -> None:
    text = f"ik zorg {low} tot {low + more} uur {unit} voor hem"
    hours = read_message(text, REGIONS).hours
    assert hours is not None
    factor = 7 if unit == "per dag" else 1
    assert (hours.low, hours.high) == (low * factor, (low + more) * factor)
    assert 0 <= hours.low <= hours.high <= 168


@given(st.integers(1920, 2026))
def test_a_year_is_never_hours_or_nights(year: int) -> None:
    for text in (f"sinds {year}", f"in {year} werd hij ziek", f"hij is van {year}", f"geboren in {year}"):
        reading = read_message(text, REGIONS)
        assert reading.hours is None
        assert reading.nights is None


@given(st.integers(1, 105))
def test_an_age_or_a_house_number_is_never_hours_or_nights(number: int) -> None:
    for text in (
        f"hij is {number} jaar",
        f"mijn moeder van {number}",
        f"wij wonen op nummer {number}",
        f"ik ben {number}",
    ):
        reading = read_message(text, REGIONS)
        assert reading.hours is None
        assert reading.nights is None
        assert reading.since is None


@given(st.sampled_from(sorted(WORDS)))
def test_a_number_in_words_reads_as_its_value(word: str) -> None:
    assert bare_number(word) == WORDS[word]


def test_a_short_message_is_read_in_well_under_a_millisecond() -> None:
    texts = [f"ik zorg {number} uur per week voor mijn moeder in Emmen en slaap slecht" for number in range(1000, 1300)]
    read_message("warm", REGIONS)
    begin = time.process_time()
    for text in texts:
        read_message(text, REGIONS)
    spent = (time.process_time() - begin) / len(texts)
    assert spent < 0.002 * slowness(), "five times what it takes on a quiet core"
