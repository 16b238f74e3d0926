"""Sealed columns: nothing readable in the database, everything readable through the ring, keys that can be changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, Text, bindparam, insert, or_, select, text
from sqlalchemy.engine import Engine

from knowledge.sealed import Keyring, SealedJSON, SealedText, SearchMarks, UnreadableError
from knowledge.storage import open_engine

things = Table(
    "things",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("words", SealedText),
    Column("data", SealedJSON),
    Column("marks", SearchMarks),
)
JSONS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3),
    max_leaves=8,
)


def opened(path: Path, *keys: str) -> Engine:
    engine = open_engine(f"sqlite:///{path}", Keyring(keys))
    things.create(engine, checkfirst=True)
    return engine


def write(engine: Engine, **values: Any) -> None:
    with engine.begin() as connection:
        connection.execute(insert(things).values(**values))


def read(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(things.c.words, things.c.data).order_by(things.c.id)))


def raw(engine: Engine) -> str:
    with engine.connect() as connection:
        return repr(connection.execute(text("select words, data, marks from things")).all())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "things.db"


def test_nothing_readable_reaches_the_database(file: Path) -> None:
    engine = opened(file, "first")
    write(engine, words="mijn man heet Bertus", data={"phone": "0612345678"}, marks="bertus jansen 0612345678")
    stored = raw(engine) + file.read_bytes().decode("latin-1")
    assert "ertus" not in stored
    assert "0612345678" not in stored
    assert read(engine) == [("mijn man heet Bertus", {"phone": "0612345678"})]


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(words=st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), data=JSONS)
def test_everything_comes_back_as_it_was(file: Path, words: str | None, data: Any) -> None:
    for keys in (("first",), ()):
        file.unlink(missing_ok=True)
        engine = opened(file, *keys)
        write(engine, words=words, data=data)
        assert read(engine) == [(words, data)]
        engine.dispose()


def test_an_older_key_still_opens_and_the_newest_seals(file: Path) -> None:
    write(opened(file, "old"), words="van vroeger", data=[1])
    both = opened(file, "new", "old")
    write(both, words="van nu", data=[2])
    assert [row.words for row in read(both)] == ["van vroeger", "van nu"]
    with pytest.raises(UnreadableError, match="none of the keys"):
        read(opened(file, "new"))


def test_the_keys_of_another_house_are_told_in_one_line(file: Path) -> None:
    write(opened(file, "ours"), words="hoi", data={})
    for keys in (("theirs",), ()):
        with pytest.raises(UnreadableError):
            read(opened(file, *keys))


def test_what_was_stored_before_there_were_keys_is_read(file: Path) -> None:
    write(opened(file), words="al lang hier", data={"a": 1})
    assert read(opened(file, "first")) == [("al lang hier", {"a": 1})]


@pytest.mark.parametrize("keys", [(), ("first",)])
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bertus", True),
        ("bert", True),
        ("verantwoordelijkheidsgevoel", True),
        ("verantwoordelijk", True),
        ("op", True),
        ("berta", False),
        ("%", False),
        ("_ert", False),
        ("/", False),
    ],
)
def test_beginnings_of_words_are_found(file: Path, keys: tuple[str, ...], typed: str, found: bool) -> None:
    engine = opened(file, *keys)
    write(engine, words="", data=None, marks="bertus is op verantwoordelijkheidsgevoel")
    assert holds(engine, Keyring(keys), typed) is found


def holds(engine: Engine, ring: Keyring, typed: str) -> bool:
    words = [bindparam(None, pattern, type_=Text(), unique=True) for pattern in ring.patterns_of(typed)]
    wanted = or_(*(things.c.marks.like(word, escape="/") for word in words))
    with engine.connect() as connection:
        return connection.execute(select(things.c.id).where(wanted)).first() is not None


def test_what_was_marked_with_an_older_key_is_found_before_it_is_sealed_anew(file: Path) -> None:
    write(opened(file, "first"), words="", data=None, marks="bertus is op")
    engine = opened(file, "second", "first")
    assert holds(engine, Keyring(["second", "first"]), "bertus")
    assert not holds(engine, Keyring(["second"]), "bertus"), "a key that is gone finds nothing"
    assert not holds(engine, Keyring(["second", "first"]), "berta")
