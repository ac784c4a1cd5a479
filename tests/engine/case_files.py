"""Cases worked by hand: a file for each estimate in `cases`, each case saying in `desc` how it was worked."""

import json
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).with_name("cases")
Case = dict[str, Any]


def every_case(estimate: str) -> list[Case]:
    """All cases of an estimate, in whichever of its files they are and however they are grouped there."""
    found: list[Case] = []
    files = [file for file in CASES.glob("*.json") if file.stem.split("_")[0] == estimate]
    waiting = [json.loads(file.read_text()) for file in files]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict) and "desc" in part:
            found.append(part)
        else:
            waiting += part.values() if isinstance(part, dict) else part
    return found


def cases(estimate: str, of: str = "") -> pytest.MarkDecorator:
    """Run a test on each case of an estimate's file; with `of`, on those of one function."""
    listed = [
        case for case in json.loads((CASES / f"{estimate}.json").read_text()) if not of or case["of"] == of
    ]
    assert listed, (estimate, of)
    return pytest.mark.parametrize("case", listed, ids=lambda case: case["desc"][:40])
