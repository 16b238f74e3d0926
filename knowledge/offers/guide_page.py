"""The guide as a page for editors: ``python -m knowledge.offers.guide_page > docs/aanbodvelden.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from knowledge.offers.guide import GUIDE, PAGE, SECTIONS, FieldGuide, Shape


def page() -> str:
    """All fields in the order of the form, in Markdown."""
    lines = [f"# {PAGE['title']}", "", PAGE["intro"], "", PAGE["how"], ""]
    for section, title in SECTIONS.items():
        lines += [f"## {title}", ""]
        for guide in GUIDE.values():
            if guide.section == section:
                lines += _field(guide)
    return "\n".join(lines).rstrip() + "\n"


def _field(guide: FieldGuide) -> Iterator[str]:
    yield f"### {guide.label}"
    yield ""
    yield guide.help
    yield ""
    if guide.required or guide.needed:
        yield f"- {PAGE['required'] if guide.required else PAGE['needed']}"
    if guide.instead:
        yield f"- {PAGE['instead']} {', '.join(GUIDE[name].label for name in guide.instead)}"
    if guide.vocabulary and guide.shape in (Shape.TERM, Shape.TERMS):
        yield f"- {PAGE['choices']} {'; '.join(term.label for term in guide.vocabulary)}"
    yield f"- {PAGE['example']} {guide.example}"
    for part in guide.parts.values():
        yield f"- **{part.label}**: {part.help} {PAGE['example']} {part.example}"
    yield f"- {PAGE['column']} {', '.join(f'`{name}`' for name in _columns(guide))}"
    yield ""


def _columns(guide: FieldGuide) -> list[str]:
    parted = guide.shape in (Shape.PRICE, Shape.SOURCE)
    return [part.name for part in guide.parts.values()] if parted else [guide.name]


if __name__ == "__main__":
    sys.stdout.write(page())
