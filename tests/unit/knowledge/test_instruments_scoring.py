"""The score is exact with half the answers: the same as trying every way to fill in the rest."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise, product

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.instruments import NOT_ASKED, SKIPPED, Band, InstrumentError, NoBand, ScoreRange
from knowledge.instruments.licensed import read_licensed
from knowledge.yaml_files import read_yaml

from .test_instruments import BY_KEY, KEYS, content, switched_on, write

BINARY = {"no": 0, "yes": 1}
POINTS = {
    "ediz": {"strong_no": 0, "no": 0, "more_or_less": 1, "yes": 1, "strong_yes": 1},
    "ediz_plus": BINARY,
    "csi": BINARY,
    "carerqol_7d": {"none": 0, "some": 1, "a_lot": 2},
}
"""Said a second time, apart from the packs."""
PLEASANT = {("carerqol_7d", 0), ("carerqol_7d", 5)}
BORDERS = {"ediz_plus": (0, 3, 8, 15), "csi": (6, 13)}
NAMES = {"ediz_plus": ("none", "light", "moderate", "heavy"), "csi": ("below", "over")}
UNANSWERED = (NOT_ASKED, SKIPPED)
MOST_OPEN = 4  # at five answers an item, more ways than this are too many to try for each example
many = settings(max_examples=80, deadline=None)


def patterns(key: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Whole answers in which up to ``MOST_OPEN`` items were left open."""
    count = BY_KEY[key].item_count
    whole = st.lists(st.sampled_from(list(POINTS[key])), min_size=count, max_size=count)
    opened = st.dictionaries(st.integers(0, count - 1), st.sampled_from(UNANSWERED), max_size=MOST_OPEN)
    return st.builds(lambda answers, left: tuple(left.get(n, a) for n, a in enumerate(answers)), whole, opened)


def completions(key: str, steps: tuple[str, ...]) -> list[tuple[str, ...]]:
    return list(product(*(list(POINTS[key]) if step in UNANSWERED else [step] for step in steps)))


def value(key: str, index: int, code: str) -> int:
    return 2 - POINTS[key][code] if (key, index) in PLEASANT else POINTS[key][code]


def total(key: str, steps: tuple[str, ...]) -> int:
    return sum(value(key, index, code) for index, code in enumerate(steps))


def name_of(key: str, score: int) -> str:
    return next(name for name, border in zip(NAMES[key], BORDERS[key], strict=True) if score <= border)


def result(key: str, steps: tuple[str, ...], rephrased: bool = False):
    stored = {**switched_on(key).start().to_dict(), "steps": list(steps), "rephrased": rephrased}
    return switched_on(key).resume(stored).result()


@pytest.mark.parametrize("key", KEYS)
@many
@given(st.data())
def test_a_partial_result_is_what_every_completion_has_in_common(key, data):
    steps = data.draw(patterns(key))
    outcome = result(key, steps)
    totals = [total(key, whole) for whole in completions(key, steps)]
    assert outcome.score == (None if key == "carerqol_7d" else ScoreRange(min(totals), max(totals)))
    names = {name_of(key, score) for score in totals} if key in NAMES else set()
    assert (outcome.band and outcome.band.code) == (names.pop() if len(names) == 1 else None)
    assert outcome.values == tuple(
        None if step in UNANSWERED else value(key, index, step) for index, step in enumerate(steps)
    )
    assert outcome.skipped == tuple(n for n, step in enumerate(steps, 1) if step == SKIPPED)
    assert outcome.not_asked == tuple(n for n, step in enumerate(steps, 1) if step == NOT_ASKED)
    assert outcome.complete == (not set(steps) & set(UNANSWERED))
    assert outcome.tariff is None


@pytest.mark.parametrize("key", KEYS)
@many
@given(st.data())
def test_an_answer_more_narrows_the_range_and_never_changes_a_band(key, data):
    steps = data.draw(patterns(key))
    index = data.draw(st.integers(0, len(steps) - 1))
    answers = sorted(POINTS[key], key=lambda code: value(key, index, code))
    left_open, *more = (result(key, (*steps[:index], code, *steps[index + 1 :])) for code in (SKIPPED, *answers))
    for lighter, heavier in pairwise(more):
        assert lighter.values[index] <= heavier.values[index]
    if left_open.score is not None:
        for lighter, heavier in pairwise(more):
            assert lighter.score.low <= heavier.score.low
            assert lighter.score.high <= heavier.score.high
        assert min(each.score.low for each in more) == left_open.score.low
        assert max(each.score.high for each in more) == left_open.score.high
    if left_open.band:
        assert {each.band for each in more} == {left_open.band}


def test_all_patterns_of_the_csi_have_the_band_that_every_completion_has():
    """3^13 patterns. Whole answers are scored here; then, item after item, "open" holds the bands of "no" and "yes"."""
    pack = BY_KEY["csi"]
    below, over = 1, 2
    yes = sum(np.ix_(*[np.arange(2)] * 13))
    possible = np.where(yes >= 7, over, below).astype(np.int8)
    for axis in range(13):
        either = np.bitwise_or.reduce(possible, axis=axis, keepdims=True)
        possible = np.concatenate([possible, either], axis=axis)
    ranges = [[pack.points_range(number, step) for step in ("no", "yes", NOT_ASKED)] for number in range(1, 14)]
    low = sum(np.ix_(*[[each.low for each in item] for item in ranges]))
    high = sum(np.ix_(*[[each.high for each in item] for item in ranges]))
    assert possible.size == low.size == 3**13
    seen = 0
    for lowest, highest in sorted(set(zip(low.ravel().tolist(), high.ravel().tolist(), strict=True))):
        band = pack.band_of(ScoreRange(lowest, highest))
        expected = {None: below | over, "below": below, "over": over}[band and band.code]
        here = (low == lowest) & (high == highest)
        assert (possible[here] == expected).all()
        assert (band and band.code) == ("over" if lowest >= 7 else "below" if highest < 7 else None)
        seen += int(here.sum())
    assert seen == 3**13


@pytest.mark.parametrize("yes", range(14))
def test_the_csi_is_over_from_seven_times_yes_and_below_when_it_can_no_longer_get_there(yes):
    for skipped in range(14 - yes):
        steps = ("yes",) * yes + (SKIPPED,) * skipped + ("no",) * (13 - yes - skipped)
        outcome = result("csi", steps[::-1])
        expected = "over" if yes >= 7 else "below" if yes + skipped < 7 else None
        assert (outcome.band and outcome.band.code) == expected
        assert outcome.no_band == (None if expected else NoBand.UNANSWERED)


def test_the_ediz_never_has_a_band_and_the_carerqol_never_a_sum():
    assert result("ediz", ("strong_yes",) * 9).score == ScoreRange(9, 9)
    assert result("ediz", ("strong_yes",) * 9).band is None
    assert result("ediz", ("strong_yes",) * 9).no_band is NoBand.NO_CUT_OFF
    outcome = result("carerqol_7d", ("a_lot",) * 7)
    assert outcome.values == (0, 2, 2, 2, 2, 0, 2)
    assert (outcome.score, outcome.band, outcome.no_band) == (None, None, NoBand.NO_CUT_OFF)


@pytest.mark.parametrize(
    ("score", "name"), [(0, "none"), (1, "light"), (3, "light"), (4, "moderate"), (8, "moderate"), (9, "heavy")]
)
def test_the_borders_of_the_ediz_plus(score, name):
    band = result("ediz_plus", ("yes",) * score + ("no",) * (15 - score)).band
    assert isinstance(band, Band)
    assert band.code == name


@pytest.mark.parametrize("key", KEYS)
def test_rephrased_words_give_no_band_and_no_tariff(key):
    steps = (list(POINTS[key])[-1],) * BY_KEY[key].item_count
    plain, rephrased = result(key, steps), result(key, steps, rephrased=True)
    assert not plain.indicative
    assert rephrased.indicative
    assert (rephrased.band, rephrased.tariff) == (None, None)
    assert rephrased.no_band is (NoBand.REPHRASED if key in NAMES else NoBand.NO_CUT_OFF)
    assert (rephrased.values, rephrased.score) == (plain.values, plain.score)


# ---- the tariff of the CarerQol-7D, with made-up weights

CODES = [each.code for each in BY_KEY["carerqol_7d"].constructs]
TOPS = (20, 10.5, 19.5, 15, 10, 5, 20)


def weights(tops=TOPS):
    rows = {}
    for index, (code, top) in enumerate(zip(CODES, tops, strict=True)):
        from_worst = (0, round(top / 3, 2), top)
        best_last = ("carerqol_7d", index) in PLEASANT
        answers = ("none", "some", "a_lot") if best_last else ("a_lot", "some", "none")
        rows[code] = dict(zip(answers, from_worst, strict=True))
    return {"source": "made up", "weights": rows}


@pytest.fixture(scope="module")
def with_tariff(tmp_path_factory):
    path = write(tmp_path_factory.mktemp("texts"), content("carerqol_7d", tariff=weights()))
    return switched_on("carerqol_7d", tariff=read_licensed(path, BY_KEY["carerqol_7d"]).tariff)


@many
@given(steps=patterns("carerqol_7d"))
def test_a_partial_tariff_is_the_range_over_every_completion(with_tariff, steps):
    run = with_tariff.resume({**with_tariff.start().to_dict(), "steps": list(steps)})
    rows = list(weights()["weights"].values())
    sums = [
        sum(Decimal(str(rows[index][code])) for index, code in enumerate(whole))
        for whole in completions("carerqol_7d", steps)
    ]
    tariff = run.result().tariff
    assert (tariff.low, tariff.high) == (min(sums), max(sums))
    assert 0 <= tariff.low <= tariff.high <= 100
    assert run.rephrase().result().tariff is None


def test_the_best_and_the_worst_situation_are_the_ends_of_the_tariff(with_tariff):
    run = with_tariff.start()
    assert run.result().tariff == ScoreRange(Decimal(0), Decimal(100))
    for index in range(7):
        run = run.answer("a_lot" if ("carerqol_7d", index) in PLEASANT else "none")
    assert run.result().tariff == ScoreRange(Decimal(100), Decimal(100))
    assert run.result().tariff.exact
    assert run.result().values == (0,) * 7


def test_rounded_weights_stay_within_the_ends(tmp_path):
    path = write(tmp_path, content("carerqol_7d", tariff=weights((*TOPS[:-1], 20.4))))
    tariff = read_licensed(path, BY_KEY["carerqol_7d"]).tariff
    assert tariff.value_range([NOT_ASKED] * 7) == ScoreRange(Decimal(0), Decimal(100))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows.pop("money"), "tariff weights: missing money"),
        (lambda rows: rows["money"].pop("some"), "tariff weights of money: missing some"),
        (lambda rows: rows["money"].update(much=1), "tariff weights of money: not known: much"),
        (lambda rows: rows["money"].update(none="ten"), "tariff weights of money: none must be a number"),
        (lambda rows: rows["money"].update(none=True), "tariff weights of money: none must be a number"),
        (lambda rows: rows["money"].update(none=float("nan")), "tariff weights of money: none must be a number"),
        (lambda rows: rows["money"].update(none=11), "must run from 0 to 100 together, these run from 0 to 101"),
        (lambda rows: rows["money"].update(a_lot=1), "must run from 0 to 100 together, these run from 1 to 100"),
        (lambda rows: rows["support"].update(none=5, a_lot=0), "support: a_lot is better than none"),
    ],
)
def test_a_tariff_that_cannot_be_right_leaves_the_pack_off(tmp_path, change, said):
    data = read_yaml(yaml.safe_dump(weights()))
    change(data["weights"])
    path = write(tmp_path, content("carerqol_7d", tariff=data))
    with pytest.raises(InstrumentError, match=f"^pack carerqol_7d: .*{said}"):
        read_licensed(path, BY_KEY["carerqol_7d"])


def test_only_the_carerqol_takes_a_tariff(tmp_path):
    path = write(tmp_path, content("csi", tariff=weights()))
    with pytest.raises(InstrumentError, match="pack csi: this pack takes no tariff"):
        read_licensed(path, BY_KEY["csi"])
