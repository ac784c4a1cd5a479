"""Stored documents come back as frozen dataclasses, whole or not at all."""

from dataclasses import dataclass, field

import pytest

from massline.engine import opinion
from massline.engine.documents import canonical, restore
from massline.engine.opinion.map_document import restore_map
from massline.engine.votes import VoteTable
from tests.engine.opinion.conversations import one_cloud, two_camps


@dataclass(frozen=True)
class Part:
    """A part with a key that is no name in Python, and one that came later."""

    passed: int = field(metadata={"key": "pass"})
    pair: tuple[float, float]
    names: tuple[str, ...] = ()
    inner: "Part | None" = None


def test_a_part_is_read_with_its_keys_its_defaults_and_its_parts() -> None:
    written = {"pass": 3, "pair": [0.5, 1.0], "inner": {"pass": 1, "pair": [0, 0], "names": ["a"]}}
    assert restore(Part, written) == Part(3, (0.5, 1.0), (), Part(1, (0, 0), ("a",)))


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ({"pass": 3}, "lacks pair"),
        ({"pass": 3, "pair": [0, 1], "other": 1}, "knows no other"),
        ({"pass": 3, "pair": [0, 1, 2]}, "longer"),
    ],
)
def test_a_document_that_is_not_whole_is_refused(written: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        restore(Part, written)


@pytest.mark.parametrize(
    "rows", [two_camps(60, 12, seed=1), one_cloud(40, 10, seed=1), two_camps(4, 5, seed=1)]
)
def test_every_kind_of_map_is_read_back(rows: list[tuple[str, int, int]]) -> None:
    document = opinion.document(opinion.estimate(VoteTable.from_rows(rows), seed=1), participants=True)
    read = restore_map(document)
    assert read.result.result == document["result"]["result"]
    assert [answers.seen for answers in read.result.statements] == [
        row["seen"] for row in document["result"]["statements"]
    ]
    assert [group.size for group in read.result.groups] == [
        row["size"] for row in document["result"]["groups"]
    ]
    assert canonical(document)


def test_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match=r"massline\.opinion/1"):
        restore_map({"schema": "massline.mood/1"})
