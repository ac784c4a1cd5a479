"""The one shape every estimate leaves the engine in: a versioned, canonical JSON document."""

import json
from collections.abc import Mapping
from typing import Any

from massline.engine import ENGINE_VERSION


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
    """Give the bytes of a document: sorted keys, no spaces, no NaN, UTF-8.

    Raises ValueError where a number is not finite: a document never carries NaN.
    """
    return json.dumps(
        doc, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()
