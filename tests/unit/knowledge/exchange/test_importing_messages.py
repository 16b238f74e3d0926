"""What editors read about a file: every sentence that is named exists, is used, and is plain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.exchange import messages
from knowledge.exchange.messages import say, shortened
from knowledge.yaml_files import read_yaml

FOLDER = Path(messages.__file__).parent
SENTENCES: dict[str, dict[str, str]] = read_yaml(messages.FILE.read_text(encoding="utf-8"))
# By which call a group of sentences is named in the code.
CALLS = {
    "file": r'SheetError\(\s*"(\w+)"',
    "row": r'row_fault\([^,()]+(?:\.name)?, "(\w+)"|= \("(\w+)", \{|say\("row\.(\w+)"|say\(\'row\.(\w+)\'',
    "warning": r'say\("warning\.(\w+)"',
    "note": r'say\("note\.(\w+)"',
}


@pytest.mark.parametrize("group", CALLS)
def test_every_sentence_that_is_named_exists(group: str) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py"))
    named = {
        name for found in re.findall(CALLS[group], code) for name in ([found] if isinstance(found, str) else found)
    }
    assert named - {""} <= set(SENTENCES[group])
    assert len(named) > 2


def test_every_sentence_is_used() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (*FOLDER.glob("*.py"), *FOLDER.parent.rglob("duplicates.py"))
    )
    unused = {
        name for texts in SENTENCES.values() for name in texts if f'{name}"' not in code and f"{name}'" not in code
    }
    assert not unused


def test_sentences_are_plain() -> None:
    for texts in SENTENCES.values():
        for text in texts.values():
            assert "!" not in text
            assert not re.search(r"\bu moet\b|\bmoet u\b", text, re.IGNORECASE)


def test_a_value_of_a_file_is_quoted_on_one_short_line() -> None:
    assert shortened("a\r\n\x07b") == "a b"
    assert len(shortened("x" * 500)) == 60
    assert say("row.lost_zero", value="{kind}").count("{kind}") == 1, "a value is never read as a placeholder"
