"""The links and forms of a page of the desk, and what somebody in a hurry makes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

A_SENTENCE = "Een gewone zin van iemand die hier werkt."
Choice = int | str
"""A number keeps what stands there, or takes one of what is offered; a text is typed over it."""


@dataclass
class Field:
    """``values``: what it holds or offers, the present one first. ``typed``: may anything be typed?"""

    name: str
    values: list[str] = field(default_factory=list)
    typed: bool = True
    hidden: bool = False

    def filled(self, choice: Choice) -> str | None:
        """What is posted; ``None`` for a box that stays empty."""
        if isinstance(choice, str) and self.name != "form_token":
            return choice
        if self.hidden or not isinstance(choice, int):
            return self.values[0]
        if self.typed:
            return self.values[0] or (A_SENTENCE if choice % 2 else "")
        return [*self.values, None][choice % (len(self.values) + 1)]


@dataclass
class PageForm:
    """``ways``: each button, as the address it posts to and the pair it adds."""

    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    ways: list[tuple[str, tuple[str, str] | None]] = field(default_factory=list)

    def filled(self, way: int, choices: list[Choice]) -> tuple[str, list[tuple[str, str]]]:
        """Where to, and the pairs that are posted."""
        action, extra = self.ways[way % len(self.ways)] if self.ways else (self.action, None)
        named = [(one.name, one.filled(choices[at % len(choices)])) for at, one in enumerate(self.fields.values())]
        return action, [(name, value) for name, value in named if value is not None] + ([extra] if extra else [])


class DeskPage(HTMLParser):
    """Reads a page. Forms that only look (``get``) are left to who follows addresses."""

    def __init__(self, html: str = "") -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[PageForm] = []
        self._form: PageForm | None = None
        self._field: Field | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href", "").startswith("/desk/"):
            self.links.append(told["href"].partition("#")[0])
        elif tag == "form":
            self._form = PageForm(told.get("action", ""))
            self.forms += [self._form] if told.get("method") == "post" else []
        elif self._form is not None:
            self._in_form(tag, told)

    def _in_form(self, tag, told):
        name, form = told.get("name", ""), self._form
        if tag == "button" and told.get("type", "submit") == "submit":
            form.ways.append((told.get("formaction", form.action), (name, told.get("value", "")) if name else None))
        elif tag == "option" and self._field is not None:
            self._field.values.insert(0 if "selected" in told else len(self._field.values), told.get("value", ""))
        elif tag in ("input", "textarea", "select") and name and told.get("type") != "file":
            offers = told.get("type") in ("radio", "checkbox") or tag == "select"
            one = form.fields.setdefault(name, Field(name, typed=not offers, hidden=told.get("type") == "hidden"))
            self._field = one if tag != "input" else None
            if tag != "select":
                one.values.insert(0 if "checked" in told else len(one.values), told.get("value", ""))

    def handle_data(self, data):
        if self._field is not None and self._field.typed and self._field.values:
            self._field.values[0] += data

    def handle_endtag(self, tag):
        if tag in ("textarea", "select"):
            self._field = None
        elif tag == "form":
            self._form = None
