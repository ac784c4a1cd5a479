"""Conversations to test with: drawn from a seed, or the real ones kept beside the checkout."""

import csv
import gzip
import io
import os
from pathlib import Path

import numpy as np

from massline.engine.votes import VoteTable

Row = tuple[int | str, int | str, int]


def two_camps(
    people: int, statements: int, *, seed: int, share: float = 0.5, sharp: float = 1.6
) -> list[Row]:
    """Two camps who disagree on most statements, each seeing about half of them."""
    rng = np.random.default_rng(seed)
    camp = np.where(rng.random(people) < share, 1.0, -1.0)
    lean = rng.normal(0, sharp, statements)
    return cast(camp, lean, rng.normal(0, 0.4, statements), rng)


def one_cloud(people: int, statements: int, *, seed: int, sharp: float = 1.0) -> list[Row]:
    """People who differ by degrees along one line, with nobody apart."""
    rng = np.random.default_rng(seed)
    return cast(
        rng.normal(0, 1, people), rng.normal(0, sharp, statements), rng.normal(0, 0.4, statements), rng
    )


def nothing(people: int, statements: int, *, seed: int) -> list[Row]:
    """Votes with nothing in common."""
    rng = np.random.default_rng(seed)
    return cast(np.zeros(people), np.zeros(statements), rng.normal(0, 0.8, statements), rng)


def cast(place: "np.ndarray", lean: "np.ndarray", base: "np.ndarray", rng: np.random.Generator) -> list[Row]:
    """Draw votes on about half of the statements from logistic choices with some passes."""
    rows: list[Row] = []
    for i in range(len(place)):
        for j in np.flatnonzero(rng.random(len(lean)) < 0.5).tolist():
            if rng.random() < 0.1:
                rows.append((i, j, 0))
                continue
            yes = rng.random() < 1 / (1 + np.exp(-(base[j] + lean[j] * place[i])))
            rows.append((i, j, 1 if yes else -1))
    return rows


def shared() -> Path:
    """The folder of real data: MASSLINE_SHARED, or `shared` beside the checkout."""
    folder = Path(os.environ.get("MASSLINE_SHARED", Path(__file__).parents[4] / "shared"))
    if not (folder / "data" / "polis").is_dir():
        raise AssertionError(f"real conversations are expected in {folder}/data/polis; set MASSLINE_SHARED")
    return folder


def real_names() -> list[str]:
    """Every real conversation."""
    return sorted(path.name for path in (shared() / "data" / "polis").iterdir() if path.is_dir())


def real_rows(name: str) -> list[Row]:
    """The votes of a real conversation, in the order they were cast."""
    folder = shared() / "data" / "polis" / name
    if (folder / "votes.csv.gz").exists():
        return [
            (int(row["voter-id"]), int(row["comment-id"]), int(row["vote"]))
            for row in read(folder / "votes.csv.gz")
        ]
    return [
        (int(row["participant"]), int(column), int(float(cell)))
        for row in read(folder / "participants-votes.csv.gz")
        for column, cell in row.items()
        if column.isdigit() and cell
    ]


def read(path: Path) -> "csv.DictReader[str]":
    """Read a compressed CSV file by its header."""
    return csv.DictReader(io.TextIOWrapper(gzip.open(path), "utf-8"))


def real_table(name: str) -> VoteTable:
    """A real conversation as a table."""
    return VoteTable.from_rows(real_rows(name))
