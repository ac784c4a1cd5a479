"""Names and numbers of people and statements never matter, not even where the outcome stands near its border."""

import random
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massline.engine import opinion
from massline.engine.opinion.canonical_order import canonical_order
from massline.engine.result_documents import canonical_bytes, to_json
from massline.engine.votes import Id, VoteTable
from tests.engine.opinion.conversations import Row, cast, one_cloud, two_camps

Names = dict[Id, Id]


def near_the_border(seed: int) -> list[Row]:
    """Camps so blurred that they are called groups about half the time."""
    rng = np.random.default_rng(seed)
    place = np.where(rng.random(80) < 0.5, 1.0, -1.0) + rng.normal(0, 0.4, 80)
    return cast(place, rng.normal(0, 1.6, 14), rng.normal(0, 0.4, 14), rng)


def renamed(rows: list[Row], shuffle: random.Random) -> tuple[list[Row], Names, Names]:
    """The same votes with other names in another order, and the way back from each new name."""
    people, statements = sorted({r[0] for r in rows}), sorted({r[1] for r in rows})
    fresh_people: list[int | str] = [f"p{n:03}" for n in range(len(people))]
    fresh_statements: list[int | str] = list(range(500, 500 + len(statements)))
    shuffle.shuffle(fresh_people)
    shuffle.shuffle(fresh_statements)
    who, which = (
        dict(zip(people, fresh_people, strict=True)),
        dict(zip(statements, fresh_statements, strict=True)),
    )
    mixed = [(who[p], which[s], v) for p, s, v in rows]
    shuffle.shuffle(mixed)
    return mixed, {v: k for k, v in who.items()}, {v: k for k, v in which.items()}


def told(table: VoteTable, people: Names, statements: Names) -> dict[str, Any]:
    """A map as a document under the first names. People with equal ballots may change places, and statements
    with equal columns: both go by the first name that has them.
    """
    doc = to_json(opinion.document(opinion.estimate(table, seed=5), participants=True))
    result = doc["result"]
    columns: dict[Id, list[tuple[Id, int]]] = {}
    ballots: dict[Id, list[tuple[Id, int]]] = {}
    for voter, statement, value in zip(table.voter, table.statement, table.value.tolist(), strict=True):
        who, which = table.participants.tolist()[voter], table.statements.tolist()[statement]
        columns.setdefault(which, []).append((people[who], value))
        ballots.setdefault(who, []).append((statements[which], value))
    alike = first_alike(columns, statements)
    equal = first_alike(ballots, people)
    for row in result["statements"]:
        row["id"] = alike[row["id"]]
    for row in result["participants"]:
        row["id"] = equal[row["id"]]
    for group in result["groups"]:
        group["representative"] = sorted(alike[s] for s in group["representative"])
    for rows in (result["statements"], result["participants"]):
        rows.sort(key=lambda row: (row["id"], canonical_bytes(row)))
    return doc


def first_alike(votes: dict[Id, list[tuple[Id, int]]], names: Names) -> Names:
    """The first name with the same votes, for each."""
    first: dict[str, Id] = {}
    for name in sorted(votes, key=lambda name: names[name]):
        first.setdefault(repr(sorted(votes[name])), names[name])
    return {name: first[repr(sorted(cast_))] for name, cast_ in votes.items()}


def same(rows: list[Row]) -> Names:
    """Everybody's own name."""
    return {name: name for row in rows for name in row[:2]}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.integers(0, 5), st.sampled_from(["border", "cloud", "camps"]))
def test_renaming_changes_nothing(shuffle: random.Random, seed: int, world: str) -> None:
    worlds: dict[str, Callable[[], list[Row]]] = {
        "border": lambda: near_the_border(seed),
        "cloud": lambda: one_cloud(60, 12, seed=seed),
        "camps": lambda: two_camps(60, 12, seed=seed),
    }
    rows = worlds[world]()
    mixed, people, statements = renamed(rows, shuffle)
    first = told(VoteTable.from_rows(rows), same(rows), same(rows))
    assert told(VoteTable.from_rows(mixed), people, statements) == first


def test_weights_and_equal_ballots_do_not_stand_in_the_way() -> None:
    rng = random.Random(4)
    rows: list[Row] = [(p, s, 1 if (p % 3 == 0) == (s % 2 == 0) else -1) for p in range(60) for s in range(8)]
    rows += [(p, 8, p % 2) for p in range(60)]
    weights = {p: 0.1 + (p % 3) * 0.37 + (p % 2) / 7 for p in range(60)}
    mixed, people, statements = renamed(rows, rng)
    first = told(VoteTable.from_rows(rows, weights=weights), same(rows), same(rows))
    again = VoteTable.from_rows(mixed, weights={name: weights[int(p)] for name, p in people.items()})
    assert told(again, people, statements) == first


def test_a_large_conversation_is_tried_on_the_same_people_whatever_they_are_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_module("massline.engine.opinion.estimate"), "MOST_TRIAL_VOTES", 2_400)
    rows = two_camps(400, 20, seed=2, sharp=2.5)
    mixed, people, _ = renamed(rows, random.Random(1))
    one = opinion.estimate(VoteTable.from_rows(rows), seed=1)
    other = opinion.estimate(VoteTable.from_rows(mixed), seed=1)
    assert isinstance(one.outcome, opinion.Groups)
    assert isinstance(other.outcome, opinion.Groups)
    assert one.outcome.separation is not None
    assert other.outcome.separation is not None
    assert asdict(one.outcome.separation) == asdict(other.outcome.separation)
    assert one.outcome.separation.people < 260
    back = np.argsort([int(people[name]) for name in other.table.participants.tolist()])
    assert (other.labels[back] == one.labels).all()
    assert np.abs(other.places[back] - one.places).max() < 1e-9


def test_a_large_conversation_keeps_what_is_predicted_beside_the_statement_it_is_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_module("massline.engine.opinion.estimate"), "MOST_TRIAL_VOTES", 1_500)
    rng = random.Random(3)
    rates = [0.05 + 0.9 * rng.random() for _ in range(20)]
    rows = [
        (p, s, 1 if rng.random() < rates[s] else -1)
        for p in range(200)
        for s in range(20)
        if rng.random() < 0.6
    ]
    found = opinion.estimate(VoteTable.from_rows(rows), seed=1)
    assert found.predictor is not None
    assert found.common is not None
    for said in (found.common.share, found.predictor.agrees.statements.mean[:, 0]):
        assert np.corrcoef(said, rates)[0, 1] > 0.9


def test_an_order_is_a_renaming_and_restores_the_votes() -> None:
    table = VoteTable.from_rows(near_the_border(3))
    order = canonical_order(table)
    ordered = order.applied(table)
    assert sorted(order.people.tolist()) == list(range(table.shape[0]))
    assert sorted(order.statements.tolist()) == list(range(table.shape[1]))
    again = VoteTable.from_arrays(
        ordered.participants[ordered.voter].tolist(),
        ordered.statements[ordered.statement].tolist(),
        ordered.value,
    )
    assert (again.start == table.start).all()
    assert (again.statement == table.statement).all()
    assert (again.value == table.value).all()
