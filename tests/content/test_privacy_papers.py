"""The papers about privacy say what the code does, and a text she says yes to has a version of its own."""

from __future__ import annotations

import hashlib
from pathlib import Path

import bot.schema  # noqa: F401  - registers every table
from bot.privacy.papers import PAPERS, _words, papers
from bot.privacy.retention import KINDS
from channels.cli.main import main
from channels.cli.privacy import PAPERS as FOLDER
from channels.cli.privacy import consents
from tests.content.sentences import every_response, load

CONSENTS = load("consents.yml")


def test_the_committed_papers_are_those_the_code_makes() -> None:
    stale = [name for name, text in papers(consents()).items() if (FOLDER / name).read_text("utf-8") != text]
    assert not stale, "run `adempauze privacy papers`"


def test_one_command_writes_all_of_them(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("ADEMPAUZE_DATA", str(tmp_path / "data"))
    assert main(["privacy", "papers", "--folder", str(tmp_path / "out")]) == 0
    assert {each.name for each in (tmp_path / "out").iterdir()} == set(PAPERS)


def test_every_kind_has_its_words_and_no_words_are_idle() -> None:
    assert set(_words()["kinds"]) == {kind.name for kind in KINDS}


def test_a_text_she_says_yes_to_does_not_change_without_its_version() -> None:
    """``consents.yml`` holds version and digest. Changed a sentence? Raise its version in the code, then write both."""
    now = {name: {"version": version, "digest": _digest(name)} for name, version in consents().items()}
    written = {name: {"version": one["version"], "digest": one["digest"]} for name, one in CONSENTS.items()}
    changed = [
        name
        for name in now
        if now[name]["digest"] != written[name]["digest"] and now[name]["version"] == written[name]["version"]
    ]
    assert not changed, f"raise the version of {changed}"
    assert now == written, "write the new version and digest in consents.yml"


def _digest(name: str) -> str:
    """Of every variant of the sentences, with the words on their buttons."""
    wanted = CONSENTS[name]["sentences"]
    said = sorted(f"{one.name}: {one.everything_read}" for one in every_response() if one.name in wanted)
    assert {text.split(":")[0] for text in said} == set(wanted), "every sentence is there"
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]
