"""Trains Rasa's default pipeline and asks it: ``python -m bench.evaluation.diet_worker FOLDER``, only from ``diet``."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from pathlib import Path

# Rasa uses skops; its import walks every loaded module, which takes long once TensorFlow is there: so it comes first.
import skops.io  # noqa: F401  # isort: skip

import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.utils.log_utils import configure_structlog

_UNSURE = "nlu_fallback"


def main(work: Path) -> None:
    """From ``config.yml`` and ``work.json`` (examples by label, texts) to ``answers.json`` (one label a text)."""
    configure_structlog(logging.ERROR)  # below that Rasa prints every text
    given = json.loads((work / "work.json").read_text(encoding="utf-8"))
    nlu = [
        {"intent": label, "examples": [{"text": text} for text in texts]} for label, texts in given["examples"].items()
    ]
    (work / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), encoding="utf-8")
    model = train_nlu(str(work / "config.yml"), str(work / "nlu.yml"), str(work / "models"))
    if model is None:
        raise RuntimeError("no model")
    answers = asyncio.run(_ask(Agent.load(model), given["texts"]))
    (work / "answers.json").write_text(json.dumps(answers), encoding="utf-8")


async def _ask(agent: Agent, texts: list[str]) -> list[str]:
    """The likeliest label of each text; the fallback for an unsure one is passed over, which is in its favour."""
    answers = []
    for text in texts:
        ranking = (await agent.parse_message(text))["intent_ranking"]
        answers.append(next(one["name"] for one in ranking if one["name"] != _UNSURE))
    return answers


if __name__ == "__main__":
    main(Path(sys.argv[1]))
