"""The steps of the talk: thin actions, one file per skill, built with their services by the composition root."""

from __future__ import annotations

from actions.base import Skill
from actions.handover import AskHuman, HandleRequest
from actions.memory import Remember
from actions.offers import ShowOffers
from actions.questions import AnswerQuestion, Courtesy, Leave
from actions.services import Services
from actions.talk import Talk

SKILLS: tuple[type[Skill], ...] = (
    Talk, ShowOffers, AskHuman, HandleRequest, AnswerQuestion, Courtesy, Leave, Remember,
)  # fmt: skip


def every_skill(services: Services) -> list[Skill]:
    """All steps, ready to run."""
    return [skill(services) for skill in SKILLS]
