"""Dimensions and positions are exact: by hand, against scikit-learn, and from integer sums alone."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA

from massline.engine.opinion.eigenpairs import fixed_start, leading_pairs
from massline.engine.opinion.pca import principal_axes, principal_axes_of_tally
from massline.engine.opinion.projection import project_people, sketch_map
from massline.engine.votes import Tally, VoteTable
from tests.engine.opinion.conversations import real_names, real_rows, real_table, two_camps

CASES = json.loads((Path(__file__).parents[1] / "cases" / "opinion.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["desc"][:40])
def test_worked_by_hand(case: dict[str, Any]) -> None:
    chart = project_people(VoteTable.from_rows([tuple(row) for row in case["rows"]]), count=2)
    assert chart.axes.means == pytest.approx(case["means"])
    assert chart.axes.eigenvalues[0] == pytest.approx(case["eigenvalue"], abs=1e-12)
    assert chart.axes.total == pytest.approx(case["total"], abs=1e-12)
    if case["eigenvalue"]:
        assert chart.axes.loadings[0] == pytest.approx(case["loading"], abs=1e-12)
    assert chart.places[:, 0] == pytest.approx(case["places"], abs=1e-12)


@pytest.mark.parametrize("name", ["brexit-consensus", "vtaiwan.uberx", "scoop-hivemind.biodiversity"])
def test_components_equal_a_full_decomposition_of_the_imputed_matrix(name: str) -> None:
    table = real_table(name)
    dense = np.full(table.shape, np.nan)
    dense[table.voter, table.statement] = table.value
    means = np.nanmean(dense, axis=0)
    reference = PCA(n_components=3, svd_solver="full").fit(np.where(np.isnan(dense), means, dense))
    axes, _ = principal_axes(table, count=3)
    assert axes.eigenvalues == pytest.approx(reference.explained_variance_, rel=1e-9)
    assert axes.explained == pytest.approx(reference.explained_variance_ratio_, rel=1e-9)
    turn = np.sign((axes.loadings * reference.components_).sum(axis=1))
    assert np.abs(axes.loadings * turn[:, None] - reference.components_).max() < 1e-9


@pytest.mark.parametrize("name", [n for n in real_names() if not n.startswith("austria-climate.2vk")])
def test_integer_sums_give_the_same_dimensions(name: str) -> None:
    rows = real_rows(name)
    table = VoteTable.from_rows(rows)
    from_votes, _ = principal_axes(table, count=2)
    from_sums = principal_axes_of_tally(Tally.from_table(table), count=2)
    assert from_sums.eigenvalues == pytest.approx(from_votes.eigenvalues, rel=1e-9)
    assert from_sums.total == pytest.approx(from_votes.total, rel=1e-9)
    assert np.abs(from_sums.loadings - from_votes.loadings).max() < 1e-8


def test_a_new_vote_moves_a_warm_map_to_where_a_cold_one_stands() -> None:
    rows = two_camps(120, 30, seed=1)
    before = sketch_map(VoteTable.from_rows(rows[:-5], statements=range(30)), seed=1)
    table = VoteTable.from_rows(rows)
    warm, cold = sketch_map(table, seed=1, after=before), sketch_map(table, seed=1)
    assert np.abs(warm.chart.places - cold.chart.places).max() < 1e-9
    assert warm.partition is not None
    assert cold.partition is not None
    assert warm.partition.labels.tolist() == cold.partition.labels.tolist()


def test_weights_count_people_that_often() -> None:
    rows = two_camps(40, 12, seed=5)
    heavy = dict.fromkeys(range(0, 40, 4), 3.0)
    doubled = rows + [(f"{p}-{c}", s, v) for p, s, v in rows if p in heavy for c in range(2)]
    weighted, _ = principal_axes(VoteTable.from_rows(rows, weights=heavy), count=2)
    copied, _ = principal_axes(VoteTable.from_rows(doubled), count=2)
    assert weighted.means == pytest.approx(copied.means)
    assert np.abs(weighted.loadings - copied.loadings).max() < 1e-9


def test_flipping_every_vote_mirrors_the_map() -> None:
    rows = two_camps(60, 15, seed=2)
    one = project_people(VoteTable.from_rows(rows), count=2)
    other = project_people(VoteTable.from_rows([(p, s, -v) for p, s, v in rows]), count=2)
    assert one.axes.eigenvalues == pytest.approx(other.axes.eigenvalues)
    assert np.abs(one.places) == pytest.approx(np.abs(other.places), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(1, 6), st.integers(0, 10**6))
def test_leading_pairs_match_numpy(size: int, count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(size, max(1, size // 2)))
    matrix = root @ root.T
    pairs = leading_pairs(lambda block: matrix @ block, fixed_start(size, count), count)
    expected = np.linalg.eigvalsh(matrix)[::-1][: min(count, size)]
    assert pairs.values == pytest.approx(np.maximum(expected, 0), abs=1e-8 * max(1.0, expected[0]))
    assert np.abs(pairs.vectors @ pairs.vectors.T - np.eye(len(pairs.vectors))).max() < 1e-8


def test_a_search_that_cannot_end_says_so() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ArithmeticError, match="no convergence"):
        leading_pairs(lambda block: rng.normal(size=block.shape), fixed_start(50, 2), 2, most_passes=5)
