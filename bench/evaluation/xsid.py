"""The outside yardstick: intents of the Dutch part of xSID, learned by the product's own reader."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bench.evaluation.document import Section, figures
from bench.evaluation.sets import Labelled, read_xsid
from bench.evaluation.statistics import Bootstrap, Figure
from bot.understanding.encoder import shared_encoder
from bot.understanding.features import MessageViews
from bot.understanding.intents import IntentReader
from bot.understanding.linear import Fit, LinearReader
from bot.understanding.pieces import Pieces
from bot.understanding.text import fold
from bot.understanding.views import Viewer, stack

_FEWEST = 2  # the chances of a reader are fitted on examples held out, which a label with one example does not have


@dataclass(frozen=True)
class Yardstick:
    """To learn from and to be asked."""

    valid: Labelled
    test: Labelled


def files_in(folder: Path) -> list[Path]:
    """The two files, or none when they are not both there."""
    files = [folder / f"nl.{part}.conll" for part in ("valid", "test")]
    return files if all(file.is_file() for file in files) else []


def read_yardstick(folder: Path) -> Yardstick | None:
    """Both files, or nothing when they are not there."""
    files = files_in(folder)
    return Yardstick(*map(read_xsid, files)) if files else None


def classify(yardstick: Yardstick) -> list[tuple[str, float]]:
    """The likeliest intent of each test sentence with its chance, with the settings of the product."""
    times = Counter(yardstick.valid.labels)
    learned = [
        (text, label)
        for text, label in zip(yardstick.valid.texts, yardstick.valid.labels, strict=True)
        if times[label] >= _FEWEST
    ]
    pieces = Pieces.fit(fold(text) for text, _ in learned)
    viewer = Viewer(shared_encoder(), pieces, float(MessageViews.get_default_config()["signs"]))
    features = stack(viewer.whole([text for text, _ in learned]))
    fit = Fit(**IntentReader.get_default_config())
    reader = LinearReader.train_one_of(features, [label for _, label in learned], fit)
    return [next(iter(reader.chances(view).items())) for view in viewer.whole(yardstick.test.texts)]


def xsid_figures(test: Labelled, found: list[str]) -> dict[str, Figure]:
    """Accuracy, and the mean F1 of the intents."""
    resamples = Bootstrap([str(number) for number in range(len(found))])
    right = [seen == told for seen, told in zip(found, test.labels, strict=True)]
    return {"xsid_accuracy": resamples.share(right), "xsid_macro_f1": resamples.macro_f1(found, test.labels)}


def section(found: dict[str, Figure]) -> Section:
    """The figures, and what was left out of learning."""
    rows = [("accuracy", found["xsid_accuracy"]), ("macro-F1", found["xsid_macro_f1"])]
    told = f"Our reader learned without the intents that have fewer than {_FEWEST} sentences in valid."
    return Section("xSID, Dutch").add(figures(rows, "300 of valid → 500 of test"), told)


def absent_section() -> Section:
    """Says plainly that there was nothing to measure with."""
    text = "Not measured: `nl.valid.conll` and `nl.test.conll` were not found. Name their folder with `--xsid` or "
    return Section("xSID, Dutch").add(f"{text}`XSID`.")
