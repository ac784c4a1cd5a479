"""What a thief does with a copied SQLite file and its log, knowing our code: line up changes by every order that is left.

The log is replayed commit by commit; where it says nothing, the order of rows by number and by place within a page is taken.
"""

import random
import re
import shutil
import sqlite3
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import rankdata

FRAME_HEADER, LOG_HEADER, LEAF = 24, 32, 0x0D

Rows = dict[str, int]
Look = Callable[[sqlite3.Connection], set[str]]


def time_passes() -> None:
    """Do what each process does every ten seconds."""
    from massline.core.db.erasure import truncate_log

    truncate_log("square")
    truncate_log("desk")


def copy_house(folder: Path, to: Path) -> None:
    """Take every file as it is at this moment; the log first, so that no file is older than what it refers to."""
    to.mkdir(parents=True, exist_ok=True)
    for file in sorted(folder.glob("*.sqlite3*"), reverse=True):
        if not file.name.endswith("-shm"):
            shutil.copy(file, to / file.name)


def commits(log: Path) -> list[int]:
    """Give the lengths of the log at each commit."""
    if not log.exists() or log.stat().st_size < LOG_HEADER:
        return []
    content = log.read_bytes()
    page = struct.unpack(">I", content[8:12])[0] or 65_536
    found = []
    for start in range(LOG_HEADER, len(content) - FRAME_HEADER - page + 1, FRAME_HEADER + page):
        if (
            content[start + 8 : start + 16] == content[16:24]
            and struct.unpack(">I", content[start + 4 : start + 8])[0]
        ):
            found.append(start + FRAME_HEADER + page)
    return found


def replay(file: Path, scratch: Path) -> Iterator[sqlite3.Connection]:
    """Open the database as it was without its log, and after each commit in it."""
    log = file.with_name(f"{file.name}-wal")
    for length in [0, *commits(log)]:
        scratch.mkdir(parents=True, exist_ok=True)
        for old in scratch.iterdir():
            old.unlink()
        shutil.copy(file, scratch / file.name)
        (scratch / f"{file.name}-wal").write_bytes(log.read_bytes()[:length] if length else b"")
        with closing(sqlite3.connect(scratch / file.name)) as opened:
            yield opened


def times(file: Path, scratch: Path, *looks: Look) -> list[Rows]:
    """Say for each look in which commit of the log each of its rows was first there; -1 where it was before the log."""
    found: list[Rows] = [{} for _ in looks]
    for number, opened in enumerate(replay(file, scratch)):
        for look, rows in zip(looks, found, strict=True):
            with suppress(sqlite3.OperationalError):  # the tables themselves may still be in the log alone
                for name in look(opened):
                    rows.setdefault(name, number - 1)
    return found


def places(file: Path, names: Mapping[bytes, str]) -> dict[str, float]:
    """Say where in its page each row lies, as a share: SQLite fills a page from its end, so that is the order of insertion."""
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = opened.execute("PRAGMA page_size").fetchone()
    content, pattern = file.read_bytes(), rb"[0-9a-f]{%d}" % len(next(iter(names), b"0"))
    found: dict[str, float] = {}
    for start in range(0, len(content), size):
        page = content[start : start + size]
        head = 100 if start == 0 else 0
        if page[head] != LEAF:
            continue
        rows = int.from_bytes(page[head + 3 : head + 5], "big")
        offsets = struct.unpack(f">{rows}H", page[head + 8 : head + 8 + 2 * rows])
        ordered = sorted(offsets, reverse=True)
        for at, offset in enumerate(ordered):
            end = ordered[at - 1] if at else size
            ids = re.findall(pattern, page[offset:end])
            found.update(
                {names[identity]: (at + 0.5) / len(ordered) for identity in ids if identity in names}
            )
    return found


def share_of(ordered: Sequence[str]) -> dict[str, float]:
    return {name: (at + 0.5) / len(ordered) for at, name in enumerate(ordered)}


def auc(right: Sequence[float], wrong: Sequence[float]) -> float:
    """The chance that a right pair scores above a wrong one; one half is guessing."""
    ranks = rankdata(np.concatenate([right, wrong]))
    n, m = len(right), len(wrong)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))


@dataclass(frozen=True)
class Clues:
    """What the disk tells of the order of some rows: commits of the log, and shares of other orders."""

    commits: Mapping[str, int]
    orders: Sequence[Mapping[str, float]]


def near(one: str, other: str, left: Clues, right: Clues) -> float:
    """How well two rows fit together: in neighbouring commits first of all, then in any order that tells of both."""
    at, there = left.commits.get(one, -1), right.commits.get(other, -1)
    if at >= 0 and there >= 0:
        return 10.0 / (1 + abs(at - there))
    if at >= 0 or there >= 0:
        return -10.0
    alike = zip(left.orders, right.orders, strict=True)
    return sum(
        1.0 - abs(here[one] - other_[other]) for here, other_ in alike if one in here and other in other_
    )


def score(
    pairs: Sequence[tuple[str, str]], left: Clues, right: Clues, seed: int
) -> tuple[list[float], list[float]]:
    """Score right pairs, and wrong ones made of the same rows."""
    others = [other for _one, other in pairs]
    random.Random(seed).shuffle(others)
    wrong = [(one, other) for (one, right_), other in zip(pairs, others, strict=True) if other != right_]
    return [near(*pair, left, right) for pair in pairs], [near(*pair, left, right) for pair in wrong]
