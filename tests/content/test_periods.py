"""How long something is kept, wherever people read it, is how long the code keeps it (``bot/privacy/retention.py``).

A period in words or figures that no kind of data has fails here, and so does a document that still says the old one.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.audit.log import KEEP as AUDIT_KEPT
from bot.privacy.retention import KINDS, REQUEST_KEPT, WITHDRAWN_KEPT
from bot.settings import ROOT
from bot.staff.sessions import IDLE_LASTS, SESSION_LASTS
from bot.staff.sign_in_settings import LEAST_AUDIT_DAYS, SignInSettings
from knowledge.yaml_files import read_yaml

DAYS = {kind.name: kind.period.days for kind in KINDS if kind.period is not None}
NUMBERS = {"een": 1, "twee": 2, "drie": 3, "zes": 6, "tien": 10, "negentig": 90}
UNITS = {"dag": 1, "dagen": 1, "week": 7, "weken": 7, "maand": 30, "maanden": 30, "jaar": 365, "half jaar": 180}
PERIOD = re.compile(r"\b(een|twee|drie|zes|tien|negentig|\d+) (half jaar|dagen|dag|weken|week|maanden|maand|jaar)\b")
SAYS = {
    "utter_answer_privacy": ("talk",),
    "utter_answer_kept_how_long": ("talk", "request"),
}
"""Which answers say how long which kind stays."""


def days_in(text: str) -> set[int]:
    """Every period in a text, in days: a month is thirty, as people say it."""
    found = PERIOD.findall(text)
    return {(NUMBERS.get(number) or int(number)) * UNITS[unit] for number, unit in found}


def answers() -> dict[str, str]:
    told = read_yaml((ROOT / "nlu_data/domain/answers_privacy.yml").read_text(encoding="utf-8"))["responses"]
    return {name: " ".join(one["text"] for one in variants) for name, variants in told.items()}


@pytest.mark.parametrize("name", sorted(SAYS))
def test_what_the_assistant_says_is_what_is_done(name: str) -> None:
    assert days_in(answers()[name]) == {DAYS[kind] for kind in SAYS[name]}


def test_no_other_answer_about_privacy_names_a_period() -> None:
    others = {name: days_in(text) for name, text in answers().items() if name not in SAYS}
    assert not {name: days for name, days in others.items() if days}


def row(document: str, starts: str) -> str:
    lines = (ROOT / document).read_text(encoding="utf-8").splitlines()
    (line,) = (line for line in lines if line.startswith(starts))
    return line


@pytest.mark.parametrize(
    ("starts", "period"),
    [
        ("| messages, profile and thread", timedelta(days=DAYS["talk"])),
        ("| a request she sent", REQUEST_KEPT),
        ("| a request she took back", WITHDRAWN_KEPT),
        ("| letters", timedelta(days=DAYS["letter"])),
        ("| one-time links", timedelta(days=DAYS["sign_in"])),
        ("| reports about an offer", timedelta(days=DAYS["report"])),
        ("| unmet need", timedelta(days=DAYS["question"])),
    ],
)
def test_the_table_of_security_md_has_the_same_periods(starts: str, period: timedelta) -> None:
    assert f"{period.days} days" in row("SECURITY.md", starts)


def test_the_audit_log_is_kept_as_long_as_every_page_says() -> None:
    assert AUDIT_KEPT == timedelta(days=730) == timedelta(days=SignInSettings().audit_days)
    line = row("SECURITY.md", "| the audit log")
    assert f"{AUDIT_KEPT.days} days" in line
    assert f"at least {LEAST_AUDIT_DAYS} days" in line
    assert "twee jaar" in (ROOT / "docs/inloggen.md").read_text(encoding="utf-8")


def test_how_long_one_stays_signed_in_is_what_the_documents_say() -> None:
    assert timedelta(hours=10) == SESSION_LASTS
    assert timedelta(hours=2) == IDLE_LASTS
    assert "hooguit tien uur" in (ROOT / "docs/inloggen.md").read_text(encoding="utf-8")
    assert "sessions of ten hours and two without use" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
