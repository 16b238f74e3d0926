"""A municipality's templates take the place of ours file by file; what breaks is named, and ours is used."""

from __future__ import annotations

import logging

import pytest

from channels.rendering.papers import Papers
from channels.rendering.sheet import Reader
from tests.unit.channels.rendering.requests import MONDAY_TEN, a_request, full_request

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"/></svg>'


@pytest.fixture
def papers_with(tmp_path):
    def make(**files: str) -> Papers:
        for name, text in files.items():
            (tmp_path / name.replace("__", "-").replace("_DOT_", ".")).write_text(text, encoding="utf-8")
        return Papers(tmp_path, clock=lambda: MONDAY_TEN)

    return make


def page(papers, request=None, reader=Reader.STAFF):
    return papers.page(papers.sheet(request or a_request(), reader))


def test_without_a_folder_everything_is_ours():
    papers = Papers(clock=lambda: MONDAY_TEN)
    assert papers.problems == ()
    assert "Gemeente Ede" in page(papers)


def test_one_file_of_theirs_changes_only_what_it_is_about(papers_with):
    theirs = '{% extends "sheet.html" %}{% block heading %}Hulpvraag{% endblock %}{% block content %}'
    theirs += "{{ sheet.question }}{% for line in sheet.lines %}{{ line.value }} {{ line.words }}{% endfor %}"
    theirs += '{% for o in sheet.offers %}{{ o.name }}{{ o.organisation }}{{ o.reasons | join(" ") }}{{ o.checked }}'
    theirs += "{% endfor %}{{ sheet.outcome }}{% endblock %}"
    papers = papers_with(request_DOT_html=theirs)
    assert papers.problems == ()
    assert "Hulpvraag" in page(papers)
    assert "Wmo-onderzoek" in papers.wmo_page(papers.sheet(a_request(), Reader.STAFF))


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ("regel een\n{% if %}", 2),
        ("een\ntwee\n{{ sheet.no_such_value }}", 3),
        ("{% include 'nowhere.html' %}", 1),
        ("{{ 1 / 0 }}", 1),
        ("{{ sheet.__class__.__mro__ }}", 1),
    ],
)
def test_a_template_that_breaks_is_named_once_and_ours_is_used(papers_with, caplog, broken, line):
    with caplog.at_level(logging.WARNING):
        papers = papers_with(request_DOT_html=broken)
    assert len(papers.problems) == 1
    assert papers.problems == tuple(caplog.messages)
    assert "request.html" in papers.problems[0]
    assert f"line {line}:" in papers.problems[0]
    assert page(papers) == page(Papers(clock=lambda: MONDAY_TEN))


def test_a_part_that_breaks_is_set_aside_alone(papers_with):
    css = "h1 { color: navy; }"
    papers = papers_with(_parts_DOT_html="{% macro part(item %}", print_DOT_css=css)
    assert [problem.split()[1] for problem in papers.problems] == ["_parts.html"]
    assert papers.shelf.file("print.css") == (css, "text/css")


def test_a_file_that_replaces_nothing_is_told(papers_with):
    papers = papers_with(requst_DOT_html="typing error", leesmij_DOT_md="notes of their own")
    assert len(papers.problems) == 1
    assert "requst.html" in papers.problems[0]
    assert "request.html" in papers.problems[0]


def test_a_template_that_leaves_something_out_is_used_and_told(papers_with):
    papers = papers_with(request_DOT_html="<p>{{ sheet.question }}</p>")
    assert len(papers.problems) == 1
    assert "does not show everything" in papers.problems[0]
    assert page(papers) == "<p>Mijn man vergeet steeds meer en ik slaap niet.</p>"


def test_a_template_that_fails_only_on_some_requests_gives_way_to_ours(papers_with, caplog):
    sly = "{% if sheet.reference != 'AP-2222-22' %}{{ 1 / 0 }}{% endif %}{{ sheet.question }}"
    papers = papers_with(request_DOT_html=sly)
    text = page(papers, a_request(question="Dit schreef zij"))
    assert "Dit schreef zij" in text
    assert "Dit schreef zij" not in caplog.text


def test_user_text_is_escaped_in_pages_of_theirs_too(papers_with):
    papers = papers_with(request_DOT_html="{{ sheet.question }}")
    assert page(papers, a_request(question="<script>")) == "&lt;script&gt;"


def test_a_broken_pdf_template_is_named_and_ours_is_used(papers_with):
    papers = papers_with(request_DOT_typ="#let sheet = json(bytes(sys.inputs.sheet))\n#sheet.no_such_value")
    assert len(papers.problems) == 1
    assert "request.typ" in papers.problems[0]
    assert papers.pdf(papers.sheet(full_request(), Reader.CARER)).startswith(b"%PDF-")


def test_their_own_pdf_template_is_used(papers_with):
    theirs = '#let sheet = json(bytes(sys.inputs.sheet))\n#set document(title: "Van ons")\n#set text(lang: "nl")\n'
    papers = papers_with(request_DOT_typ=f"{theirs}#sheet.question #repr(sheet)")
    assert papers.problems == ()
    assert b"Van ons" in papers.pdf(papers.sheet(a_request(), Reader.STAFF))


def test_the_logo_of_the_municipality_stands_on_page_and_pdf(papers_with):
    papers = papers_with(logo_DOT_svg=LOGO, logo__ede_DOT_svg=LOGO)
    assert papers.problems == ()
    assert 'src="/print/logo-ede.svg" alt="Gemeente Ede"' in page(papers)
    assert 'src="/print/logo.svg"' in page(papers, a_request(municipality="Súdwest-Fryslân"))
    assert b"/Alt(Gemeente Ede)" in papers.pdf(papers.sheet(a_request(), Reader.STAFF))
    found = papers.shelf.file("logo-ede.svg")
    assert found is not None
    assert found[1] == "image/svg+xml"
    assert papers.shelf.file("logo-assen.svg") is None


def test_a_logo_that_is_no_image_is_named_and_left_out(papers_with):
    papers = papers_with(logo_DOT_svg="geen plaatje")
    assert len(papers.problems) == 1
    assert "logo.svg" in papers.problems[0]
    assert "<img" not in page(papers)
    assert papers.pdf(papers.sheet(a_request(), Reader.STAFF)).startswith(b"%PDF-")
