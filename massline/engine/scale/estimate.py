"""The opinion map over partitions, on one machine or many, by Dask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from massline.engine.not_enough import NotEnough
from massline.engine.opinion import Axes, Groups, Opinion, Spectrum
from massline.engine.opinion import estimate as estimate_opinion
from massline.engine.opinion.pca import centre_votes, people_positions, principal_axes_of_tally
from massline.engine.opinion.projection import least_votes_to_be_grouped
from massline.engine.scale.partitions import (
    Partition,
    count_votes,
    find_partitions,
    read_partition,
    read_statements,
    scatter_ids,
)
from massline.engine.scale.sparse_pairwise_tally import tally_votes
from massline.engine.votes import Tally, VoteTable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Compute = Callable[[Sequence[Any]], Sequence[Any]]

SAMPLE_VOTES = 1_000_000
_FAN_IN = 8


@dataclass(frozen=True, eq=False)
class ScaledOpinion:
    """A map of any number of votes.

    Attributes
    ----------
    people, votes, replaced : what it rests on, and votes that a later one of the same person replaced
    statements : ids, (M,)
    tally : integer sums over everybody
    axes : dimensions of everybody's votes
    sample : the honest estimate of a sample of whole people: which dimensions and groups are real
    centers : (k, 2) the groups' centres on everybody's map, k = 0 without groups
    sizes : (k,) people in each group
    by_group : (k, M, 3) disagreements, passes and agreements of each group
    """

    people: int
    votes: int
    replaced: int
    statements: Ints
    tally: Tally
    axes: Axes
    sample: Opinion
    centers: Floats
    sizes: Ints
    by_group: Ints

    @property
    def outcome(self) -> Groups | Spectrum | NotEnough:
        return self.sample.outcome


def estimate(
    folder: Path, *, seed: int, places: Path | None = None, compute: Compute | None = None
) -> ScaledOpinion:
    """Map the votes in a folder of partitions (see `split_votes`).

    Every partition is read three times: its statements, its sums, its people's places. Sums are merged by tree
    reduction and are the same integers as on one machine, whatever the partitions; places agree to 1e-9.
    Whether groups are real is judged on a sample of whole people of about a million votes, drawn by id, so it
    is the same sample whatever the partitions. Everybody is then put into the nearest group.

    Parameters
    ----------
    folder : partitions
    seed : for the sample and its trial
    places : folder to write everybody's place to, one Parquet file a partition: participant, x, y, group
    compute : runs a list of Dask tasks; by default `dask.compute`, which uses a cluster where one is connected

    Raises
    ------
    ValueError
        Where partitions are missing, mixed up, or share a person.
    """
    from dask.delayed import delayed

    run = compute or _dask
    parts = find_partitions(folder)
    statements = reduce(np.union1d, run([delayed(read_statements)(part) for part in parts]))
    share = min(1.0, SAMPLE_VOTES / max(sum(count_votes(part) for part in parts), 1))
    sums = [delayed(sum_partition)(part, statements, seed, share) for part in parts]
    total = run([_tree(sums)])[0]
    axes = principal_axes_of_tally(total.tally, count=2)
    sample = estimate_opinion(_table(total.sample, statements), seed=seed)
    centers = _centers(sample, axes)
    if places is not None:
        places.mkdir(parents=True, exist_ok=True)
    sides = [delayed(place_people)(part, statements, axes, centers, places) for part in parts]
    sizes, by_group = (
        run([_tree(sides)])[0] if len(centers) or places else (np.zeros(0, np.int64), _none(statements))
    )
    return ScaledOpinion(
        people=total.tally.people,
        votes=int(total.tally.seen.sum()),
        replaced=total.replaced,
        statements=statements,
        tally=total.tally,
        axes=axes,
        sample=sample,
        centers=centers,
        sizes=sizes,
        by_group=by_group,
    )


@dataclass(frozen=True, eq=False)
class PartitionSums:
    """Sums over one or more partitions; `sample` holds the columns participant, statement and value."""

    tally: Tally
    sample: Ints
    replaced: int

    def __add__(self, other: "PartitionSums") -> "PartitionSums":
        return PartitionSums(
            self.tally + other.tally, np.hstack([self.sample, other.sample]), self.replaced + other.replaced
        )


def sum_partition(part: Partition, statements: Ints, seed: int, share: float) -> PartitionSums:
    """Sum one partition and draw its part of the sample."""
    table = read_partition(part, statements)
    draw = scatter_ids(np.asarray(table.participants, np.int64) ^ np.int64(seed + 1)) / 2.0**64
    inside = np.flatnonzero(draw <= share)
    drawn = table.subset(inside)
    rows = np.vstack(
        [
            np.repeat(np.asarray(drawn.participants, np.int64), drawn.votes_each),
            drawn.statement.astype(np.int64),
            drawn.value.astype(np.int64),
        ]
    )
    return PartitionSums(tally_votes(table), rows, table.replaced)


def place_people(
    part: Partition, statements: Ints, axes: Axes, centers: Floats, places: Path | None
) -> tuple[Ints, Ints]:
    """Place a partition's people, write the places down, and count votes by group."""
    table = read_partition(part, statements)
    spots = people_positions(centre_votes(table, axes.means), axes.loadings, table.votes_each)
    labels = np.full(table.shape[0], -1, np.int32)
    if len(centers):
        enough = table.votes_each >= least_votes_to_be_grouped(table)
        away = ((spots[:, None, : centers.shape[1]] - centers[None, :, :]) ** 2).sum(axis=2)
        labels[enough] = away.argmin(axis=1)[enough].astype(np.int32)
    if places is not None:
        _write(places / f"places-{part.number:05d}.parquet", table, spots, labels)
    sizes = np.bincount(labels[labels >= 0], minlength=len(centers)).astype(np.int64)
    return sizes, table.counts_by(labels, len(centers)) if len(centers) else _none(statements)


def _write(path: Path, table: VoteTable, spots: Floats, labels: NDArray[np.int32]) -> None:
    flat = np.zeros((len(spots), 2))
    flat[:, : spots.shape[1]] = spots
    columns = {"participant": table.participants, "x": flat[:, 0], "y": flat[:, 1], "group": labels}
    pq.write_table(pa.table(columns), path)


def _none(statements: Ints) -> Ints:
    return np.zeros((0, len(statements), 3), np.int64)


def _table(sample: Ints, statements: Ints) -> VoteTable:
    who, which, value = sample
    return VoteTable.from_arrays(
        who, statements[which], value.astype(np.int8), statements=statements.tolist()
    )


def _centers(sample: Opinion, axes: Axes) -> Floats:
    """The mean place of each of the sample's groups on the map of all people."""
    if not isinstance(sample.outcome, Groups):
        return np.zeros((0, 2))
    spots = people_positions(centre_votes(sample.table, axes.means), axes.loadings, sample.table.votes_each)
    count = sample.outcome.partition.count
    return np.array([spots[sample.labels == group].mean(axis=0) for group in range(count)])


def _tree(tasks: Sequence[Any]) -> Any:
    """Merge tasks eight at a time, so that no machine ever holds more than eight sums."""
    from dask.delayed import delayed

    while len(tasks) > 1:
        tasks = [delayed(merge_sums)(list(tasks[i : i + _FAN_IN])) for i in range(0, len(tasks), _FAN_IN)]
    return tasks[0]


def merge_sums(several: Sequence[Any]) -> Any:
    """Add up results of partitions: sums, or tuples of arrays."""
    if isinstance(several[0], tuple):
        return tuple(reduce(add, each) for each in zip(*several, strict=True))
    return reduce(add, several)


def _dask(tasks: Sequence[Any]) -> Sequence[Any]:
    from dask.base import compute

    found: Sequence[Any] = compute(*tasks)  # type: ignore[no-untyped-call]
    return found
