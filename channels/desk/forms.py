"""What a browser posts to the desk: fields, also several of one name, and files; never more than the form can hold."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


class RefusedError(Exception):
    """The visit stops here with a page that says why."""

    def __init__(self, status: int, code: str, **values: Any) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Room:
    """How much one form may hold: bytes, fields, and whether a file may come along (``code`` words its refusal)."""

    most_bytes: int = 64 * 1024
    most_fields: int = 20
    files: bool = False
    too_big: str = "too_big"


SMALL = Room()


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name is a word of the browser, to be shown and never used as a path."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Form:
    """The posted fields in their order, and the files by field."""

    pairs: tuple[tuple[str, str], ...] = ()
    files: dict[str, Upload] = field(default_factory=dict)

    def get(self, name: str, default: str = "") -> str:
        """The last value of this name."""
        return next((value for key, value in reversed(self.pairs) if key == name), default)

    def many(self, name: str) -> tuple[str, ...]:
        """Every value of this name, such as the boxes that were ticked."""
        return tuple(value for key, value in self.pairs if key == name)

    def names(self) -> tuple[str, ...]:
        """Every name once, in order."""
        return tuple(dict.fromkeys(key for key, _ in self.pairs))


async def read_form(request: Request, room: Room) -> Form:
    """The form of this request. Refuses other content, broken content, and more than ``room``."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == URLENCODED:
        return await _read_plain(request, room)
    if kind == MULTIPART and room.files:
        return await _read_multipart(request, room)
    raise RefusedError(415, "form")


async def _limited(request: Request, room: Room) -> AsyncGenerator[bytes, None]:
    """The body as it arrives; stops reading as soon as it is too much, whatever its head promised."""
    seen = 0
    async for chunk in request.stream():
        seen += len(chunk)
        if seen > room.most_bytes:
            raise RefusedError(413, room.too_big, most_bytes=room.most_bytes)
        yield chunk


async def _read_plain(request: Request, room: Room) -> Form:
    body = b"".join([chunk async for chunk in _limited(request, room)])
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=room.most_fields)
    except ValueError:
        raise RefusedError(400, "form") from None
    return Form(tuple(pairs))


async def _read_multipart(request: Request, room: Room) -> Form:
    parser = MultiPartParser(request.headers, _limited(request, room), max_files=2, max_fields=room.most_fields)
    try:
        posted = await parser.parse()
    except (MultiPartException, KeyError, UnicodeDecodeError):
        raise RefusedError(400, "form") from None
    pairs: list[tuple[str, str]] = []
    files: dict[str, Upload] = {}
    try:
        for name, value in posted.multi_items():
            if isinstance(value, UploadFile):
                files[name] = Upload(value.filename or "", await value.read())
            else:
                pairs.append((name, value))
    finally:
        await posted.close()
    return Form(tuple(pairs), files)
