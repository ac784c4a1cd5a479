"""The parts of the estimate of themes, each against a case worked by hand or a plain rival."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from massline.engine.themes import (
    growth,
    language_means,
    louvain,
    neighbour_graph,
    neighbours,
    neighbours_ivf,
    stable_ids,
)
from massline.engine.themes.theme_tree import build_levels, mean_directions
from tests.engine.themes.worlds import unit


def _two_triangles() -> sparse.csr_array:
    edges = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
    rows, columns = np.array(edges + [(b, a) for a, b in edges]).T
    return sparse.coo_array((np.ones(len(rows), np.int64), (rows, columns)), shape=(6, 6)).tocsr()


def _modularity(joined: sparse.csr_array, labels_: np.ndarray, resolution: float) -> float:
    dense = joined.toarray().astype(float)
    degree, total = dense.sum(axis=1), dense.sum()
    same = labels_[:, None] == labels_
    return float(((dense - resolution * np.outer(degree, degree) / total) * same).sum() / total)


def test_two_triangles_joined_by_one_edge_are_two_communities() -> None:
    assert louvain.find_communities(_two_triangles(), resolution=1.0).tolist() == [0, 0, 0, 1, 1, 1]
    assert louvain.find_communities(_two_triangles(), resolution=0.05).tolist() == [0] * 6
    assert louvain.find_communities(_two_triangles(), resolution=20.0).tolist() == [0, 1, 2, 3, 4, 5]
    empty = sparse.csr_array((3, 3), dtype=np.int64)
    assert louvain.find_communities(empty, resolution=1.0).tolist() == [0, 1, 2]
    assert louvain.find_communities(sparse.csr_array((0, 0), dtype=np.int64), resolution=1.0).tolist() == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.5, 1.0, 3.0]))
def test_communities_are_never_worse_than_everyone_alone_or_all_together(
    seed: int, resolution: float
) -> None:
    rng = np.random.default_rng(seed)
    half = np.triu(rng.integers(0, 4, (14, 14)), 1)
    joined = sparse.csr_array(half + half.T)
    found = _modularity(joined, louvain.find_communities(joined, resolution=resolution), resolution)
    assert found >= _modularity(joined, np.arange(14), resolution) - 1e-12
    assert found >= _modularity(joined, np.zeros(14, int), resolution) - 1e-12


@pytest.mark.parametrize("dim", [3, 384, 4096])
def test_products_on_the_grid_are_whole_numbers_that_floats_hold_exactly(dim: int) -> None:
    rng = np.random.default_rng(1)
    grid = neighbours.round_to_grid(rng.standard_normal((20, dim)))
    exact = grid.astype(np.int64) @ grid.astype(np.int64).T
    assert np.array_equal((grid @ grid.T).astype(np.int64), exact)
    assert exact.max() < 2**24
    assert not neighbours.round_to_grid(np.zeros((1, dim))).any()


def test_neighbours_are_those_of_the_plain_search() -> None:
    rng = np.random.default_rng(2)
    grid = neighbours.round_to_grid(rng.standard_normal((1300, 24)))
    found, products = neighbours.find_nearest(grid, 5)
    plain = grid.astype(np.int64) @ grid.astype(np.int64).T
    np.fill_diagonal(plain, -(10**9))
    assert np.array_equal(np.sort(products, axis=1).astype(np.int64), np.sort(plain, axis=1)[:, -5:])
    assert np.array_equal(
        np.take_along_axis(plain, found.astype(np.int64), axis=1), products.astype(np.int64)
    )


def test_the_search_in_cells_finds_nearly_all_and_the_same_every_time() -> None:
    rng = np.random.default_rng(3)
    middles = rng.standard_normal((60, 24))
    grid = neighbours.round_to_grid(
        middles[rng.integers(0, 60, 12_000)] + 0.7 * rng.standard_normal((12_000, 24))
    )
    found, products = neighbours_ivf.find_nearest_in_cells(grid, 10, seed=5)
    exact, _ = neighbours.find_nearest(grid, 10)
    recall = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(found.tolist(), exact.tolist(), strict=True)])
    assert recall > 0.9
    again, same = neighbours_ivf.find_nearest_in_cells(grid, 10, seed=5)
    assert np.array_equal(found, again)
    assert np.array_equal(products, same)
    assert not (found == np.arange(12_000)[:, None]).any()


def test_shared_neighbours_count_both_ends_where_the_choice_is_mutual() -> None:
    joined = neighbour_graph.link_shared_neighbours(
        np.array([[1, 2], [0, 2], [0, 1], [0, 1]], np.int32)
    ).toarray()
    assert joined[0, 1] == 3  # 0, 1 and 2 are known to both
    assert joined[0, 3] == 2  # 0 and 1; nobody knows 3
    assert joined[2, 3] == 0
    assert np.array_equal(joined, joined.T)


def test_wording_breaks_ties_of_meaning() -> None:
    candidates = np.array([[3, 1, 2]], np.int32)
    equal = np.full((1, 3), 8_000_000, np.float32)
    alike = np.array([[0.0, 0.0, 0.9]], np.float32)
    assert neighbour_graph.choose_neighbours(candidates, equal, alike, k=2).tolist() == [[2, 1]]


def test_the_mean_of_each_large_language_goes() -> None:
    rng = np.random.default_rng(4)
    vectors = rng.standard_normal((130, 6)).astype(np.float32)
    codes = ["de"] * 60 + ["en"] * 60 + ["fr"] * 10
    vectors[:60] += 5
    moved = vectors.copy()
    overall = language_means.subtract_language_means(moved, codes)
    assert np.allclose(overall, vectors.mean(axis=0), atol=1e-5)
    assert np.allclose(moved[:60].mean(axis=0), 0, atol=1e-5)
    assert np.allclose(moved[60:120].mean(axis=0), 0, atol=1e-5)
    assert np.allclose(moved[120:], vectors[120:] - overall, atol=1e-5)


def test_levels_are_nested_and_get_coarser() -> None:
    rng = np.random.default_rng(6)
    cuts = build_levels(neighbours.round_to_grid(rng.standard_normal((50, 8))))
    assert [int(cut.max()) + 1 for cut in cuts] == [50, 13, 5]
    for lower, upper in pairwise(cuts):
        for theme in range(int(lower.max()) + 1):
            assert len(set(upper[lower == theme].tolist())) == 1
    assert [cut.tolist() for cut in build_levels(neighbours.round_to_grid(np.eye(3)))] == [[0, 1, 2]]
    assert mean_directions(neighbours.round_to_grid(np.eye(4)), np.array([0, 0, 1, 1])).shape == (2, 4)


def test_growth_compares_people_and_not_voices() -> None:
    early, late = date(2026, 3, 1), date(2026, 3, 20)
    day_of = {f"e{n}": early for n in range(40)} | {f"l{n}": late for n in range(40)}
    person_of = {voice: voice for voice in day_of}
    person_of |= {f"l{n}": "amal" for n in range(20)}
    shouted = [f"l{n}" for n in range(20)] + ["e0"]
    rising = [f"l{n}" for n in range(20, 40)] + ["e1"]
    loud, grew = growth.estimate_growth([shouted, rising], day_of=day_of, person_of=person_of, window_days=7)
    assert loud is not None
    assert grew is not None
    assert (loud.now, loud.before, loud.growing) == (1, 1, False)
    assert (grew.now, grew.before, grew.growing) == (20, 1, True)
    expected = np.log(20.5 / 1.5) - np.log(1.5 / 39.5)
    assert grew.log_odds == pytest.approx(expected, abs=1e-6)
    assert grew.low90 < grew.log_odds < grew.high90


def test_without_days_or_without_a_before_nothing_grows() -> None:
    nobody: dict[str, date] = {}
    assert growth.estimate_growth([["a"]], day_of=nobody, person_of={"a": "a"}, window_days=7) == [None]
    only_now = {"a": date(2026, 3, 1)}
    assert growth.estimate_growth([["a"]], day_of=only_now, person_of={"a": "a"}, window_days=7) == [None]


def test_a_fresh_name_depends_on_the_voices_and_never_meets_an_old_one() -> None:
    first, kept = stable_ids.assign_ids([["a", "b"], ["c"]], [], level=1)
    again, _ = stable_ids.assign_ids([["c"], ["a", "b"]], [], level=1)
    assert kept == [False, False]
    assert first == again[::-1]
    assert len(set(first)) == 2


def test_unit_directions_of_the_test_world_are_unit() -> None:
    assert np.linalg.norm(unit(np.array([[3.0, 4.0]], np.float32))) == pytest.approx(1)
