"""A hundred thousand people or a hundred million votes: the same map, whatever the machines."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dask
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massline.engine.opinion import Groups
from massline.engine.opinion import estimate as estimate_opinion
from massline.engine.opinion.pca import principal_axes
from massline.engine.scale import ScaledOpinion, estimate, find_partitions, split_votes, tally_votes
from massline.engine.votes import Tally, VoteTable

Columns = tuple[Any, Any, Any]


def camps(people: int = 400, statements: int = 30, *, seed: int = 1) -> Columns:
    """Two camps, half the statements seen by each person, and a few votes changed later."""
    draw = np.random.default_rng(seed)
    who = np.repeat(np.arange(people) * 7 - 50, statements)
    which = np.tile(np.arange(statements) * 3, people)
    agrees = (who % 2 == 0) == (which % 2 == 0)
    value = np.where(draw.random(len(who)) < 0.15, 0, np.where(agrees, 1, -1))
    seen = draw.random(len(who)) < 0.5
    again = draw.choice(np.flatnonzero(seen), 50)
    order = np.concatenate([draw.permutation(np.flatnonzero(seen)), again])
    return who[order], which[order], np.concatenate([value[order[:-50]], -value[again]])


def written(path: Path, columns: Columns) -> Path:
    who, which, value = columns
    pq.write_table(pa.table({"participant": who, "statement": which, "value": value.astype(np.int8)}), path)
    return path


def scaled(folder: Path, columns: Columns, parts: int, **options: Any) -> ScaledOpinion:
    split_votes([written(folder / "votes.parquet", columns)], folder / f"p{parts}", parts=parts)
    with dask.config.set(scheduler="synchronous"):
        return estimate(folder / f"p{parts}", seed=3, **options)


def test_sums_over_partitions_are_the_integers_of_one_machine(tmp_path: Path) -> None:
    table = VoteTable.from_arrays(*camps())
    found = scaled(tmp_path, camps(), 7)
    assert found.tally == Tally.from_table(table)
    assert (found.people, found.votes, found.replaced) == (table.shape[0], table.votes, table.replaced)
    assert found.statements.tolist() == table.statements.tolist()


def test_the_number_of_partitions_changes_no_bit(tmp_path: Path) -> None:
    one, many = scaled(tmp_path, camps(), 1), scaled(tmp_path, camps(), 11)
    assert one.tally == many.tally
    assert one.axes.loadings.tobytes() == many.axes.loadings.tobytes()
    assert one.centers.tobytes() == many.centers.tobytes()
    assert one.by_group.tolist() == many.by_group.tolist()


def test_dimensions_and_places_are_those_of_one_machine(tmp_path: Path) -> None:
    table = VoteTable.from_arrays(*camps())
    found = scaled(tmp_path, camps(), 5, places=tmp_path / "places")
    axes, _ = principal_axes(table, count=2)
    assert np.abs(found.axes.loadings - axes.loadings).max() < 1e-9
    assert np.abs(found.axes.eigenvalues / axes.eigenvalues - 1).max() < 1e-9
    rows = pa.concat_tables(pq.read_table(p) for p in sorted((tmp_path / "places").iterdir())).sort_by(
        "participant"
    )
    whole = estimate_opinion(table, seed=3)
    assert rows["participant"].to_pylist() == table.participants.tolist()
    assert np.abs(rows["x"].to_numpy() - whole.places[:, 0]).max() < 1e-9


def test_groups_are_those_of_one_machine_and_everybody_is_counted(tmp_path: Path) -> None:
    table = VoteTable.from_arrays(*camps())
    found = scaled(tmp_path, camps(), 5)
    whole = estimate_opinion(table, seed=3)
    assert isinstance(found.outcome, Groups)
    assert isinstance(whole.outcome, Groups)
    assert sorted(found.sizes.tolist()) == sorted(whole.outcome.partition.sizes.tolist()) == [200, 200]
    assert found.by_group.sum() == table.votes


def test_a_cluster_may_run_the_tasks_in_any_order(tmp_path: Path) -> None:
    ran = []

    def backwards(tasks: Sequence[Any]) -> Sequence[Any]:
        ran.append(len(tasks))
        found = [task.compute(scheduler="synchronous") for task in reversed(tasks)]
        return found[::-1]

    assert scaled(tmp_path, camps(), 4, compute=backwards).tally == Tally.from_table(
        VoteTable.from_arrays(*camps())
    )
    assert ran == [4, 1, 1]


def test_a_missing_partition_is_not_taken_for_fewer_votes(tmp_path: Path) -> None:
    paths = split_votes([written(tmp_path / "votes.parquet", camps(40))], tmp_path / "p", parts=3)
    assert len(find_partitions(tmp_path / "p")) == 3
    paths[1].unlink()
    with pytest.raises(ValueError, match="2 partitions of 3"):
        find_partitions(tmp_path / "p")
    with pytest.raises(ValueError, match="holds no partitions"):
        find_partitions(tmp_path)


def test_partitions_that_share_a_person_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    for k in range(2):
        written(folder / f"part-{k:05d}-of-00002.parquet", camps(20))
    with pytest.raises(ValueError, match="people of another"), dask.config.set(scheduler="synchronous"):
        estimate(folder, seed=1)


def test_what_is_no_vote_is_named(tmp_path: Path) -> None:
    good = (np.array([1, 2]), np.array([1, 1]), np.array([1, 2]))
    with pytest.raises(ValueError, match=r"votes\.parquet, row 2: a vote is \+1, 0 or -1, got 2"):
        split_votes([written(tmp_path / "votes.parquet", good)], tmp_path / "p", parts=2)
    pq.write_table(
        pa.table({"participant": ["amal"], "statement": [1], "value": [1]}), tmp_path / "names.parquet"
    )
    with pytest.raises(ValueError, match="participant must hold whole numbers"):
        split_votes([tmp_path / "names.parquet"], tmp_path / "q", parts=2)
    with pytest.raises(ValueError, match="at least one partition"):
        split_votes([], tmp_path / "q", parts=0)


rows = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(-1, 1)), max_size=60)


@given(rows)
@settings(max_examples=60, deadline=None)
def test_one_product_gives_the_integers_of_three(listed: list[tuple[int, int, int]]) -> None:
    table = VoteTable.from_rows(listed, statements=range(6))
    assert tally_votes(table) == Tally.from_table(table)


def test_digits_do_not_overflow_when_many_say_the_same() -> None:
    people = 40_000
    for value in (1, -1):
        table = VoteTable.from_arrays(
            np.repeat(np.arange(people), 3), np.tile(np.arange(3), people), np.full(3 * people, value)
        )
        assert tally_votes(table).a.tolist() == [[people] * 3] * 3
        assert tally_votes(table).b.tolist() == [[value * people] * 3] * 3
