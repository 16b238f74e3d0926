"""What an operator sets for what leaves: used, or refused in one clear line."""

from __future__ import annotations

import pytest

from bot.outbox.letters import LetterKind
from bot.settings import SettingsError
from channels.outgoing.settings import OutgoingSettings

MAIL = {"ADEMPAUZE_SMTP_URL": "smtp://wij:ge%40heim@mail.ede.example", "ADEMPAUZE_SMTP_FROM": "post@ede.example"}
KLANT = {
    "ADEMPAUZE_OPEN_KLANT_URL": "https://klant.ede.example/klantinteracties/api/v1/",
    "ADEMPAUZE_OPEN_KLANT_TOKEN": "abc",
    "ADEMPAUZE_OPEN_KLANT_ACTOR": "0F2a1b7e-6f65-4a1c-9f0e-1d2c3b4a5f60",
}
HOOK = {"ADEMPAUZE_WEBHOOK_URL": "https://ede.example/haak", "ADEMPAUZE_WEBHOOK_SECRET": "g" * 32}


def test_nothing_leaves_by_default():
    assert OutgoingSettings.from_environment({}).kinds == frozenset()


def test_every_way_is_read():
    ours = OutgoingSettings.from_environment({**MAIL, **KLANT, **HOOK})
    assert ours.kinds == frozenset(LetterKind)
    assert (ours.mail.host, ours.mail.port, ours.mail.tls) == ("mail.ede.example", 587, "start")
    assert (ours.mail.username, ours.mail.password) == ("wij", "ge@heim")
    assert ours.open_klant.url == "https://klant.ede.example/klantinteracties/api/v1"
    assert ours.open_klant.actor == KLANT["ADEMPAUZE_OPEN_KLANT_ACTOR"].lower()


@pytest.mark.parametrize(
    ("address", "port", "tls"),
    [
        ("smtps://mail.ede.example", 465, "direct"),
        ("smtp://mail.ede.example:2525", 2525, "start"),
        ("smtp://127.0.0.1:1025?tls=none", 1025, "none"),
        ("smtp://localhost?tls=none", 587, "none"),
    ],
)
def test_how_mail_is_encrypted_is_in_the_address(address, port, tls):
    mail = OutgoingSettings.from_environment({**MAIL, "ADEMPAUZE_SMTP_URL": address}).mail
    assert (mail.port, mail.tls) == (port, tls)


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ({**MAIL, "ADEMPAUZE_SMTP_URL": "smtp://mail.ede.example?tls=none"}, "SMTP_URL"),
        ({**MAIL, "ADEMPAUZE_SMTP_URL": "http://mail.ede.example"}, "SMTP_URL"),
        ({**MAIL, "ADEMPAUZE_SMTP_URL": "smtp://mail.ede.example:99999"}, "SMTP_URL"),
        ({**MAIL, "ADEMPAUZE_SMTP_URL": "smtp://[mail"}, "SMTP_URL"),
        ({**MAIL, "ADEMPAUZE_SMTP_FROM": "post"}, "SMTP_FROM"),
        ({**MAIL, "ADEMPAUZE_TEAM_MAIL": "a@b, c@d"}, "TEAM_MAIL"),
        ({**KLANT, "ADEMPAUZE_OPEN_KLANT_URL": "http://klant.ede.example"}, "OPEN_KLANT_URL"),
        ({**KLANT, "ADEMPAUZE_OPEN_KLANT_ACTOR": "team"}, "OPEN_KLANT_ACTOR"),
        ({**KLANT, "ADEMPAUZE_OPEN_KLANT_TOKEN": "a\nb"}, "OPEN_KLANT_TOKEN"),
        ({**HOOK, "ADEMPAUZE_WEBHOOK_URL": "http://ede.example/haak"}, "WEBHOOK_URL"),
        ({**HOOK, "ADEMPAUZE_WEBHOOK_URL": "https://wij:geheim@ede.example/haak"}, "WEBHOOK_URL"),
        ({**HOOK, "ADEMPAUZE_WEBHOOK_SECRET": "kort"}, "WEBHOOK_SECRET"),
    ],
)
def test_what_cannot_be_used_stops_the_start(wrong, names):
    with pytest.raises(SettingsError, match=names) as refused:
        OutgoingSettings.from_environment(wrong)
    assert "geheim" not in str(refused.value)


def test_a_webhook_may_go_without_encryption_to_this_machine_only():
    ours = OutgoingSettings.from_environment({**HOOK, "ADEMPAUZE_WEBHOOK_URL": "http://127.0.0.1:9/haak"})
    assert ours.kinds == {LetterKind.WEBHOOK}
