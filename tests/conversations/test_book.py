"""The transcript book: well-formed, escaped, and with every word that was said."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from channels.root import House
from tests.conversations.book.__main__ import played
from tests.conversations.book.margin import NAMES, Margin
from tests.conversations.book.pages import STYLE, Book
from tests.conversations.runner import HERE, Play, every_file
from tests.house import SetClock

WITH_REQUEST = HERE / "happy_path" / "man_vergeet_zwolle.yml"
WITH_COMMANDS = HERE / "invalid_input" / "rare_tekens_en_opdrachten.yml"
EMPTY = {"meta", "link"}


class Page(HTMLParser):
    """A page taken apart; raises when an element is not closed where it should be."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> at line {self.getpos()[0]}"

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    def reads(self, text: str) -> bool:
        """Do these words stand here, in this order?"""
        return " ".join(text.split()) in " ".join(self.words)

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of this kind."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
async def plays(house: House, clock: SetClock) -> list[Play]:
    return [await played(path, house, clock) for path in (WITH_REQUEST, WITH_COMMANDS)]


def test_a_talk_holds_every_word_of_both_sides(house: House, plays: list[Play]) -> None:
    for play in plays:
        page = Page(Book(house.wording).talk(play))
        said = [turn.line.removeprefix("!") for turn in play.played]
        said += [reply["text"] for turn in play.played for reply in turn.took["replies"]]
        said += [title for turn in play.played for reply in turn.took["replies"] for title in reply["buttons"]]
        assert [text for text in said if not page.reads(text)] == []
        assert page.reads(play.written.title)


def test_offers_and_the_request_are_there_as_she_reads_them(house: House, plays: list[Play]) -> None:
    page = Page(Book(house.wording).talk(plays[0]))
    cards = [reply["card"] for turn in plays[0].played for reply in turn.took["replies"] if reply["card"]]
    offers = [offer for card in cards for offer in card.get("offers", ())]
    fields = [item for card in cards for section in card.get("sections", ()) for item in section["fields"]]
    assert offers
    assert fields
    assert [o["name"] for o in offers if not all(map(page.reads, (o["name"], *o["fits"], *o["unknowns"])))] == []
    assert [item for item in fields if not page.reads(f"{item['label']} {item['value']}")] == []


def test_the_margin_says_in_dutch_what_was_understood(house: House, plays: list[Play]) -> None:
    first, second = plays[0].played[:2]
    margin = Margin(house.wording)
    learned = {one.name: one for one in margin.learned({}, first.took["profile"])}
    assert learned[NAMES["fields"]["relation"]].values == ("partner",)
    assert learned[NAMES["fields"]["relation"]].words == "mijn man"
    assert "vergeetachtigheid" in learned[NAMES["fields"]["conditions"]].values[0]
    assert NAMES["fields"]["carer_place"] in {
        one.name for one in margin.learned(first.took["profile"], second.took["profile"])
    }
    gone = margin.learned(second.took["profile"], {})
    assert gone
    assert not any(one.values for one in gone)
    assert Page(Book(house.wording).talk(plays[0])).reads(margin.load(first.took["load"]).label)


def test_what_she_typed_is_never_markup(house: House, plays: list[Play]) -> None:
    html = Book(house.wording).talk(plays[1])
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    for play in plays:
        page = Page(Book(house.wording).talk(play))
        assert not page.attributes("script") + page.attributes("style")
        names = {name for _, attributes in page.tags for name in attributes}
        assert not {name for name in names if name == "style" or name.startswith("on")}


def test_a_page_can_be_found_through_by_ear(house: House, plays: list[Play]) -> None:
    book = Book(house.wording)
    for html in (book.index(plays), book.talk(plays[0]), book.talk(plays[1], plays[0], None)):
        page = Page(html)
        assert page.attributes("html") == [{"lang": "nl"}]
        assert [len(page.attributes(tag)) for tag in ("h1", "main", "title")] == [1, 1, 1]
        ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        named = [attributes["aria-labelledby"] for _, attributes in page.tags if "aria-labelledby" in attributes]
        assert len(ids) == len(set(ids))
        assert set(named) <= set(ids)
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
        assert all(deeper <= level + 1 for level, deeper in pairwise(levels)), levels


def test_the_index_leads_to_every_talk_and_the_book_has_no_dead_link(
    house: House, plays: list[Play], tmp_path: Path
) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "of_last_time.html").write_text("", encoding="utf-8")
    Book(house.wording).write(folder, plays)
    pages = {path.name: Page(path.read_text(encoding="utf-8")) for path in folder.glob("*.html")}
    links = {str(link["href"]).split("#")[0] for page in pages.values() for link in page.attributes("a")} - {""}
    assert links == set(pages)
    assert len(pages) == len(plays) + 1
    assert {link["href"] for page in pages.values() for link in page.attributes("link")} == {STYLE}
    assert (folder / STYLE).exists()


def test_every_kind_of_talk_has_a_name() -> None:
    assert {path.parent.name for path in every_file()} <= set(NAMES["kinds"])
