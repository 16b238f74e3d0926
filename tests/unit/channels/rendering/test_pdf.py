"""The PDF can be read by a screen reader, by anybody's viewer, and is there at once."""

from __future__ import annotations

import re
import statistics
import time
import zlib

import pytest

from bot.request.fields import FieldKey
from channels.rendering.papers import Papers
from channels.rendering.pdf import Typesetter
from channels.rendering.sheet import Reader
from tests.unit.channels.rendering.requests import MONDAY_TEN, a_request, field, full_request

PAPERS = Papers(clock=lambda: MONDAY_TEN)
SLOWEST = 0.5  # seconds of work


def readable(pdf: bytes) -> bytes:
    """The file with its packed streams unpacked."""
    streams = []
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            streams.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join([pdf, *streams])


@pytest.fixture(scope="module", params=list(Reader))
def inside(request):
    return readable(PAPERS.pdf(PAPERS.sheet(full_request(), request.param)))


@pytest.mark.parametrize(
    "sign",
    [
        rb"/StructTreeRoot",
        rb"/MarkInfo\s*<<\s*/Marked true",
        rb"/Lang\s*\(nl",
        rb"/DisplayDocTitle true",
        rb"<pdfuaid:part>1<",
        rb"/S/H1\b",
        rb"/S/Title\b",
        rb"/S/LI\b",
        rb"/S/Lbl\b",
    ],
)
def test_it_is_tagged_dutch_and_titled(inside, sign):
    assert re.search(sign, inside)


def test_its_title_is_the_number_and_its_properties_name_nobody():
    inside = readable(PAPERS.pdf(PAPERS.sheet(a_request(field(FieldKey.CONTACT_NAME, "Ria Jansen")), Reader.CARER)))
    assert b"Aanvraag AP-7K3M-2Q" in inside
    assert b"Ria" not in b"".join(re.findall(rb"/(?:Title|Author|Subject|Keywords)\s*\([^)]*\)", inside))
    assert b"<dc:creator" not in inside


def test_the_same_sheet_gives_the_same_file():
    sheet = PAPERS.sheet(full_request(), Reader.STAFF)
    assert PAPERS.pdf(sheet) == PAPERS.pdf(sheet)


@pytest.mark.parametrize(
    "text",
    ["فاطمة الزهراء", "👩‍👩‍👧 😀", "Łukasz Ğül Ștefan", "#let x = *vet* $a$ `code` \\ @ref", "你好 𝔘", "a\u0301\u200d"],
)
def test_no_name_and_no_sign_breaks_it(text):
    request = a_request(field(FieldKey.CONTACT_NAME, text), question=f"{text}\n" * 200)
    pdf = PAPERS.pdf(PAPERS.sheet(request, Reader.CARER))
    assert b"/StructTreeRoot" in readable(pdf)


def test_typed_text_is_never_read_as_markup():
    text = '#panic("ran") *vet* = kop'
    request = a_request(field(FieldKey.TRIED, text), question=text)
    sheet = PAPERS.sheet(request, Reader.STAFF)
    assert PAPERS.pdf(sheet).startswith(b"%PDF-")


def test_a_sign_without_a_font_costs_the_promise_of_pdf_ua_and_nothing_else(monkeypatch, tmp_path):
    setter = Typesetter()
    source = '#set document(title: "t")\n#set text(lang: "nl", fallback: false)\n#json(bytes(sys.inputs.sheet)).x'
    whole = readable(setter.pdf(source, {"x": "hallo"}, tmp_path, MONDAY_TEN))
    boxed = readable(setter.pdf(source, {"x": "hallo 你好"}, tmp_path, MONDAY_TEN))
    assert b"pdfuaid" in whole
    assert b"pdfuaid" not in boxed
    assert b"/StructTreeRoot" in boxed


def test_a_word_longer_than_the_page_breaks_and_is_not_lost():
    def pages(question: str) -> int:
        pdf = PAPERS.pdf(PAPERS.sheet(a_request(question=question), Reader.STAFF))
        return len(re.findall(rb"/Type\s*/Page\b", readable(pdf)))

    assert pages("a" * 1000) == 1
    assert pages("a" * 12_000) >= 2


def test_a_full_request_is_there_within_half_a_second():
    took = []
    for number in range(20):
        sheet = PAPERS.sheet(full_request(question=f"Vraag {number}. " * 60), Reader.STAFF)
        start = time.process_time()
        PAPERS.pdf(sheet)
        took.append(time.process_time() - start)
    assert statistics.quantiles(took, n=20)[-1] < SLOWEST
