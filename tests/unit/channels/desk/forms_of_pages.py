"""What a browser would post of a form on a page, when nobody touches it."""

from __future__ import annotations

from html.parser import HTMLParser


class FormOf(HTMLParser):
    """The fields of the form whose action ends like this, as pairs of name and value."""

    def __init__(self, html: str, ending: str) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self.action = ""
        self._ending = ending
        self._inside = False
        self._text: str | None = None
        self._select = ""
        self._options: list[tuple[str | None, bool, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "form":
            self._inside = (values.get("action") or "").endswith(self._ending) and values.get("method") == "post"
            self.action = values["action"] if self._inside else self.action
        elif not self._inside:
            return
        elif tag == "input":
            ticked = values.get("type") not in ("radio", "checkbox") or "checked" in values
            if "name" in values and ticked and values.get("type") != "file":
                self.pairs.append((values["name"], values.get("value") or ""))
        elif tag == "textarea":
            self._name, self._text = values["name"], ""
        elif tag == "select":
            self._select, self._options = values["name"], []
        elif tag == "option":
            self._options.append((values.get("value"), "selected" in values, ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._text is not None:
            self.pairs.append((self._name, self._text.removeprefix("\n")))
            self._text = None
        elif tag == "select" and self._select:
            chosen = next((one for one in self._options if one[1]), self._options[0])
            self.pairs.append((self._select, chosen[2] if chosen[0] is None else chosen[0]))
            self._select = ""

    def handle_data(self, data):
        if self._text is not None:
            self._text += data
        elif self._select and self._options:
            value, selected, text = self._options[-1]
            self._options[-1] = (value, selected, text + data)

    def filled(self, **values: str | list[str]) -> dict[str, list[str]]:
        """All fields as httpx takes them, with these typed over: ``name`` is ``f.name``, ``price__year`` a part."""
        posted: dict[str, list[str]] = {}
        for name, value in self.pairs:
            posted.setdefault(name, []).append(value)
        for name, value in values.items():
            key = name if name in ("action", "note", "base_revision", "version") else "f." + name.replace("__", ".")
            posted[key] = value if isinstance(value, list) else [value]
        return posted
