"""``make content``: what is wrong with the texts that editors write, as a list they can work through."""

from __future__ import annotations

import sys
from collections import Counter

from tests.content.examples import (
    HABITS,
    doubles,
    evaluation_texts,
    every_example,
    missing_spellings,
    too_near,
    too_rare,
    unknown_labels,
)


def main() -> int:
    """Print the report; 1 when there is something to mend."""
    examples = every_example()
    report = {
        "Labels that nobody knows": unknown_labels(examples),
        "The same sentence twice": doubles(examples),
        "Nearly a sentence of an evaluation set": too_near(examples, evaluation_texts()),
        "Labels with too few examples": too_rare(examples),
        "Ways of writing that are rare": [fault for habit in HABITS if (fault := habit.missing(examples))],
        "Spellings that nobody wrote": missing_spellings(examples),
    }
    for title, found in report.items():
        print(f"{title}: {len(found) or 'none'}")
        for fault in found:
            print(f"  - {fault}")
    counts = Counter(label for one in examples for label in one.labels())
    print(f"\n{len(examples)} examples, {sum(one.own is not None for one in examples)} with labels of their own")
    for label, count in sorted(counts.items(), key=lambda item: (item[0].partition(":")[0], -item[1])):
        print(f"  {label:38} {count:5}")
    return 1 if any(report.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
