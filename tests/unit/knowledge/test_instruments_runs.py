"""A questionnaire is asked word for word, one item at a time, and survives being put away between two turns."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.instruments import NOT_ASKED, SKIPPED, InstrumentError
from knowledge.instruments.licensed import text_digest

from .test_instruments import BY_KEY, KEYS, made_up_items, switched_on

many = settings(max_examples=80, deadline=None)
SKIP = "skip it"


def moves(key: str) -> st.SearchStrategy[list[tuple[int, str]]]:
    """Items in any order, each once, with an answer or a skip."""
    numbers = st.lists(st.integers(1, BY_KEY[key].item_count), unique=True)
    choice = st.sampled_from([SKIP, *(answer.code for answer in BY_KEY[key].answers)])
    return numbers.flatmap(lambda chosen: st.tuples(*(st.tuples(st.just(n), choice) for n in chosen)).map(list))


def after(run, made):
    for number, choice in made:
        run = run.skip(number) if choice == SKIP else run.answer(choice, number)
    return run


@pytest.mark.parametrize("key", KEYS)
def test_every_item_is_asked_once_in_order_and_word_for_word(key):
    run, asked = switched_on(key).start(), []
    while run.next_item:
        assert not run.finished
        assert run.next_item.construct == BY_KEY[key].construct(run.next_item.number)
        asked.append(run.next_item.text)
        run = run.skip() if len(asked) % 3 == 0 else run.answer(run.next_item.answers[0].code)
    assert tuple(asked) == made_up_items(key)
    assert run.finished
    assert run.result().skipped == tuple(range(3, len(asked) + 1, 3))
    assert run.result().not_asked == ()


@pytest.mark.parametrize("key", KEYS)
@many
@given(st.data())
def test_the_order_of_answering_does_not_matter(key, data):
    made = data.draw(moves(key))
    shuffled = data.draw(st.permutations(made))
    start = switched_on(key).start()
    assert after(start, made) == after(start, shuffled)
    assert after(start, made).result() == after(start, shuffled).result()


@pytest.mark.parametrize("key", KEYS)
@many
@given(st.data(), st.booleans())
def test_a_run_that_was_put_away_goes_on_where_it_was(key, data, rephrased):
    instrument = switched_on(key)
    run = after(instrument.start(), data.draw(moves(key)))
    run = run.rephrase() if rephrased else run
    stored = json.loads(json.dumps(run.to_dict()))
    assert instrument.resume(stored) == run
    assert instrument.resume(stored).next_item == run.next_item
    assert instrument.resume(stored).result() == run.result()
    assert not any(item in json.dumps(stored) for item in made_up_items(key))


def test_skipped_and_not_asked_are_two_things():
    run = switched_on("csi").start().answer("yes").skip()
    assert run.steps[:3] == ("yes", SKIPPED, NOT_ASKED)
    assert run.next_item.number == 3
    assert run.result().skipped == (2,)
    assert run.result().not_asked == tuple(range(3, 14))


def test_an_answer_can_be_changed_or_given_after_a_skip():
    run = switched_on("csi").start().answer("yes").skip()
    assert run.answer("no", 1).answer("yes", 2).steps[:3] == ("no", "yes", NOT_ASKED)
    assert run.skip(1).steps[:2] == (SKIPPED, SKIPPED)


def test_a_run_never_changes_itself():
    run = switched_on("csi").start()
    run.answer("yes")
    run.rephrase()
    assert run == switched_on("csi").start()
    with pytest.raises(FrozenInstanceError):
        run.rephrased = True


def test_rephrasing_cannot_be_taken_back():
    run = switched_on("csi").start().rephrase()
    for _ in range(13):
        run = run.answer("yes")
    assert run.rephrased
    assert run.result().indicative
    assert run.result().band is None


@pytest.mark.parametrize("code", ["maybe", "", NOT_ASKED, SKIPPED, "Ja"])
def test_an_answer_outside_the_set_is_refused(code):
    with pytest.raises(InstrumentError, match="pack csi: no such answer; the answers are no, yes"):
        switched_on("csi").start().answer(code)


def test_an_item_that_does_not_exist_or_is_past_the_end_is_refused():
    run = switched_on("csi").start()
    for number in (0, 14, -1):
        with pytest.raises(InstrumentError, match="items are numbered 1 to 13"):
            run.answer("yes", number)
    for _ in range(13):
        run = run.skip()
    for step in (run.skip, lambda: run.answer("yes")):
        with pytest.raises(InstrumentError, match="pack csi: every item was asked already"):
            step()


@pytest.mark.parametrize(
    "change",
    [
        {"pack": "ediz"},
        {"steps": None},
        {"rephrased": "no"},
        {"steps": ["yes"] * 12},
        {"steps": ["yes"] * 12 + ["maybe"]},
        {"steps": ["yes"] * 12 + [["yes"]]},
        {"sha256": "0" * 64},
    ],
)
def test_what_was_stored_otherwise_is_refused(change):
    stored = {**switched_on("csi").start().to_dict(), **change}
    with pytest.raises(InstrumentError, match=r"^pack csi: "):
        switched_on("csi").resume(stored)
    with pytest.raises(InstrumentError, match="no run of this pack"):
        switched_on("csi").resume({})


def test_answers_to_other_words_are_not_taken_over():
    before = switched_on("csi")
    permission = replace(before.text.permission, sha256=text_digest(["other", *before.text.items[1:]]))
    now = replace(before, text=replace(before.text, permission=permission))
    with pytest.raises(InstrumentError, match="given to other words"):
        now.resume(before.start().answer("yes").to_dict())
