"""The opinion map as callers rely on it: honest outcomes, the same bytes, and one person's place."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massline.engine import opinion
from massline.engine.opinion.map_schema import restore_map
from massline.engine.result_documents import canonical_bytes, to_json
from massline.engine.votes import VoteTable
from tests.engine.opinion.conversations import Row, nothing, one_cloud, real_rows, real_table, two_camps

ROOT = Path(__file__).parents[3]


def drawn(rows: list[Row], *, seed: int = 7) -> dict[str, Any]:
    """The document of a map."""
    estimate = opinion.estimate(VoteTable.from_rows(rows), seed=seed)
    return to_json(opinion.document(estimate, participants=True))


def test_two_camps_are_found_as_two_groups() -> None:
    found = opinion.estimate(VoteTable.from_rows(two_camps(160, 40, seed=3)), seed=1)
    assert isinstance(found.outcome, opinion.Groups)
    assert len(found.outcome.partition.centers) == 2
    assert found.dimensions is not None
    assert found.dimensions.real >= 1
    assert found.outcome.membership.mean() > 0.9


def test_people_who_differ_by_degrees_are_a_spectrum() -> None:
    found = opinion.estimate(VoteTable.from_rows(one_cloud(200, 40, seed=4)), seed=1)
    assert isinstance(found.outcome, opinion.Spectrum)
    assert found.dimensions is not None
    assert found.dimensions.real >= 1


def test_votes_with_nothing_in_common_have_no_dimension() -> None:
    found = opinion.estimate(VoteTable.from_rows(nothing(150, 30, seed=5)), seed=1)
    assert isinstance(found.outcome, opinion.Spectrum)
    assert found.dimensions is not None
    assert found.dimensions.real == 0


def test_nine_people_are_not_enough_and_the_statements_are_still_counted() -> None:
    doc = drawn(two_camps(9, 20, seed=2))
    assert doc["result"]["result"] == "not_enough"
    assert doc["result"]["not_enough"] == {"have": 9, "need": 10, "what": "participants"}
    assert doc["result"]["statements"][0]["seen"] > 0
    assert "points" not in doc["result"]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("amal", 1, 1)],
        [("amal", 1, 1), ("amal", 1, 1)],
        [(f"p{i}", s, 1) for i in range(30) for s in range(10)],
        [(i, 1, 1 if i % 2 else -1) for i in range(40)],
        [("🦊", "القسم", 1), ("‏بيا", "🏭", -1), ("", "", 0)],
    ],
    ids=["empty", "one vote", "the same vote twice", "all agree", "one statement", "any script"],
)
def test_odd_conversations_give_an_honest_document(rows: list[Row]) -> None:
    doc = drawn(rows)
    assert json.loads(canonical_bytes(doc)) == doc
    assert doc["result"]["result"] in ("spectrum", "not_enough")
    assert doc["rests_on"]["votes"] == len({(p, s) for p, s, _ in rows})


def test_a_million_people_who_all_agree_are_one_spectrum() -> None:
    people = np.arange(10**6)
    table = VoteTable.from_arrays(people, np.zeros_like(people), np.ones(10**6, np.int8))
    found = opinion.estimate(table, seed=1)
    assert isinstance(found.outcome, opinion.Spectrum)
    assert found.statements.overall.agree.tolist() == [10**6]


def test_the_document_has_the_agreed_keys() -> None:
    rows = real_rows("austria-climate.5twd2jsnkf.2022-08-08")
    found = opinion.estimate(VoteTable.from_rows(rows), seed=3)
    doc = to_json(opinion.document(found, texts={1: "first"}, participants=True))
    assert doc["schema"] == "massline.opinion/1"
    assert doc["rests_on"] == {"participants": 1116, "statements": 522, "votes": 61_384}
    assert doc["result"]["dimensions"].keys() >= {"real", "eigenvalues", "null"}
    assert doc["result"]["groups"][0].keys() >= {"id", "size", "share", "representative"}
    statement = next(row for row in doc["result"]["statements"] if row["id"] == 1)
    assert statement["text"] == "first"
    assert statement.keys() >= {
        *("id", "text", "seen", "agree", "disagree", "pass", "agree_interval", "consensus", "divisive"),
        *("bridging", "by_group", "mean", "loading"),
    }
    assert doc["result"]["participants"][0].keys() == {"id", "x", "y", "group", "membership"}
    assert len(doc["result"]["points"]) == 1116
    assert "participants" not in to_json(opinion.document(found))["result"]


def test_counts_add_up_over_groups() -> None:
    found = opinion.estimate(VoteTable.from_rows(two_camps(160, 40, seed=3)), seed=1)
    table = found.statements
    everyone = np.isin(np.arange(160), found.placed).all()
    assert everyone
    assert (table.by_group.seen.sum(axis=0) == table.overall.seen).all()
    assert (table.overall.low <= table.overall.agree / table.overall.seen).all()
    assert (table.overall.agree / table.overall.seen <= table.overall.high).all()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.integers(0, 3))
def test_the_same_votes_in_any_order_give_the_same_bytes(shuffle: random.Random, seed: int) -> None:
    rows = two_camps(60, 15, seed=seed)
    mixed = rows.copy()
    shuffle.shuffle(mixed)
    assert canonical_bytes(drawn(rows)) == canonical_bytes(drawn(mixed))


def test_another_process_with_other_threads_gives_the_same_bytes() -> None:
    script = (
        "import sys; from tests.engine.opinion.conversations import real_rows;"
        "from massline.engine import opinion; from massline.engine.result_documents import canonical_bytes, to_json;"
        "from massline.engine.votes import VoteTable; rows = real_rows('scoop-hivemind.biodiversity');"
        "rows = rows if sys.argv[1] == '1' else sorted({(p, s): (p, s, v) for p, s, v in rows}.values());"
        "drawn = opinion.estimate(VoteTable.from_rows(rows), seed=1);"
        "doc = to_json(opinion.document(drawn, participants=True));"
        "doc['left_out'].pop('votes_replaced_by_a_later_vote'); sys.stdout.buffer.write(canonical_bytes(doc))"
    )
    drawn_by = [
        subprocess.run(
            [sys.executable, "-c", script, threads],
            env={**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    ]
    assert drawn_by[0] == drawn_by[1]
    assert len(drawn_by[0]) > 10_000


def test_importing_the_map_is_light() -> None:
    script = "import sys, massline.engine.opinion; print(*sorted(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split()
    assert "numpy" in loaded
    assert not {"scipy", "sklearn", "django", "pandas"} & set(loaded)


def test_a_person_is_placed_as_the_map_placed_them() -> None:
    table = real_table("brexit-consensus")
    drawn = opinion.document(opinion.estimate(table, seed=1), participants=True)
    drawn = restore_map(json.loads(canonical_bytes(drawn)))
    assert drawn.result.participants is not None
    for at, person in enumerate(drawn.result.participants):
        votes = {
            table.statements.tolist()[j]: v
            for j, v in zip(
                table.statement[table.start[at] : table.start[at + 1]].tolist(),
                table.value[table.start[at] : table.start[at + 1]].tolist(),
                strict=True,
            )
        }
        found = opinion.place_participant(drawn, votes)
        if len(votes) < 7:
            assert found == opinion.NotEnough(len(votes), 7, what="votes")
            continue
        assert not isinstance(found, opinion.NotEnough)
        assert found[:2] == pytest.approx((person.x, person.y), abs=1e-6)
        assert found[2] == person.group


def test_placing_ignores_unknown_statements_and_refuses_unknown_votes() -> None:
    doc = restore_map(drawn(two_camps(60, 15, seed=1)))
    votes: dict[int | str, int] = dict.fromkeys(range(15), 1)
    assert opinion.place_participant(doc, votes) == opinion.place_participant(doc, {**votes, "gone": 1})
    assert opinion.place_participant(doc, {"gone": 1}) == opinion.NotEnough(0, 7, what="votes")
    with pytest.raises(ValueError, match="must be"):
        opinion.place_participant(doc, {**votes, 3: 2})
