"""The power goes at any write, under the pragmas both databases are served with; then the file is opened again."""

import random
import sys
from contextlib import suppress
from dataclasses import dataclass, replace

import apsw

from drills.lossy_disk import NAME, Platter, PlatterVFS, PowerCut
from drills.result import Result
from massline.core.db.sqlite import init_command, prefer_bundled_sqlite

LONG, SHORT = 10_000, 500
DATABASE = "square.sqlite3"
TABLES = """
CREATE TABLE IF NOT EXISTS participant (id INTEGER PRIMARY KEY, key TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS vote (id INTEGER PRIMARY KEY, participant INTEGER REFERENCES participant, value INTEGER, words TEXT);
CREATE INDEX IF NOT EXISTS votes_of ON vote (participant, value);
"""


@dataclass(frozen=True)
class CutCounts:
    """The result of a series of power cuts."""

    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    torn: int = 0
    broken: int = 0

    def plus(self, other: "CutCounts") -> "CutCounts":
        return CutCounts(
            self.cuts + other.cuts,
            self.acknowledged + other.acknowledged,
            self.lost + other.lost,
            self.torn + other.torn,
            self.broken + other.broken,
        )

    @property
    def told(self) -> str:
        return (
            f"{self.cuts:,} cuts, {self.acknowledged:,} acknowledged, {self.lost:,} lost, "
            f"{self.torn:,} half written, {self.broken:,} broken files"
        )


def served_pragmas() -> str:
    """Those of massline.core.db.sqlite, as chosen for the SQLite that is served."""
    prefer_bundled_sqlite()
    return init_command()


def cut_power(vfs: PlatterVFS, seed: int, commands: str) -> CutCounts:
    """Commit until the power goes at a random write, open what is left, and look."""
    draw = random.Random(seed)
    vfs.disk = Platter()
    connection = open_database(commands, draw)
    connection.execute(TABLES).fetchall()
    vfs.disk.operations = draw.randint(1, 600)
    acknowledged, under_way = commit_until_cut(connection, draw)
    vfs.disk.operations = -1
    left = vfs.disk.after_the_cut(draw)
    with suppress(apsw.Error, PowerCut):  # it cannot tidy up: there is no power
        connection.close(force=True)
    vfs.disk = left
    return replace(
        check_database(acknowledged, under_way, commands, draw), cuts=1, acknowledged=len(acknowledged)
    )


def open_database(commands: str, draw: random.Random) -> apsw.Connection:
    """Exclusive locking keeps the index of the log in memory, where one process needs no shared one."""
    connection = apsw.Connection(DATABASE, vfs=NAME)
    connection.execute(f"PRAGMA locking_mode=EXCLUSIVE; {commands}").fetchall()
    # As after many more votes: the log is written back every few pages instead of every thousand.
    connection.execute(f"PRAGMA wal_autocheckpoint={draw.choice((5, 20, 100, 1000))}").fetchall()
    return connection


def commit_until_cut(connection: apsw.Connection, draw: random.Random) -> tuple[set[int], int]:
    """Commit a participant with two votes, at times taking an old one away; give those that were acknowledged."""
    acknowledged: set[int] = set()
    for number in range(1, 200):
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "INSERT INTO participant VALUES (?, ?)", (number, f"{draw.getrandbits(160):x}")
            )
            for value in (1, -1):
                words = "x" * draw.randint(10, 3000)
                connection.execute(
                    "INSERT INTO vote (participant, value, words) VALUES (?, ?, ?)", (number, value, words)
                )
            connection.execute("UPDATE vote SET words = '' WHERE participant = ?", (draw.randint(1, number),))
            connection.execute("COMMIT")
        except (PowerCut, apsw.Error):
            return acknowledged, number
        acknowledged.add(number)
    return acknowledged, 0


def check_database(acknowledged: set[int], under_way: int, commands: str, draw: random.Random) -> CutCounts:
    """Check the reopened database; an unacknowledged commit may be there or not, but never half."""
    try:
        connection = open_database(commands, draw)
        whole = connection.execute("PRAGMA integrity_check").get == "ok"
        connection.execute(TABLES).fetchall()  # without syncs even the tables may be gone
        found = {number for (number,) in connection.execute("SELECT id FROM participant")}
        voted = dict(connection.execute("SELECT participant, count(*) FROM vote GROUP BY participant"))
        connection.close()
    except apsw.Error:
        return CutCounts(lost=len(acknowledged), broken=1)
    invented = found - acknowledged - {under_way}
    half = {number for number in found | set(voted) if voted.get(number) != 2 or number not in found}
    return CutCounts(lost=len(acknowledged - found), torn=len(half | invented), broken=int(not whole))


def cut_repeatedly(count: int, commands: str, *, first: int = 0) -> CutCounts:
    vfs, came = PlatterVFS(), CutCounts()
    for seed in range(first, first + count):
        came = came.plus(cut_power(vfs, seed, commands))
        if came.cuts % 1000 == 0:
            print(f"  {came.told}", file=sys.stderr, flush=True)
    vfs.unregister()
    return came


def run(short: bool) -> list[Result]:
    count = SHORT if short else LONG
    ours = served_pragmas()
    served = cut_repeatedly(count, ours)
    fallback = cut_repeatedly(count // 10, ours.replace("journal_mode=WAL", "journal_mode=TRUNCATE"))
    careless = cut_repeatedly(count // 10, f"{ours} PRAGMA synchronous=NORMAL;")
    sentence = f"Pragmas: {ours} SQLite {apsw.sqlite_lib_version()}, apsw's own build."
    nothing = f"≥ {count:,} cuts, 0 lost, 0 half written, 0 broken"
    return [
        cut_result("power cuts under our pragmas", nothing, served, sentence),
        cut_result(
            "power cuts with the rollback journal, for an older SQLite",
            f"≥ {count // 10:,} cuts, the same",
            fallback,
            "",
        ),
        Result.control(
            "synchronous=NORMAL in place of FULL loses rows",
            "≥ 1 lost",
            careless.told,
            careless.lost > 0,
        ),
    ]


def cut_result(name: str, asked: str, came: CutCounts, detail: str) -> Result:
    return Result(name, asked, came.told, came.lost + came.torn + came.broken == 0, detail)
