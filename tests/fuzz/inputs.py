"""Nasty inputs for every channel, and how many: 2,000 in ``make test``, as many as you like in ``make fuzz``."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import yaml
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

FEW = 2_000
SHARES = {"web": 0.43, "deep": 0.12, "telegram": 0.1, "terminal": 0.1, "desk": 0.14, "walks": 0.06, "import": 0.05}
"""Which part of all inputs goes to which channel; ``deep`` is the widget again, in the middle of a talk."""
SECONDS_AT_MOST = 20.0
"""For one input, on a busy machine; what hangs, hangs longer."""
_GROUPS = yaml.safe_load((Path(__file__).parent / "corpus.yml").read_text(encoding="utf-8"))


def how_many() -> int:
    """``ADEMPAUZE_FUZZ``, or few."""
    return int(os.environ.get("ADEMPAUZE_FUZZ") or FEW)


def share_of(channel: str) -> int:
    """How many inputs this channel gets."""
    return max(1, round(how_many() * SHARES[channel]))


def thrown(channel: str) -> settings:
    """The settings of a test of a channel. Few inputs are the same each time; many are new each time."""
    return settings(
        max_examples=share_of(channel),
        deadline=None,
        derandomize=how_many() == FEW,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def _text(entry: str | dict) -> str:
    return entry if isinstance(entry, str) else entry["text"] * entry["times"]


TEXTS = tuple(_text(entry) for group, entries in _GROUPS.items() if group != "bytes" for entry in entries)
TALK = tuple(_text(entry) for group in _GROUPS if group not in ("bytes", "files") for entry in _GROUPS[group])
FILES = tuple(_text(entry).encode("utf-8", "surrogatepass") for entry in _GROUPS["files"])
BYTES = tuple(base64.b64decode(entry) for entry in _GROUPS["bytes"])


@st.composite
def _changed(draw: st.DrawFn) -> str:
    """One of the corpus, cut; perhaps joined with another, or with words in it."""
    one, other = draw(st.sampled_from(TALK)), draw(st.sampled_from(TALK) | st.text(max_size=40))
    cut = draw(st.integers(0, min(len(one), 300)))
    joined = one[:cut] + other + one[cut : cut + draw(st.integers(0, 400))]
    how = draw(st.sampled_from(("as it is", "upper", "twice", "backwards")))
    return {"upper": joined.upper(), "twice": joined * 2, "backwards": joined[::-1]}.get(how, joined)


def nasty() -> st.SearchStrategy[str]:
    """A text that somebody could send."""
    return st.sampled_from(TALK) | _changed() | st.text(st.characters(codec=None), max_size=200)


def nasty_bytes() -> st.SearchStrategy[bytes]:
    """What could arrive where text was meant to."""
    return st.sampled_from(BYTES) | st.sampled_from(FILES) | st.binary(max_size=400)
