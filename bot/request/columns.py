"""Column types that give records their own values back: terms as terms, parts of a request as parts of a request."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import String
from sqlalchemy.types import TypeDecorator

from bot.request.fields import FieldKey, Section
from bot.request.record import RequestField, RequestOffer
from bot.request.vocabulary import FieldState
from knowledge.sealed import SealedJSON
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


class FieldsColumn(SealedJSON):
    """The fields of a request as one sealed JSON value: they are always read and written together."""

    cache_ok = True

    def process_bind_param(self, value: list[RequestField] | None, dialect: Any) -> Any:
        parts = [{key: str(part) for key, part in asdict(item).items()} for item in value or []]
        return super().process_bind_param(parts, dialect)

    def process_result_value(self, value: Any, dialect: Any) -> list[RequestField]:
        return [_field(item) for item in super().process_result_value(value, dialect) or []]


class OffersColumn(SealedJSON):
    """The offers she liked, as one sealed JSON value."""

    cache_ok = True

    def process_bind_param(self, value: list[RequestOffer] | None, dialect: Any) -> Any:
        return super().process_bind_param([asdict(item) for item in value or []], dialect)

    def process_result_value(self, value: Any, dialect: Any) -> list[RequestOffer]:
        offers = super().process_result_value(value, dialect) or []
        return [RequestOffer(**{**item, "reasons": tuple(item.get("reasons", ()))}) for item in offers]


def _field(item: dict[str, str]) -> RequestField:
    key, section, state = FieldKey(item["key"]), Section(item["section"]), FieldState(item["state"])
    return RequestField(key, section, item["value"], state, item["words"])
