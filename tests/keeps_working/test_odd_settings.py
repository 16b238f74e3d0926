"""Settings that cannot be used, and secrets of which half is there: named in one line, before anything is served."""

from __future__ import annotations

import pytest

from tests.keeps_working.machine import Machine, told_in_one_line

ODD = {
    "DATA": ("/proc/none/such", "{file}"),
    "PORT": ("x", "²", "0", "99999"),
    "HOST": ("no-such-host.invalid", "203.0.113.9"),
    "BASE_URL": ("nonsense", "http://[::1", "http://a:x/", "ftp://a.example", "https://a.example/?x=1"),
    "LOG": ("x", "syslog://a:x"),
    "DATABASE": ("nonsense", "mysql://house:pass-phrase@h/x", "postgresql://", "sqlite://", "sqlite:////none/such.db"),
    "SECRET": ("short",),
    "DATA_KEYS": ("short", ","),
    "PROXIES": ("-1", "x"),
    "METRICS_TOKEN": ("short", "é" * 20),
    "AUDIT_DAYS": ("x", "1"),
    "SECOND_FACTOR": ("x",),
    "WEBSITES": ("{folder}/none", "{file}"),
    "TEMPLATES": ("{folder}/none", "{file}"),
    "INSTRUMENTS": ("{folder}/none", "{file}"),
    "OIDC_ISSUER": ("x", "http://a.example"),
    "TELEGRAM_TOKEN": ("x",),
    "TELEGRAM_MODE": ("x", "webhook"),
    "TELEGRAM_SERVER": ("http://elsewhere.example", "x"),
    "SMTP_URL": ("x", "smtp://elsewhere.example?tls=none", "smtp://a:x"),
    "SMTP_FROM": ("x",),
    "TEAM_MAIL": ("x",),
    "OPEN_KLANT_URL": ("x", "https://a.example"),
    "WEBHOOK_URL": ("https://a.example",),
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in ODD.items() for value in values])
def test_a_setting_that_cannot_be_used_is_named(
    machine: Machine, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels.serving.uvicorn.run", lambda *a, **k: pytest.fail("it serves all the same"))
    monkeypatch.setattr("channels.serving.warm_up", lambda house: None)
    file = machine.folder / "a file"
    file.write_text("<a file> of something: [else", encoding="utf-8")
    machine.set(name, value.format(folder=machine.folder, file=file))
    ended = machine.runs(("serve",))
    told_in_one_line(ended, "serve")
    room = f"ADEMPAUZE_{name.removesuffix('_URL')}"  # what is needed beside an address is named as well
    assert room in ended.told or name == "DATABASE" or "sealed" in ended.told
    assert "pass-phrase" not in ended.told


@pytest.mark.parametrize("content", ["", "half", "\xff" * 40], ids=["nothing", "half", "no letters"])
@pytest.mark.parametrize("name", ["secret", "data-keys"])
def test_half_a_secret_is_no_secret(machine: Machine, name: str, content: str) -> None:
    """What a disk that was full at the first start may leave behind."""
    file = machine.folder / "data" / name
    file.write_text(content, encoding="latin-1")
    ended = machine.runs(("staff", "list"))
    told_in_one_line(ended, "staff")
    assert str(file) in ended.told


def test_words_of_another_alphabet_than_utf_8_are_refused_before_anything(machine: Machine) -> None:
    """As Python gives what a terminal in latin-1 typed."""
    ended = machine.runs(("staff", "add", "zoe@ede.example", "--name", "Zo\udceb", "--role", "admin"))
    told_in_one_line(ended, "staff")
    assert "UTF-8" in ended.told


def test_a_folder_for_data_that_we_make_is_for_us_alone(machine: Machine) -> None:
    machine.set("DATA", str(machine.folder / "fresh" / "data"))
    assert machine.runs(("migrate",)).code == 0
    assert (machine.folder / "fresh" / "data").stat().st_mode & 0o077 == 0
