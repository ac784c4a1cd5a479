"""Votes of two sides, and the document that the command makes of them."""

import json
import random
from pathlib import Path
from typing import Any

from tests.files.command import Cells, run


def two_sides(people: int = 60, statements: int = 9) -> list[Cells]:
    draw = random.Random(3)
    return [
        (f"p{p}", s, (1 if (p % 2 == 0) == (s % 3 > 0) else -1) if draw.random() < 0.9 else 0)
        for p in range(people)
        for s in range(statements)
        if draw.random() < 0.9
    ]


def document(source: Path, folder: Path, *options: object) -> dict[str, Any]:
    out = folder / "out.json"
    result = run("opinion", source, "--json", out, *options)
    assert result.exit_code == 0, result.output
    loaded: dict[str, Any] = json.loads(out.read_bytes())
    return loaded
