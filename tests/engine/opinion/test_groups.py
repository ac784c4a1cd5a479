"""Groups are named only where they stand apart and come back; a cloud stays a cloud."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from massline.engine import opinion
from massline.engine.opinion.groups import (
    QUICK,
    find_best_centres,
    find_partitions,
    move_centres_to_means,
    partition_by,
)
from massline.engine.opinion.permutation_null import Shuffler
from massline.engine.opinion.statement_results import statement_table
from massline.engine.votes import VoteTable
from tests.engine.opinion.conversations import nothing, one_cloud, real_table, two_camps

CASES = Path(__file__).parents[1] / "cases"


def test_a_cloud_is_called_groups_no_more_often_than_promised() -> None:
    """At a level of 5 %, 6 or more of 40 clouds would be a one in fifty accident."""
    found = [
        opinion.estimate(VoteTable.from_rows(one_cloud(120, 25, seed=s)), seed=s).outcome for s in range(40)
    ]
    assert sum(isinstance(outcome, opinion.Groups) for outcome in found) <= 5


def test_dimensions_are_found_in_chaos_no_more_often_than_promised() -> None:
    tables = [VoteTable.from_rows(nothing(100, 20, seed=s)) for s in range(40)]
    real = [opinion.estimate(table, seed=s).dimensions for s, table in enumerate(tables)]
    assert sum(found is not None and found.real > 0 for found in real) <= 6


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_camps_are_found_and_people_put_where_they_belong(share: float) -> None:
    hits = 0
    for seed in range(8):
        rng = np.random.default_rng(seed)
        camp = rng.random(160) < share
        table = VoteTable.from_rows(two_camps(160, 40, seed=seed, share=share))
        found = opinion.estimate(table, seed=seed)
        if isinstance(found.outcome, opinion.Groups) and len(found.outcome.partition.centers) == 2:
            hits += adjusted_rand_score(camp[found.placed], found.outcome.partition.labels) > 0.9
    assert hits >= 7


def test_shuffling_keeps_every_tally_and_every_ballot() -> None:
    table = real_table("brexit-consensus")
    shuffled = table.with_values(Shuffler(table).draw(np.random.default_rng(1)))
    assert (shuffled.counts == table.counts).all()
    assert (shuffled.value != table.value).any()


def test_k_means_is_as_tight_as_scikit_learn() -> None:
    rng = np.random.default_rng(3)
    points = np.concatenate([rng.normal(center, 0.6, (80, 2)) for center in ((0, 0), (3, 1), (-2, 3))])
    ours = move_centres_to_means(points, find_best_centres(points, 3, rng=rng, search=QUICK))
    theirs = KMeans(3, n_init=10, random_state=0).fit(points)
    assert ours[1] == pytest.approx(theirs.inertia_, rel=1e-3)
    labels = partition_by(points, ours[0]).labels
    assert adjusted_rand_score(labels, theirs.labels_) > 0.99


def test_a_group_too_small_to_be_one_is_not_offered() -> None:
    rng = np.random.default_rng(0)
    points = np.concatenate([rng.normal(0, 0.1, (96, 2)), rng.normal(50, 0.1, (4, 2))])
    assert 2 not in find_partitions(points, rng=rng)


def test_membership_is_less_sure_near_the_border_and_after_few_votes() -> None:
    found = opinion.estimate(real_table("austria-climate.5twd2jsnkf.2022-08-08"), seed=1)
    assert isinstance(found.outcome, opinion.Groups)
    sure = found.outcome.membership
    assert ((sure >= 1 / len(found.outcome.partition.centers)) & (sure <= 1)).all()
    votes = found.table.votes_each[found.placed]
    assert sure[votes > np.quantile(votes, 0.8)].mean() > sure[votes < np.quantile(votes, 0.2)].mean()


@pytest.mark.parametrize(
    "case", json.loads((CASES / "opinion_statements.json").read_text()), ids=lambda case: case["desc"][:40]
)
def test_statements_worked_by_hand(case: dict[str, Any]) -> None:
    table = VoteTable.from_rows([tuple(row) for row in case["votes"]])
    found = statement_table(table, np.array(case["groups"], np.int32), 2)
    assert found.by_group.seen.tolist() == case["seen"]
    assert found.by_group.agree.tolist() == case["agree"]
    assert found.consensus == pytest.approx(case["consensus"])


def test_representative_statements_are_those_that_set_a_group_apart() -> None:
    rows = [
        (i, s, (1 if i < 30 else -1) if s == 0 else (1 if (i * 7 + s * 13) % 5 else -1))
        for i in range(60)
        for s in range(12)
    ]
    labels = np.array([0] * 30 + [1] * 30, np.int32)
    found = statement_table(VoteTable.from_rows(rows), labels, 2)
    assert found.representative[0][0] == 0
    assert found.representative[1][0] == 0
    assert found.divisive.argmax() == 0
    assert found.bridging.argmin() == 0


def test_sections_are_counted_and_weights_widen_intervals() -> None:
    rows = two_camps(60, 10, seed=4)
    sections = {i: "night" if i % 3 else "day" for i in range(60)}
    weights = {i: 6.0 if i % 10 == 0 else 1.0 for i in range(60)}
    plain = VoteTable.from_rows(rows, sections=sections)
    weighted = VoteTable.from_rows(rows, sections=sections, weights=weights)
    nobody = np.full(60, -1, np.int32)
    by, heavy = statement_table(plain, nobody, 0), statement_table(weighted, nobody, 0)
    assert (by.by_section.seen.sum(axis=0) == by.overall.seen).all()
    assert (heavy.overall.seen == by.overall.seen).all()
    assert ((heavy.overall.high - heavy.overall.low).mean()) > (by.overall.high - by.overall.low).mean()
    document = opinion.document(opinion.estimate(weighted, seed=1))
    assert [row.section for row in document.result.statements[0].by_section] == ["day", "night"]


def test_too_few_draws_for_a_test_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 5 draws"):
        opinion.estimate(VoteTable.from_rows([(1, 1, 1)]), seed=1, draws=4)
