"""Column types that every feature shares."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import mapped_column

PathType = sa.String(200).with_variant(postgresql.VARCHAR(200, collation="C"), "postgresql")
"""Paths compare byte by byte, so that a range is a subtree whatever the server's locale."""


NAIVE = "a naive datetime does not say when it was"


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant, stored as UTC without offset. Naive values are refused."""

    impl = sa.DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(NAIVE)
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None

    def bind_processor(self, dialect: Any) -> Any:
        """SQLite keeps text: written and read in one step, since a page has dozens of instants."""
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Any, coltype: object) -> Any:
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _as_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(NAIVE)
    return value.astimezone(UTC).isoformat(" ", "microseconds")[:-6]


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


def word(kind: type[StrEnum], length: int = 32) -> sa.Enum:
    """A column of one of the words of `kind`, stored as the word; anything else is refused before it is stored."""
    return sa.Enum(
        kind,
        native_enum=False,
        length=length,
        values_callable=lambda k: [w.value for w in k],
        validate_strings=True,
    )


Rows = sa.Select[*tuple[Any, ...]]
"""A statement of rows, whatever their columns."""

LARGEST_ID = 2**31 - 1
"""A larger number in an address names nothing; the database would refuse it with an error."""

Id = Annotated[int, mapped_column(sa.Integer, primary_key=True)]
PlacePath = Annotated[str, mapped_column(PathType)]
Area = Annotated[int, mapped_column(sa.BigInteger)]
"""0.01 m²."""
Money = Annotated[int, mapped_column(sa.BigInteger)]
"""分 (0.01 yuan)."""
