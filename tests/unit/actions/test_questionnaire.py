"""A licensed questionnaire in the talk: off by default, word for word, its outcome apart from all else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.load import assess_load
from bot.profile import Told
from bot.request.compose import compose_fields
from knowledge.instruments.licensed import text_digest
from tests.unit.actions.questionnaires import NO, SKIP, STOP, YES, after_the_signal, begun, item, stage_with
from tests.unit.actions.stage import NOW
from tests.unit.actions.told import place

COUNTS = {"ediz": 9, "csi": 13, "ediz_plus": 15, "carerqol_7d": 7}


async def test_without_texts_nothing_changes(tmp_path: Path) -> None:
    stage = stage_with(tmp_path, None)
    await after_the_signal(stage)
    assert stage.names[-1] == "after_offers"
    assert stage.thread.questionnaires_offered == []


async def test_it_is_offered_once_after_the_signal_with_whose_it_is(tmp_path: Path) -> None:
    stage = stage_with(tmp_path, "ediz")
    await after_the_signal(stage)
    assert stage.names[-1] == "questionnaire_offer"
    assert "de Ervaren Druk door Informele Zorg (EDIZ), met 9 vragen" in stage.text
    assert "van a made-up owner" in stage.text
    assert stage.buttons == {YES, NO, "Ik wil een mens spreken"}
    await stage.presses(NO)
    assert stage.names == ["questionnaire_left"]
    await stage.hears("verder", intent="continue_talk")
    assert stage.names[-1] == "after_offers"
    thread = replace(stage.thread, in_load_check=True, pending="perseverance")
    stage.slots["thread"] = thread.as_dict()
    await stage.hears("weken", intent="tell")
    assert "questionnaire_offer" not in stage.names


@pytest.mark.parametrize(
    ("relation", "phase", "known"),
    [
        ("parent", "offers", {}),
        ("partner", "contact", {}),
        ("partner", "check", {"loved_one_place": place("Zwolle")}),
        ("partner", "change", {"loved_one_place": place("Zwolle")}),
        ("partner", "offers", {"bereaved": Told(True, "overleden", 1)}),
        ("partner", "offers", {"minor": Told("yes", "ik ben 15", 1)}),
        ("partner", "offers", {"stance": Told("third_person", "mijn zus", 1)}),
        ("partner", "offers", {"role": Told("professional", "wijkverpleegkundige", 1)}),
    ],
)
async def test_it_is_not_offered_to_whom_it_does_not_fit(
    tmp_path: Path, relation: str, phase: str, known: dict[str, Any]
) -> None:
    stage = stage_with(tmp_path, "csi")
    await after_the_signal(stage, relation, phase, **known)
    assert "questionnaire_offer" not in stage.names


async def test_it_is_not_offered_when_it_cannot_go_on_like_this(tmp_path: Path) -> None:
    stage = stage_with(tmp_path, "csi")
    await after_the_signal(stage, perseverance=Told("days", "een paar dagen", 1))
    assert "questionnaire_offer" not in stage.names


@pytest.mark.parametrize(("intent", "sentence"), [("affirm", "questionnaire_item"), ("deny", "questionnaire_left")])
async def test_the_offer_may_be_answered_in_words(tmp_path: Path, intent: str, sentence: str) -> None:
    stage = stage_with(tmp_path, "csi")
    await after_the_signal(stage)
    await stage.hears("zo is dat", intent=intent)
    assert stage.names[-1] == sentence


async def test_a_skipped_offer_is_a_no_and_other_words_are_taken_up(tmp_path: Path) -> None:
    stage = stage_with(tmp_path, "csi")
    await after_the_signal(stage)
    await stage.hears("laat die maar zitten", intent="skip")
    assert stage.names == ["questionnaire_left"]
    assert stage.profile.refused == []
    await after_the_signal(stage)
    await stage.hears("hmm")
    assert stage.names[-1] == "after_offers"
    assert stage.thread.pending is None


@pytest.mark.parametrize("key", sorted(COUNTS))
async def test_every_item_is_asked_word_for_word_with_its_own_answers(tmp_path: Path, key: str) -> None:
    stage = await begun(tmp_path, key)
    labels = [answer.label for answer in stage.services.instruments.get(key).pack.answers]
    for number in range(1, COUNTS[key] + 1):
        assert stage.said[-1].text == item(key, number)
        assert [button["title"] for button in stage.said[-1].buttons] == [*labels, SKIP, STOP]
        assert stage.cards == [{"kind": "progress", "asked": number, "most": COUNTS[key]}]
        await stage.presses(labels[number % len(labels)])
        assert len(stage.said) == 1  # nothing in between
    assert stage.names == ["questionnaire_told"]


async def test_licensed_words_are_never_turned_to_je(tmp_path: Path) -> None:
    items = [f"Vindt u dat uw dag {number} te kort is?" for number in range(13)]
    introduction = "Denk aan uw week."
    permission = {
        "given_by": "wie het mag",
        "given_on": date(2026, 11, 1),
        "reference": "brief",
        "sha256": text_digest(items, introduction),
    }
    stage = stage_with(tmp_path, "csi", items=items, introduction=introduction, permission=permission)
    await after_the_signal(stage)
    stage.slots["thread"] = replace(stage.thread, informal=True).as_dict()
    await stage.presses(YES)
    assert stage.names == ["questionnaire_begin", "questionnaire_introduction", "questionnaire_item"]
    assert [one.text for one in stage.said[1:]] == [introduction, items[0]]


async def test_the_outcome_is_told_with_the_lists_own_word_and_kept_apart(tmp_path: Path) -> None:
    stage = await begun(tmp_path)
    before = stage.profile
    for number in range(13):
        await stage.presses("ja" if number < 8 else "nee")
    assert "Uw score is 8 van de 13." in stage.text
    assert "“boven de grens”" in stage.text
    assert "momentopname, geen diagnose. Niemand anders ziet hem." in stage.text
    assert "Robinson" in stage.text
    (kept,) = stage.thread.questionnaire_results
    assert (kept["pack"], kept["score"], kept["band"], kept["at"]) == ("csi", [8, 8], "over", NOW.isoformat())
    assert stage.profile == before
    assert assess_load(stage.profile) == assess_load(before)
    words = stage.services.wording
    assert compose_fields(stage.profile, None, (), words) == compose_fields(before, None, (), words)
    await stage.presses("Verder praten")
    assert stage.names[-1] == "after_offers"


async def test_what_was_skipped_is_counted_and_leaves_the_verdict_open(tmp_path: Path) -> None:
    stage = await begun(tmp_path)
    for title in ("ja",) * 6 + ("nee",) * 5 + (SKIP,):
        await stage.presses(title)
    await stage.hears("die sla ik over", intent="skip")
    assert "Uw score ligt tussen 6 en 8, van de 13." in stage.text
    assert "oversloeg: 2." in stage.text
    assert "grens”" not in stage.text
    assert stage.profile.refused == []


async def test_a_list_without_a_cut_off_gives_a_score_and_no_verdict(tmp_path: Path) -> None:
    stage = await begun(tmp_path, "ediz", relation="parent")
    for _ in range(9):
        await stage.hears("Min of meer")
    assert "Uw score is 9 van de 9." in stage.text
    assert "niet vanaf welke score" in stage.text


async def test_a_profile_is_a_short_list_without_a_verdict(tmp_path: Path) -> None:
    stage = await begun(tmp_path, "carerqol_7d")
    for title in ("veel", "geen", "enige", "enige", "geen", SKIP, "veel"):
        await stage.presses(title)
    assert "- voldoening: 0 - relatie: 0 - psychische gezondheid: 1" in stage.text
    assert "- steun: u sloeg dit over - lichamelijke gezondheid: 2" in stage.text
    assert "Ik bewaar dit" in stage.text
    assert stage.thread.questionnaire_results[0]["score"] is None


async def test_all_skipped_has_no_outcome(tmp_path: Path) -> None:
    stage = await begun(tmp_path, "carerqol_7d")
    for _ in range(7):
        await stage.presses(SKIP)
    assert stage.names == ["questionnaire_empty"]
    assert stage.thread.questionnaire_results == []
