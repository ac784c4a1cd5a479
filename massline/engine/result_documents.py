"""Documents of estimates: frozen dataclasses, their canonical JSON, and the way back from it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from massline.engine import ENGINE_VERSION
from massline.engine.not_enough import NotEnough

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Document:
    """The head of every document; each estimate has its own types for `rests_on` and `result`.

    Attributes
    ----------
    schema : name and version of the format, such as "massline.line/1"; docs/methods.md lists the keys of each.
    rests_on : counts of what went in: people, items, votes, days.
    left_out : how many rows did not count, by reason.
    """

    schema: str
    engine_version: str = ENGINE_VERSION
    seed: int
    rests_on: object
    left_out: Mapping[str, int]
    result: object


D = TypeVar("D", bound=Document)


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """The result of an estimate that had too little to start from."""

    not_enough: NotEnough


def omit_default(default: Any = None) -> Any:
    """Declare a field that is left out of the JSON while it holds its default."""
    return field(default=default, metadata={"absent": True})


def round_significant(number: float) -> float:
    """Round to nine significant digits, and never to minus zero."""
    return float(f"{float(number):.9g}") + 0.0


def canonical_bytes(document: object) -> bytes:
    """Return the bytes of a document, or of a part of one: sorted keys, no spaces, no NaN, UTF-8.

    Raises ValueError where a number is not finite: a document never carries NaN.
    """
    return json.dumps(
        document, default=_plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def to_json(document: object) -> dict[str, Any]:
    """Return a document, or a part of one, as it is read back from its bytes, to show it by its keys."""
    content: dict[str, Any] = json.loads(canonical_bytes(document))
    return content


def restore_document(kind: type[D], schema: str, stored: Mapping[str, Any]) -> D:
    """Read a stored document of one schema.

    Raises ValueError where it is of another schema or does not hold what it should.
    """
    if stored.get("schema") != schema:
        raise ValueError(f"not a document of {schema}: {stored.get('schema')!r}")
    return restore(kind, stored)


def restore(kind: type[T], written: Any) -> T:
    """Read a stored document, or a part of it, as the frozen dataclass `kind`.

    Keys are the fields' names, or the `key` of their metadata; a field with a default may be missing, as in
    documents of earlier engines. Sequences become tuples, days become dates. Of several dataclasses that a
    field may hold, the first whose keys fit is read.

    Raises ValueError where a key is missing or unknown: a document is read whole or not at all.
    """
    read: Callable[[Any], T] = _reader(cast(Any, kind))
    return read(written)


def _plain(part: Any) -> Any:
    """The keys of a dataclass, the parts of a sequence, or a day as ISO text; anything else has no place."""
    if isinstance(part, date):
        return part.isoformat()
    if isinstance(part, Sequence) and not isinstance(part, bytes):
        return list(part)
    if not is_dataclass(part) or isinstance(part, type):
        raise TypeError(f"{type(part).__name__} has no place in a document")
    values = ((key, getattr(part, name), default) for key, name, default in _written(type(part)))
    return {key: value for key, value, default in values if default is MISSING or value != default}


@cache
def _written(kind: Any) -> tuple[tuple[str, str, Any], ...]:
    """Key, name and default of each field; the default is MISSING for a field that is always written."""
    return tuple(
        (key_of(part), part.name, part.default if part.metadata.get("absent") else MISSING)
        for part in fields(kind)
    )


def key_of(part: Any) -> str:
    """The key that a field of a dataclass is written under."""
    return str(part.metadata.get("key", part.name))


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """The function that reads one type; made once a type."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_reader(kind)
    if kind is date:
        return date.fromisoformat
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType or origin is Union:
        return _union_reader(tuple(part for part in arguments if part is not NoneType))
    if origin is tuple or origin is Sequence:
        if origin is Sequence or arguments[-1] is Ellipsis:
            each = _reader(arguments[0])
            return lambda values: tuple([each(value) for value in values])
        readers = [_reader(part) for part in arguments]
        return lambda values: tuple([read(value) for read, value in zip(readers, values, strict=True)])
    return _as_is


def _as_is(value: Any) -> Any:
    return value


def _union_reader(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    readers = {part: _reader(part) for part in parts}

    def read(value: Any) -> Any:
        if value is None:
            return None
        kind = next((part for part in parts if _fits(part, value)), parts[-1])
        return readers[kind](value)

    return read


def _fits(kind: Any, value: Any) -> bool:
    """True if a value has the keys of a dataclass, is a sequence for a tuple, or is of a plain type."""
    if is_dataclass(kind):
        if not isinstance(value, Mapping):
            return False
        names, _readers, needed = _plan(cast(Any, kind))
        return needed <= value.keys() <= names.keys()
    return isinstance(value, list | tuple) if get_origin(kind) is tuple else True


def _dataclass_reader(kind: type[Any]) -> Callable[[Any], Any]:
    def read(written: Mapping[str, Any]) -> Any:
        names, readers, needed = _plan(cast(Any, kind))
        if unknown := written.keys() - names.keys():
            raise ValueError(f"{kind.__name__} knows no {', '.join(sorted(unknown))}")
        if missing := needed - written.keys():
            raise ValueError(f"{kind.__name__} lacks {', '.join(sorted(missing))}")
        return kind(**{names[key]: readers[key](value) for key, value in written.items()})

    return read


@cache
def _plan(kind: Any) -> tuple[dict[str, str], dict[str, Callable[[Any], Any]], frozenset[str]]:
    """Each key's field and reader, and the keys that must be there; made at the first read, so that a type may hold itself."""
    hints = get_type_hints(kind)
    keys = {key_of(part): part for part in fields(kind)}
    return (
        {key: part.name for key, part in keys.items()},
        {key: _reader(hints[part.name]) for key, part in keys.items()},
        frozenset(
            key for key, part in keys.items() if part.default is MISSING and part.default_factory is MISSING
        ),
    )
