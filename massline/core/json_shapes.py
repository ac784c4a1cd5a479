"""Columns of JSON, each with one reader that says what may be in it.

What an older version, another program or a half-written restore left there is read as far as it has this shape; the
rest of it is as if it were not there, so that one odd row leaves every page standing.

    points = ShapedField(list_of(record(text=string, source=string)), default=list)
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import models

Reader = Callable[[Any], Any]
"""Returns a stored value as it may be used. Raises ValueError for one of another shape."""

MOST = 2**31 - 1
MOST_LONG = 2**63 - 1


class ShapedField(models.JSONField):
    """A column of JSON that is read by its own reader; of another shape it is what a new row would have.

    Where a new row would mean that nothing was there, such as in a memory, `lost` is what it is instead.
    """

    def __init__(
        self, shape: Reader | None = None, *args: Any, lost: Callable[[], Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shape, self.lost = shape, lost

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """A reader is no part of the table: for migrations this is a column of JSON."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        try:
            stored = super().from_db_value(value, expression, connection)
            if self.shape is None or not hasattr(expression, "target"):
                return stored
            return None if stored is None and self.null else self.shape(stored)
        except ValueError:
            return self.lost() if self.lost else self.get_default()


def anything(stored: Any) -> Any:
    return stored


def string(stored: Any) -> str:
    if not isinstance(stored, str):
        raise ValueError("no text")
    return stored


def whole_number(stored: Any) -> int:
    """A number that a column of numbers would take."""
    if not isinstance(stored, int) or isinstance(stored, bool) or abs(stored) > MOST:
        raise ValueError("no whole number")
    return stored


def long_number(stored: Any) -> int:
    """A whole number that a column of long numbers would take, such as a number given by another program."""
    if not isinstance(stored, int) or isinstance(stored, bool) or abs(stored) > MOST_LONG:
        raise ValueError("no whole number")
    return stored


def number(stored: Any) -> float:
    """A number that can be drawn and counted with."""
    if not isinstance(stored, int | float) or isinstance(stored, bool) or not abs(stored) <= MOST:
        raise ValueError("no number")
    return stored


def digits(stored: Any) -> str:
    """A whole number as the name of an entry."""
    if not string(stored).removeprefix("-").isdecimal():
        raise ValueError("no digits")
    return string(stored)


def nullable(reader: Reader) -> Reader:
    return lambda stored: None if stored is None else reader(stored)


def either(first: Reader, second: Reader) -> Reader:
    def read(stored: Any) -> Any:
        found = _read(first, stored)
        return found[0] if found else second(stored)

    return read


def or_lost(reader: Reader) -> Reader:
    """Read what has another shape as None, where one must know that something was there."""
    return either(reader, lambda _stored: None)


def name_of_uuid(stored: Any) -> str:
    return str(UUID(string(stored)))


def moment(stored: Any) -> str:
    """A moment in words, with its zone."""
    if datetime.fromisoformat(string(stored)).tzinfo is None:
        raise ValueError("no zone")
    return string(stored)


def one_of(kinds: type[Enum]) -> Reader:
    return lambda stored: kinds(string(stored)).value


def list_of(item: Reader) -> Reader:
    """A list without the items that are of another shape."""

    def read(stored: Any) -> list[Any]:
        if not isinstance(stored, list):
            raise ValueError("no list")
        return [value for one in stored for value in _read(item, one)]

    return read


def whole_list_of(item: Reader) -> Reader:
    """A list of which every item has this shape, because the place of each counts."""

    def read(stored: Any) -> list[Any]:
        if not isinstance(stored, list):
            raise ValueError("no list")
        return [item(one) for one in stored]

    return read


def tuple_of(*items: Reader) -> Reader:
    """A list of as many items as this, each of its own shape."""

    def read(stored: Any) -> list[Any]:
        if not isinstance(stored, list):
            raise ValueError("no list")
        return [item(one) for item, one in zip(items, stored, strict=True)]

    return read


def map_of(value: Reader, *, key: Reader = string) -> Reader:
    """A map without the entries of which the key or the value is of another shape."""

    def read(stored: Any) -> dict[str, Any]:
        if not isinstance(stored, dict):
            raise ValueError("no map")
        return {
            name: one for name, given in stored.items() if _read(key, name) for one in _read(value, given)
        }

    return read


def whole_map_of(value: Reader, *, key: Reader = string) -> Reader:
    """A map of which every entry has this shape, because a missing one would mean something else."""

    def read(stored: Any) -> dict[str, Any]:
        if not isinstance(stored, dict):
            raise ValueError("no map")
        return {key(name): value(given) for name, given in stored.items()}

    return read


def record(*, optional: Mapping[str, Reader] | None = None, **fields: Reader) -> Reader:
    """A map that has all of these fields, and may have the optional ones."""
    others = options(**(optional or {}))

    def read(stored: Any) -> dict[str, Any]:
        if not isinstance(stored, dict) or not fields.keys() <= stored.keys():
            raise ValueError("no such record")
        needed = {name: reader(stored[name]) for name, reader in fields.items()}
        return {**needed, **others(stored)}

    return read


def options(**fields: Reader) -> Reader:
    """A map that has any of these fields, and no others."""

    def read(stored: Any) -> dict[str, Any]:
        if not isinstance(stored, dict):
            raise ValueError("no map")
        given = [(name, reader) for name, reader in fields.items() if name in stored]
        return {name: one for name, reader in given for one in _read(reader, stored[name])}

    return read


def _read(reader: Reader, stored: Any) -> list[Any]:
    """One value, or none where it is of another shape."""
    try:
        return [reader(stored)]
    except ValueError:
        return []
