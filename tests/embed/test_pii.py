"""Flags for personal data: e-mail and phone in any script; names only for review."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from massline.embed.pii import flags
from massline.embed.pii.flags import Flag, find_flags, to_western_digits

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "pii.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["desc"])
def test_case(case: dict[str, Any]) -> None:
    found: dict[str, list[str]] = {}
    for flag in find_flags(case["text"], names=case.get("names", ())):
        if flag.sure or "name" in case["found"]:
            found.setdefault(flag.kind, []).append(case["text"][flag.start : flag.end])
    assert found == case["found"]


def test_every_email_and_phone_of_the_small_set_is_found_and_nothing_else(shared: Path) -> None:
    lines = (shared / "data" / "themes" / "pii-mini" / "pii.jsonl").read_text().splitlines()
    wanted: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for row in map(json.loads, lines):
        flags = find_flags(row["text"], language=row["lang"])
        for start, end, kind in row["spans"]:
            wanted[kind] += 1
            hit[kind] += any(
                flag.kind == kind.lower() and flag.start <= start + 1 and flag.end >= end - 1
                for flag in flags
            )
        for flag in flags:
            assert any(flag.start < end and start < flag.end for start, end, _ in row["spans"]), row["text"]
    assert hit["PHONE"] == wanted["PHONE"] == 58
    assert hit["EMAIL"] == wanted["EMAIL"] == 12
    assert hit["NAME"] >= 0.65 * wanted["NAME"]


def test_a_name_is_a_guess_and_says_so() -> None:
    assert find_flags("Then Maria Lopez of block C spoke") == (Flag(5, 16, "name", sure=False),)
    assert find_flags("Der Neue Aufzug Der Stadt", language="de") == ()
    assert find_flags("RENT STRIKE NOW") == ()


def test_flags_point_into_the_text_as_written() -> None:
    text = "اتصلوا على ٠٥٠١٢٣٤٥٦٧ أو a@b.example"
    assert len(to_western_digits(text)) == len(text)
    assert [text[flag.start : flag.end] for flag in find_flags(text)] == ["٠٥٠١٢٣٤٥٦٧", "a@b.example"]


def test_one_stretch_is_flagged_once() -> None:
    flags = find_flags("write to maria.lopez@example.org or https://example.org/@maria")
    assert [flag.kind for flag in flags] == ["email", "link"]


def test_addresses_are_searched_for_in_steps_that_do_not_grow_with_the_text() -> None:
    """Each pattern that begins with a run of signs bounds it, so that a long line of one sign is read once."""
    for pattern in (flags._EMAIL, flags._EMAIL_ANY_SCRIPT, flags._EMAIL_SPELT, flags._BARE_LINK):
        before_mark = re.split(r"@|at\\s|com", pattern.pattern)[0]
        assert not re.search(r"\][+*]", before_mark), pattern.pattern
    longest = "a" * 64 + "@post.example"
    assert [flag.kind for flag in find_flags(f"Write to {longest} soon")] == ["email"]
    assert [flag.kind for flag in find_flags("-" * 5_000 + " see " + "x" * 63 + ".example.org")] == ["link"]
