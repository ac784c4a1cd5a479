"""Documents of estimates: versioned, canonical JSON, and the way back to frozen dataclasses."""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from massline.engine import ENGINE_VERSION

T = TypeVar("T")


def document(
    schema: str,
    *,
    seed: int,
    rests_on: Mapping[str, int],
    left_out: Mapping[str, int],
    result: Mapping[str, Any],
) -> dict[str, Any]:
    """Wrap a result with what it rests on; the keys are documented in docs/methods.md."""
    return {
        "schema": schema,
        "engine_version": ENGINE_VERSION,
        "seed": seed,
        "rests_on": dict(rests_on),
        "left_out": dict(left_out),
        "result": dict(result),
    }


def canonical(doc: Mapping[str, Any]) -> bytes:
    """Return the bytes of a document: sorted keys, no spaces, no NaN, UTF-8.

    Raises ValueError where a number is not finite: a document never carries NaN.
    """
    return json.dumps(
        doc, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def restore(kind: type[T], written: Any) -> T:
    """Restore a stored document, or a part of it, as the frozen dataclass `kind`.

    Keys are the fields' names, or the `key` of their metadata; a field with a default may be missing, as in
    documents of earlier engines. Sequences become tuples.

    Raises ValueError where a key is missing or unknown: a document is read whole or not at all.
    """
    read: Callable[[Any], T] = _reader(cast(Any, kind))
    return read(written)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """The function that reads one type; made once a type."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_reader(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType or origin is Union:
        inner = _reader(next(part for part in arguments if part is not NoneType))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            each = _reader(arguments[0])
            return lambda values: tuple([each(value) for value in values])
        readers = [_reader(part) for part in arguments]
        return lambda values: tuple([read(value) for read, value in zip(readers, values, strict=True)])
    return _as_is


def _as_is(value: Any) -> Any:
    return value


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
    keys = {field.metadata.get("key", field.name): field for field in fields(kind)}
    return (
        {key: field.name for key, field in keys.items()},
        {key: _reader(hints[field.name]) for key, field in keys.items()},
        frozenset(
            key
            for key, field in keys.items()
            if field.default is MISSING and field.default_factory is MISSING
        ),
    )
