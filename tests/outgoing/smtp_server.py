"""A real mail server that can refuse, dawdle and hang up at any step, and remembers what it took."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class MailServer:
    """``answers`` maps a step (``MAIL``, ``RCPT``, ``DATA``) to another answer than 250, to ``hang up`` or to ``wait``;
    ``seen`` is called at each step."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.seen: Callable[[str], None] = lambda step: None
        self.encrypted: list[bool] = []

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        self.encrypted.append(session.ssl is not None)
        envelope.mail_from = address
        return await self._answer("MAIL", server)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = await self._answer("RCPT", server)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        """Takes the mail, then answers: what breaks here is not known to the sender."""
        if not self.answers.get("DATA", "250").startswith(("4", "5")):
            self.taken.append(message_from_bytes(envelope.original_content, policy=policy.default))
        return await self._answer("DATA", server)

    async def _answer(self, step: str, server: SMTP) -> str:
        await asyncio.to_thread(self.seen, step)
        answer = self.answers.get(step, "250 OK")
        if answer == "hang up":
            server.transport.abort()
            await asyncio.sleep(0)
            return "250 OK"
        if answer == "wait":
            await asyncio.sleep(30)
        return answer


class _OnFreePort(Controller):
    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(*, tls: ssl.SSLContext | None = None, password: str = "") -> Iterator[tuple[MailServer, int]]:
    """The server and its port on loopback. ``tls``: it demands STARTTLS. ``password``: it asks who is there."""
    handler = MailServer()
    options = {"tls_context": tls, "require_starttls": tls is not None}
    if password:
        given = password.encode()

        def who(server, session, envelope, mechanism, data):
            return AuthResult(success=data.password == given, handled=False)

        options |= {"authenticator": who, "auth_required": True}
    controller = _OnFreePort(handler, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        yield handler, controller.port
    finally:
        controller.stop()


def own_certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate for localhost that nobody knows, and the file by which a test can get to know it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, secret)
    return context, certificate
