"""Column types that give records their own values back: terms as terms, parts of a request as parts of a request."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.types import TypeDecorator

from bot.request.record import RequestField, RequestOffer
from bot.request.vocabulary import FieldKey, FieldState, Section
from knowledge.vocabulary import Term


class TermColumn(TypeDecorator[Term]):
    """A Term, stored by its value."""

    impl = String(32)
    cache_ok = True

    def __init__(self, term: type[Term]) -> None:
        super().__init__()
        self.term = term

    def process_bind_param(self, value: Term | None, dialect: Any) -> str | None:
        return None if value is None else self.term(value).value

    def process_result_value(self, value: str | None, dialect: Any) -> Term | None:
        return None if value is None else self.term(value)


class FieldsColumn(TypeDecorator[list[RequestField]]):
    """The fields of a request as one JSON value: they are always read and written together."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: list[RequestField] | None, dialect: Any) -> list[dict[str, str]]:
        return [{key: str(part) for key, part in asdict(item).items()} for item in value or []]

    def process_result_value(self, value: list[dict[str, str]] | None, dialect: Any) -> list[RequestField]:
        return [_field(item) for item in value or []]


class OffersColumn(TypeDecorator[list[RequestOffer]]):
    """The offers she liked, as one JSON value."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: list[RequestOffer] | None, dialect: Any) -> list[dict[str, Any]]:
        return [asdict(item) for item in value or []]

    def process_result_value(self, value: list[dict[str, Any]] | None, dialect: Any) -> list[RequestOffer]:
        return [RequestOffer(**{**item, "reasons": tuple(item.get("reasons", ()))}) for item in value or []]


def _field(item: dict[str, str]) -> RequestField:
    key, section, state = FieldKey(item["key"]), Section(item["section"]), FieldState(item["state"])
    return RequestField(key, section, item["value"], state, item["words"])
