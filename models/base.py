"""What every table shares: names for constraints, and column types that are the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An instant. Refuses naive values, stores UTC, gives aware UTC back (SQLite would drop the zone silently)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a naive datetime has no place in the database"
            raise TypeError(msg)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002 the hook's signature
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class FixedPoint(sa.types.TypeDecorator[Decimal]):
    """A decimal stored as a whole number of its smallest parts: exact on both databases."""

    impl = sa.BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002 the hook's signature
        return None if value is None else int(Decimal(value).scaleb(self.places).to_integral_value())

    def process_result_value(self, value: Any | None, dialect: sa.Dialect) -> Decimal | None:  # noqa: ARG002 the hook's signature
        if value is None:
            return None
        exact = Decimal(value).scaleb(-self.places).normalize()
        return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


QUANTITY = FixedPoint(3)
MONEY = FixedPoint(2)
BIG_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""SQLite numbers rows by itself only for INTEGER keys."""
SLACK_ID = sa.String(32)


def enum_column(kind: type[StrEnum], name: str, *, is_closed: bool = False) -> sa.Enum:
    """A set of words, stored as the words; a word that is not among them is refused before it reaches the database.

    ``is_closed`` adds a named check in the database: for the states of our own machinery, which never grow. A
    vocabulary of the domain does grow, and a check would lock and copy a whole table for every new word.
    """
    return sa.Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=is_closed,
        validate_strings=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(MappedAsDataclass, DeclarativeBase):
    """The root of all mapped classes."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
