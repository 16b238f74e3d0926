"""What the steps of the talk may call, built once by the composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.request.desk import RequestDesk
from bot.wording import Wording
from knowledge.access.rules import AccessRules
from knowledge.banners import Banners
from knowledge.catalogue import Catalogue
from knowledge.desks import Desks
from knowledge.facts import Facts
from knowledge.instruments import Instruments
from knowledge.places.regions import Regions
from knowledge.unanswered import UnansweredQuestions


@dataclass(frozen=True)
class Services:
    """What the steps may call; built once by the composition root.

    ``clear_thread`` removes what was said in a conversation, when she asks us to forget it; ``third_party`` tells
    whether another company carries it.
    """

    catalogue: Catalogue
    regions: Regions
    requests: RequestDesk
    wording: Wording
    facts: Facts
    desks: Desks
    unanswered: UnansweredQuestions
    access_rules: AccessRules
    banners: Banners
    instruments: Instruments
    clear_thread: Callable[[str], None]
    third_party: Callable[[str], bool]
    now: Callable[[], datetime]
