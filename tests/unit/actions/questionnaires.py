"""A talk in which an operator switched a questionnaire on, with made-up lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.profile import CarerProfile, Told
from bot.talk.thread import LOAD_QUESTIONS, Thread
from tests.unit.actions.stage import Stage
from tests.unit.knowledge.test_instruments import content, write

SKIP, STOP = "Sla over", "Stoppen met de lijst"
YES, NO = "Ja, dat is goed", "Nee, liever niet"


def licensed(folder: Path, key: str, **changes: Any) -> Path:
    """A folder with the operator's text of one questionnaire."""
    texts = folder / "texts"
    texts.mkdir(exist_ok=True)
    write(texts, content(key, **changes))
    return texts


def stage_with(folder: Path, key: str | None, **changes: Any) -> Stage:
    """A talk that has just begun, with this questionnaire on, or none."""
    return Stage.open(folder, licensed(folder, key, **changes) if key else None)


async def after_the_signal(stage: Stage, relation: str = "partner", phase: str = "offers", **known: Any) -> None:
    """She answers the last of the five questions, and reads how heavy it is."""
    own_time = Told("none", "nooit", 1)
    profile = CarerProfile(relation=Told(relation, "", 1), called="uw man", own_time=own_time, **known)
    thread = Thread(phase=phase, asked=list(LOAD_QUESTIONS), load_offered=True, in_load_check=True)
    thread.pending = "perseverance"
    stage.slots = {"profile": profile.as_dict(), "thread": thread.as_dict()}
    await stage.hears("nog een paar maanden")
    assert {"load_told", "load_told_plain"} & set(stage.names)


async def begun(folder: Path, key: str = "csi", **known: Any) -> Stage:
    """At the first item."""
    stage = stage_with(folder, key)
    await after_the_signal(stage, **known)
    await stage.presses(YES)
    assert stage.names == ["questionnaire_begin", "questionnaire_item"]
    return stage


def item(key: str, number: int) -> str:
    """The made-up words of this item."""
    return content(key)["items"][number - 1]
