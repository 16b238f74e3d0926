"""What to acknowledge first: at most two things that are new in this message, the heaviest first.

The result is names of sentence parts (``utter_part_<name>``); the words live in the domain files.
"""

from __future__ import annotations

from bot.talk.learn import News

HEAVIEST_FIRST = (
    "breaking_point", "exhausted", "sleep_loss", "constant", "alone", "help_stopped", "aggression", "sad_anxious",
    "angry_guilty", "body", "work_conflict", "arranging_burden", "no_time", "getting_worse",
)  # fmt: skip


def parts_to_acknowledge(news: News) -> list[str]:
    """Names of up to two parts; empty when there is nothing to take up."""
    parts: list[str] = []
    if "palliative" in news.fields:
        parts.append("palliative")
    elif news.conditions:
        parts.append(f"condition_{news.conditions[0]}")
    cues = [cue for cue in HEAVIEST_FIRST if cue in news.load_cues]
    if not cues and news.broken_nights:
        cues = ["broken_nights"]
    parts += [f"load_{cue}" for cue in cues]
    if len(parts) < 2 and news.no_helpers and "alone" not in news.load_cues:
        parts.append("load_alone")
    if not parts and "played_down" in news.load_cues:
        parts.append("played_down")
    if len(parts) < 2 and not news.conditions and news.tasks:
        parts.append(f"task_{news.tasks[0]}")
    if not parts and "relation" in news.fields:
        parts.append("relation")
    return parts[:2]
