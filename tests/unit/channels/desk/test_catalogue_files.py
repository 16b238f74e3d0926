"""Files in and out: told row by row first, carried out once, and only by whoever chose the file."""

from __future__ import annotations

import csv
import io
import json
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.desk.catalogue.carried_files import CarriedFiles
from knowledge.exchange.sheets import MOST_BYTES
from tests.unit.channels.desk.editors_site import NOON
from tests.unit.channels.desk_site import Browser

PLACE = "/desk/catalogus/bestanden"
ROWS = "Kenmerk;Naam;Provincie\no002;Uit een lijst;Groningen\no003;Groep;Atlantis\n"


async def upload(browser: Browser, content: bytes | str, name: str = "lijst.csv"):
    data = content.encode() if isinstance(content, str) else content
    response = await browser.client.post(
        f"{PLACE}/proef", data={"form_token": browser.token}, files={"file": (name, data)}
    )
    return browser._seen(response)


def plan_in(page) -> str:
    return page.text.split('name="plan" value="')[1].split('"')[0]


async def test_a_file_is_told_first_and_then_done_once(site, els):
    page = await upload(els, ROWS)
    assert page.status_code == 200
    for told in ("Uit een lijst", "Atlantis", "Steunpunt Mantelzorg Humanitas Groningen"):
        assert told in page.text
    assert site.catalogue.offer("o002").name == "Steunpunt Mantelzorg Humanitas Groningen"
    word = plan_in(page)
    refused = await els.post(f"{PLACE}/uitvoeren", plan=word)
    assert "Er is niets geïmporteerd" in refused.text
    word = plan_in(await upload(els, ROWS))
    done = await els.post(f"{PLACE}/uitvoeren", plan=word, skip_refused="ja")
    assert "1 gewijzigd" in done.text
    assert site.catalogue.offer("o002").name == "Uit een lijst"
    again = await els.post(f"{PLACE}/uitvoeren", plan=word, skip_refused="ja")
    assert again.status_code == 200
    assert "1 gewijzigd" not in again.text
    assert site.offer("o002").revision == 2, "pressed twice, done once"


async def test_what_was_told_here_is_done_by_another_process_too(site, els):
    word = plan_in(await upload(els, ROWS))
    house = site.house
    other = CarriedFiles("a secret of the tests", house.now).unpack(word, site.els.id)
    assert (other.name, other.base) == ("lijst.csv", {"o002": 1})
    assert other.content.decode() == ROWS
    assert CarriedFiles("another secret", house.now).unpack(word, site.els.id) is None


@given(spoiled=st.text(max_size=60) | st.binary(max_size=60).map(lambda some: urlsafe_b64encode(some).decode()))
def test_what_was_not_signed_is_never_unpacked(spoiled):
    assert CarriedFiles("a secret of the tests", lambda: NOON).unpack(spoiled, 1) is None


async def test_a_plan_is_only_for_whoever_made_it_and_not_for_ever(site, els):
    word = plan_in(await upload(els, ROWS))
    omar = await Browser(site).enter(site.omar)
    assert (await omar.post(f"{PLACE}/uitvoeren", plan=word, skip_refused="ja")).status_code == 409
    site.moment = site.moment.replace(hour=site.moment.hour + 2)
    assert (await els.post(f"{PLACE}/uitvoeren", plan=word, skip_refused="ja")).status_code == 409
    assert site.catalogue.offer("o002").name == "Steunpunt Mantelzorg Humanitas Groningen"


async def test_somebody_who_was_quicker_stops_the_whole_file(site, els):
    word = plan_in(await upload(els, ROWS))
    record = site.offer("o002")
    site.records.publish(record.kind, "o002", {**record.body, "name": "Van Omar"}, by="Omar", base_revision=1)
    page = await els.post(f"{PLACE}/uitvoeren", plan=word, skip_refused="ja")
    assert page.status_code == 409
    assert "o002" in page.text
    assert site.catalogue.offer("o002").name == "Van Omar"


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"", "", 422),
        (b"", "leeg.csv", 422),
        (b"%PDF-1.7", "lijst.pdf", 422),
        (b'[{"id": "o0', "half.json", 422),
        (b"PK\x03\x04 kapot", "lijst.xlsx", 422),
        (b"x" * (MOST_BYTES + 1), "groot.csv", 422),
        (b"x" * (MOST_BYTES + 1024 * 1024), "groter.csv", 413),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_in_words(site, els, content, name, status):
    page = await upload(els, content, name)
    assert page.status_code == status
    assert 'role="alert"' in page.text or "te groot" in page.text


async def test_a_form_that_is_no_file_form_takes_no_files(els):
    response = await els.client.post(
        "/desk/catalogus/aanbod/o002/nog-juist", data={"form_token": els.token}, files={"file": ("a.csv", b"x")}
    )
    assert response.status_code == 415


@pytest.mark.parametrize("body", [b"--x\r\nkapot", b"", b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--\r\n"])
async def test_a_broken_upload_is_no_fault_of_ours(els, body):
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    response = await els.client.post(f"{PLACE}/proef", content=body, headers=headers)
    assert response.status_code in (400, 403)


async def test_everything_can_be_taken_out_and_read_in_again_without_a_change(site, els):
    for ending in ("csv", "xlsx", "hsds.json"):
        file = await els.get(f"{PLACE}/aanbod.{ending}")
        assert file.headers["content-disposition"].endswith(f'.{ending}"')
        page = await upload(els, file.content, f"terug.{ending}")
        assert page.status_code == 200, ending
        assert "Er is niets om in te lezen." in page.text, ending


async def test_the_downloads_are_what_they_say(els):
    lines = list(
        csv.reader(io.StringIO((await els.get(f"{PLACE}/aanbod.csv")).content.decode("utf-8-sig")), delimiter=";")
    )
    assert len(lines) == 1 + 8
    assert json.loads((await els.get(f"{PLACE}/aanbod.hsds.json")).content)
    for ending in ("csv", "xlsx"):
        assert (await els.get(f"{PLACE}/voorbeeld.{ending}")).status_code == 200
    assert (await els.get(f"{PLACE}/aanbod.exe")).status_code == 404
    assert (await els.get(f"{PLACE}/voorbeeld.json")).status_code == 404
