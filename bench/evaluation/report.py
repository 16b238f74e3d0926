"""The whole evaluation in its order: read, understand, compare, write."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path

from bench.evaluation import diet, sets, tfidf, xsid
from bench.evaluation.comparison import Answers, answers_of_labels, answers_of_product, comparison_section
from bench.evaluation.cost import Cost, cost_section, measure_cost
from bench.evaluation.danger import Hearing, danger_figures, danger_section, everyday_section
from bench.evaluation.document import Section, Table, write
from bench.evaluation.floors import aims_section, read_bars
from bench.evaluation.groups import count_behind, group_section, measure_groups
from bench.evaluation.keywords import KeywordBot
from bench.evaluation.mistakes import add_xsid, mistakes_section
from bench.evaluation.product import Understood, understand
from bench.evaluation.recognition import recognition, recognition_section
from bench.evaluation.relations import relation_figures, relation_section, signal_figures, signal_section
from bench.evaluation.scope import people_in_scope, scope_figures, scope_section
from bench.evaluation.sets import Half, Scoped, Spoken
from bench.evaluation.statistics import TIMES, Bootstrap, Figure
from bench.evaluation.training import training_tasks
from bot.settings import ROOT
from bot.training import fingerprint

KEPT = ROOT / "var" / "evaluation" / "figures.json"


@dataclass(frozen=True)
class Options:
    """What to measure, with which sets, and where the report goes."""

    without_diet: bool
    without_cost: bool
    check: bool
    out: Path
    xsid: Path
    people: Path
    scope: Path
    pairs: Path


@dataclass(frozen=True)
class Measured:
    """The sets beside what the product made of them."""

    people: list[Spoken]
    scope: list[Scoped]
    pairs: list[Half]
    people_seen: list[Understood]
    scope_seen: list[Understood]
    pairs_seen: list[Understood]

    @classmethod
    def of(cls, options: Options) -> Measured:
        """Read the sets and have them understood."""
        people, scope = sets.read_people(options.people), sets.read_scope(options.scope)
        pairs = sets.read_pairs(options.pairs)
        texts = [*(one.text for one in people), *(one.text for one in scope), *(one.text for one in pairs)]
        seen = understand(texts)
        first, second = len(people), len(people) + len(scope)
        return cls(people, scope, pairs, seen[:first], seen[first:second], seen[second:])

    def texts(self) -> dict[str, list[str]]:
        """By task the texts that are asked of every system."""
        persons = [one.text for one in self.people]
        halves, scope = [one.text for one in self.pairs], [one.text for one in self.scope]
        return {"role": persons, "relation": persons, "danger": halves, "scope": scope}


def evaluate(options: Options) -> tuple[str, dict[str, Figure]]:
    """The report, and its figures by name."""
    _say("reading and understanding the sets")
    measured = Measured.of(options)
    yardstick = xsid.read_yardstick(options.xsid)
    outside = xsid.classify(yardstick) if yardstick else []
    found, sections = _own_sections(measured)
    mistakes = mistakes_section(
        list(zip(measured.people, measured.people_seen, strict=True)),
        list(zip(measured.pairs, measured.pairs_seen, strict=True)),
        list(zip(measured.scope, measured.scope_seen, strict=True)),
    )
    ours = [label for label, _ in outside]
    if yardstick:
        found |= xsid.xsid_figures(yardstick.test, ours)
        sections.append(xsid.section(found))
        add_xsid(mistakes, yardstick.test, outside)
    else:
        sections.append(xsid.absent_section())
    product = answers_of_product(measured.people_seen, measured.pairs_seen, measured.scope_seen, ours)
    systems = {"Adempauze": product, **_simpler(measured, yardstick, with_diet=not options.without_diet)}
    beside = comparison_section(
        systems, measured.people, measured.pairs, measured.scope, yardstick.test if yardstick else None
    )
    if options.without_diet:
        beside.add("Rasa's default pipeline (DIET) was skipped in this run (`--without-diet`).")
    if not options.without_cost:
        _say("measuring speed and training")
        cost = measure_cost([text for texts in measured.texts().values() for text in texts])
        found |= _costs(cost)
        sections.append(cost_section(cost))
    _keep(found)
    head = [_about(options), aims_section(read_bars(), found), beside]
    return write("How well people are understood", [*head, *sections, mistakes]), found


def _own_sections(measured: Measured) -> tuple[dict[str, Figure], list[Section]]:
    people, seen = measured.people, measured.people_seen
    persons, halves = Bootstrap([one.life for one in people]), Bootstrap([one.pair for one in measured.pairs])
    single = Bootstrap([str(number) for number in range(len(measured.scope))])
    whole, rules = Hearing.of_product(measured.pairs_seen), Hearing.of_rules(measured.pairs_seen)
    groups = measure_groups(people, seen, persons)
    behind = count_behind(groups)
    found = {
        **recognition(people, seen, persons),
        **relation_figures(people, seen, persons),
        **signal_figures(people, seen, persons),
        **danger_figures(measured.pairs, whole, halves),
        **scope_figures(measured.scope, measured.scope_seen, single),
        **people_in_scope(people, seen, persons),
        "groups_behind": _plain(behind),
    }
    sections = [
        recognition_section(people, seen, found),
        relation_section(people, seen, found),
        signal_section(people, seen, found),
        danger_section(measured.pairs, whole, rules, halves),
        everyday_section({"persons": seen, "scope": measured.scope_seen}),
        scope_section(found),
        group_section(groups),
    ]
    return found, sections


def _simpler(measured: Measured, yardstick: xsid.Yardstick | None, *, with_diet: bool) -> dict[str, Answers]:
    """The three simpler systems, each with the same training data and questions."""
    texts: dict[str, Sequence[str]] = {**measured.texts()}
    words = KeywordBot()
    by_words = {task: words.classify(task, asked) for task, asked in texts.items()}
    training = training_tasks()
    if yardstick:
        training["xsid"], texts["xsid"] = yardstick.valid, yardstick.test.texts
    by_count, by_diet = {}, {}
    for task, asked in texts.items():
        _say(f"TF-IDF: {task}")
        by_count[task] = tfidf.classify(training[task], asked)
    for task, asked in texts.items() if with_diet else ():
        _say(f"Rasa's default pipeline: {task} (minutes, unless it was asked this before)")
        by_diet[task] = diet.classify(task, training[task], asked)
    simpler = {"keywords": answers_of_labels(by_words), "TF-IDF": answers_of_labels(by_count)}
    return {**simpler, "default DIET": answers_of_labels(by_diet)} if with_diet else simpler


def _about(options: Options) -> Section:
    paths = [options.people, options.scope, options.pairs, *xsid.files_in(options.xsid)]
    rows = [(name, str(size), digest) for name, size, digest in sets.fingerprints(paths)]
    today = f"{datetime.now(timezone.utc):%Y-%m-%d}"
    return Section("What this is").add(
        f"Written by `make evaluate` on {today}, from the sources with fingerprint `{fingerprint()}`, "
        f"Python {platform.python_version()}, {os.cpu_count()} cores. Every system learned from the same sentences "
        "in `nlu_data/` (for xSID from its 300 of valid) and none from the sets below, written apart and frozen.",
        f"Intervals are 95%: {TIMES} resamples of persons (of pairs for danger; of messages for scope and xSID), with "
        "a fixed seed; a share of none or all gets Wilson's interval instead.",
        Table(("set", "cases", "sha256"), rows),
    )


def _costs(cost: Cost) -> dict[str, Figure]:
    values = {"messages_per_second": cost.speed, "training_seconds": cost.training, "model_megabytes": cost.size}
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: float) -> Figure:
    """A value that is measured or counted, without an interval."""
    return Figure(value, value, value, 1)


def _keep(found: Mapping[str, Figure]) -> None:
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps({name: asdict(one) for name, one in found.items()}, indent=1) + "\n", encoding="utf-8")


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)
