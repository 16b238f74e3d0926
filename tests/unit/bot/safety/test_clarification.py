"""The answer to the gentle question."""

from __future__ import annotations

import pytest

from bot.safety.clarification import interpret_clarification
from bot.settings import ROOT
from knowledge.yaml_files import read_yaml

RESPONSES = read_yaml((ROOT / "nlu_data" / "domain" / "safety.yml").read_text(encoding="utf-8"))["responses"]
QUESTIONS = [name for name in RESPONSES if name.startswith("utter_danger_question")]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ja", "danger"),
        ("ja, soms wel", "danger"),
        ("misschien", "danger"),
        ("weet ik niet", "danger"),
        ("ik denk wel eens aan de dood", "danger"),
        ("het is hier niet veilig", "danger"),
        ("gewoon moe", "tired"),
        ("ja heel moe", "tired"),
        ("nee hoor, ik ben alleen op", "tired"),
        ("ik denk niet aan de dood, ik ben alleen moe", "tired"),
        ("nee", "none_of_these"),
        ("Nee hoor", "none_of_these"),
        ("geen van beide", "none_of_these"),
        ("zo bedoelde ik het niet", "none_of_these"),
        ("dood? nee joh, hoe kom je daarbij", "none_of_these"),
        ("gevaar? ja eigenlijk wel", "danger"),
        ("doe niet zo raar", "none_of_these"),
        ("ik ben gewoon kwaad op de gemeente", "none_of_these"),
        ("ik wil het er niet over hebben", "rather_not"),
        ("gaat je niks aan", "rather_not"),
        ("mijn man heeft parkinson", None),
        ("3511 AB", None),
        ("", None),
    ],
)
def test_an_answer_is_read(text: str, answer: str | None) -> None:
    assert interpret_clarification(text) == answer


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_button_of_a_question_is_an_answer_and_one_of_them_is_danger(name: str) -> None:
    answers = [interpret_clarification(button["title"]) for button in RESPONSES[name][0]["buttons"]]
    assert None not in answers
    assert answers.count("danger") >= 1
    assert set(answers) - {"danger"}
    assert len(answers) <= 3
