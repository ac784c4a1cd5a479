"""JSON Schema (draft 2020-12) of a document, derived from its frozen dataclasses."""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from massline.engine.result_documents import Document, key_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number"}


def describe_document(kind: type[Document], name: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of document.

    Parameters
    ----------
    kind : its dataclass.
    name : name and version of the format, such as "massline.line/1"; the schema asks for exactly that.

    Raises TypeError where a field has a type that JSON has no place for.
    """
    parts: dict[str, Any] = {}
    whole = _describe(kind, parts)
    parts[kind.__name__]["properties"]["schema"] = {"const": name}
    return {
        "$schema": DIALECT,
        "$id": f"urn:{name.replace('/', ':')}",
        "title": name,
        **whole,
        "$defs": parts,
    }


def _describe(kind: Any, parts: dict[str, Any]) -> dict[str, Any]:
    """The schema of one type; dataclasses are written into `parts` once and referred to."""
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if kind is NoneType:
        return {"type": "null"}
    if kind is date:
        return {"type": "string", "format": "date"}
    if kind in (Any, object):
        return {}
    if isinstance(kind, type) and is_dataclass(kind):
        if kind.__name__ not in parts:
            parts[kind.__name__] = {}
            parts[kind.__name__] = _describe_dataclass(kind, parts)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return _describe_generic(kind, parts)


def _describe_generic(kind: Any, parts: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (UnionType, Union):
        return {"anyOf": [_describe(part, parts) for part in arguments]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple and arguments[-1] is not Ellipsis:
        size = len(arguments)
        items = [_describe(part, parts) for part in arguments]
        return {"type": "array", "prefixItems": items, "minItems": size, "maxItems": size}
    if origin in (tuple, list, Sequence):
        return {"type": "array", "items": _describe(arguments[0], parts)}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": _describe(arguments[1], parts)}
    raise TypeError(f"{kind} has no place in a document")


def _describe_dataclass(kind: type[Any], parts: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    written = {key_of(part): _describe(hints[part.name], parts) for part in fields(kind)}
    # Fields with a default may be missing from documents of earlier engines.
    needed = [
        key_of(part) for part in fields(kind) if part.default is MISSING and part.default_factory is MISSING
    ]
    said = inspect.cleandoc(kind.__doc__ or "").splitlines()
    head = {"description": said[0]} if said and not said[0].startswith(f"{kind.__name__}(") else {}
    return {
        **head,
        "type": "object",
        "properties": written,
        "required": needed,
        "additionalProperties": False,
    }
