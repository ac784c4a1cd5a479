"""Votes as Parquet partitions that each hold whole people, so that sums over them add up exactly."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from massline.engine.votes import VoteTable
from massline.engine.votes.columns import factorise_integers, keep_last_votes

Ints = NDArray[np.int64]

_COLUMNS = ("participant", "statement", "value")
_BATCH = 2_000_000
_SCHEMA = pa.schema([("participant", pa.int64()), ("statement", pa.int64()), ("value", pa.int8())])


@dataclass(frozen=True)
class Partition:
    """A partition: its file, and which of how many it is."""

    path: str
    number: int
    of: int


def split_votes(sources: Iterable[Path], folder: Path, *, parts: int) -> list[Path]:
    """Write votes from Parquet files of any order into `parts` files that each hold whole people.

    Parameters
    ----------
    sources : files with the columns participant, statement (whole numbers) and value (+1, 0, -1)
    folder : where `part-00000-of-00064.parquet` and so on are written
    parts : about three million votes each are comfortable

    Raises
    ------
    ValueError
        Naming the file and row that cannot be read.
    """
    if parts < 1:
        raise ValueError("there is at least one partition")
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"part-{k:05d}-of-{parts:05d}.parquet" for k in range(parts)]
    with ExitStack() as stack:
        writers = [stack.enter_context(pq.ParquetWriter(path, _SCHEMA)) for path in paths]
        for source in sources:
            rows = 0
            for batch in pq.ParquetFile(source).iter_batches(_BATCH, columns=list(_COLUMNS)):
                columns = _checked(batch, source.name, rows)
                rows += batch.num_rows
                _scatter(columns, writers)
    return paths


def find_partitions(folder: Path) -> list[Partition]:
    """The partitions `split_votes` wrote, in order; a missing one is an error rather than fewer votes."""
    paths = sorted(folder.glob("part-*-of-*.parquet"))
    if not paths:
        raise ValueError(f"{folder.name} holds no partitions: write them with `split_votes`")
    of = int(paths[0].stem.rsplit("-", 1)[1])
    if [p.name for p in paths] != [f"part-{k:05d}-of-{of:05d}.parquet" for k in range(of)]:
        raise ValueError(f"{folder.name} holds {len(paths)} partitions of {of}: some are missing or mixed up")
    return [Partition(str(path), k, of) for k, path in enumerate(paths)]


def count_votes(part: Partition) -> int:
    """Rows of a partition, from its footer alone."""
    return int(pq.read_metadata(part.path).num_rows)


def read_statements(part: Partition) -> Ints:
    """Different statements of a partition."""
    return np.unique(_column(pq.read_table(part.path, columns=["statement"]), "statement"))


def read_partition(part: Partition, statements: Ints) -> VoteTable:
    """Read one partition over statements common to all; the last vote of a person on a statement wins.

    Raises
    ------
    ValueError
        Where a person of another partition is in it.
    """
    table = pq.read_table(part.path)
    participant = _column(table, "participant")
    if (partition_of(participant, part.of) != part.number).any():
        raise ValueError(
            f"partition {part.number} holds people of another: write partitions with `split_votes`"
        )
    people, who = factorise_integers(participant)
    asked = np.searchsorted(statements, _column(table, "statement")).astype(np.int32)
    answers = _column(table, "value").astype(np.int8)
    who, which, values = keep_last_votes(who, asked, answers, len(people), len(statements))
    start = np.zeros(len(people) + 1, np.int64)
    np.cumsum(np.bincount(who, minlength=len(people)), out=start[1:])
    return VoteTable(
        participants=people,
        statements=statements,
        start=start,
        statement=which,
        value=values,
        section=np.full(len(people), -1, np.int32),
        replaced=len(answers) - len(values),
    )


def partition_of(participant: Ints, parts: int) -> Ints:
    """The number of each person's partition, the same on every machine."""
    return np.asarray(scatter_ids(participant) % np.uint64(parts)).astype(np.int64)


def scatter_ids(participant: Ints) -> NDArray[np.uint64]:
    """Ids as evenly spread numbers (the finaliser of splitmix64, Steele et al. 2014)."""
    x = participant.astype(np.uint64)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))


def _checked(batch: pa.RecordBatch, name: str, before: int) -> dict[str, NDArray[np.generic]]:
    for column in _COLUMNS:
        if not pa.types.is_integer(batch.column(column).type) or batch.column(column).null_count:
            raise ValueError(f"{name}: {column} must hold whole numbers, without gaps")
    columns = {c: batch.column(c).to_numpy(zero_copy_only=False) for c in _COLUMNS}
    bad = np.flatnonzero(np.abs(columns["value"].astype(np.int64)) > 1)
    if len(bad):
        row = before + int(bad[0]) + 1
        raise ValueError(f"{name}, row {row}: a vote is +1, 0 or -1, got {columns['value'][bad[0]]}")
    return columns


def _scatter(columns: dict[str, NDArray[np.generic]], writers: Sequence[pq.ParquetWriter]) -> None:
    """Hand each row to its partition, keeping the order of rows within it."""
    to = partition_of(columns["participant"].astype(np.int64), len(writers))
    order = np.argsort(to, kind="stable")
    ends = np.searchsorted(to[order], np.arange(len(writers) + 1))
    for writer, low, high in zip(writers, ends[:-1].tolist(), ends[1:].tolist(), strict=True):
        rows = order[low:high]
        if len(rows):
            arrays = [
                pa.array(columns[f.name][rows].astype(f.type.to_pandas_dtype()), f.type) for f in _SCHEMA
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=_SCHEMA))


def _column(table: pa.Table, name: str) -> Ints:
    return np.asarray(table.column(name).to_numpy()).astype(np.int64, copy=False)
