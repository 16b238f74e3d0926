"""What a Reading says, as numbers for a classifier: was a condition named, a task, somebody close, a cue of a trade."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from bot.reading import Reading
from bot.understanding.phrasebook import phrases_in
from bot.understanding.text import fold

_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple((name, re.compile(pattern)) for name, pattern in (
    ("trade", r"\b(?:client\w*|patient\w*|bewoners?|collega\w*|team|afdeling|dienst|nachtdienst|casus|ons werk|als professional|"
              r"hulpverlener|organisatie|namens|doorverwijz\w*|casuistiek)\b"),
    ("i_am_trade", r"\b(?:ik ben|ben|als|ik werk als|ik werk in|ik werk bij|wij zijn|werk als) (?:een |de |het )?(?:\w+ ){0,1}?(?:wijkverpleeg\w*|verpleeg\w*|"
                   r"verzorgende\w*|huisarts|poh\w*|praktijk\w*|casemanager|consulent\w*|mantelzorgconsulent|begeleid\w*|maatschappelijk|sociaal|"
                   r"ergotherap\w*|fysio\w*|arts|psycholoog|wijkteam|thuiszorg|mentor|docent|leraar|juf|zorgverlener|verzorger|coach|zzp\w*|"
                   r"buurtzorg|ggz|jeugd\w*|hulpverlener|clientonder\w*|zorg|verpleeghuis|ziekenhuis|gemeente|bewindvoerder|thuishulp|"
                   r"huishoudelijke|transfer\w*|specialist|geriater|wijkzuster|intaker|gastouder|praktijkondersteuner|zorgcoordinator)\b"),
    ("volunteer", r"\b(?:vrijwillig\w*|maatje (?:van|voor|worden)|buddy|mijn hulp aanbieden|me inzetten|steungezin|zonnebloem|humanitas)\b"),
    ("past", r"\b(?:overleden|gestorven|stierf|overlijden|dood|begraven|gecremeerd|weduwe|weduwnaar|er niet meer|leeft niet meer|verloren|"
             r"heengegaan|ingeslapen|zorgde ik|gezorgd|verzorgd|verpleegd|was mantelzorger|nog leefde|leven (?:allebei |beiden )?niet meer|vroeger (?:zorgde|deed|hielp|verzorgde) ik)\b"),
    ("study", r"\b(?:scriptie|onderzoek|student\w*|studeer|werkstuk|opdracht|journalist|artikel|interview|afstuderen|cijfers|hbo|mbo|stage)\b"),
    ("for_me", r"\b(?:om mij te|mij te wassen|voor mezelf|voor mijzelf|zorgt voor mij|zorgen voor mij|helpt mij|doet alles voor mij|verzorgt m(?:e|ij)|mij wassen|mijn mantelzorger|"
               r"hulp nodig|heb ik hulp|ik heb zelf|ik zelf|mezelf niet)\b"),
    ("i_have", r"\b(?:ik heb|heb) (?:zelf |ook |een |de )?(?:ms|reuma|kanker|autisme|parkinson|copd|als|nah|dementie|alzheimer|borderline|diabetes|adhd|epilepsie|"
               r"fibromyalgie|een beperking|een verstandelijke|een lichamelijke|een psychose|een beroerte|ptss|depressie|een handicap)\b"),
    ("i_care", r"\b(?:ik zorg|zorg ik|zorgen wij|wij zorgen|we zorgen|zorg (?:al|dag|voor)|ik help|ik doe|ik regel|ik was|ik kook|ik til|ik moet)\b"),
    ("third_carer", r"\b(?:zus|moeder|vriendin|collega|buurvrouw|broer|vader|buurman|kennis|tante|dochter) (?:\w+ )?(?:zorgt|mantelzorgt|verzorgt)(?: \w+){0,3} voor (?!mij\b|me\b)"),
))
_FIRST_PERSON = re.compile(r"\b(?:ik|mij|me|mezelf|wij|we|ons)\b")
_FIELDS = ("loved_ones", "conditions", "tasks", "load_cues", "wishes", "hours", "nights", "living_together", "helpers", "label_rejected",
           "palliative", "minor", "loved_one_child", "explicit_term", "since", "places")
_QUESTION = re.compile(r"^(?:wat|wie|waar|hoe|wanneer|welke?|waarom|hoeveel|kan|kun|kunt|mag|moet|is|zijn|heb|heeft|hebt|ben|bent|krijg|kom|zit|wordt|"
                       r"bestaat|zou)\b")
TOPICS = ("cost", "payer", "entitlement", "meaning", "privacy", "bot", "human", "complaint", "request", "send", "change", "withdraw", "show",
          "status", "duration", "offers", "more", "capabilities", "repeat", "restart", "stop", "skip", "frustrated", "thanks", "bye", "hello",
          "yes", "no", "elsewhere", "about_now")
NAMES = (*_FIELDS, *(name for name, _ in _WORDS), "close_and_ill", "close_and_task", "ill_without_close", "long", "short", "question", "first_person",
         *(f"topic_{topic}" for topic in TOPICS))


def signs_of(text: str, reading: Reading) -> npt.NDArray[np.float32]:
    """One number per name in ``NAMES``: 1 for yes, 0 for no."""
    folded = fold(text[:4000])
    told = [bool(getattr(reading, name)) for name in _FIELDS]
    words = [pattern.search(folded) is not None for _, pattern in _WORDS]
    close = bool(reading.loved_ones)
    ill, does = bool(reading.conditions), bool(reading.tasks)
    extra = [close and ill, close and does, ill and not close, reading.text_length > 120, reading.text_length < 12]
    asks = _QUESTION.match(folded.strip()) is not None or "?" in folded
    about = {hit.value for hit in phrases_in(fold(text)) if hit.room == "topics"}
    topics = [topic in about for topic in TOPICS]
    extra += [asks, _FIRST_PERSON.search(folded) is not None]
    return np.asarray([*told, *words, *extra, *topics], dtype=np.float32)
