"""Both doors are killed in the middle of writing, again and again; nothing that was thanked for is lost.

`make drills` does the same a thousand times.
"""

from drills.isolated_run import run_isolated
from drills.result import Result


def short_of(results: list[Result]) -> list[str]:
    return [f"{result.line()} {result.detail}" for result in results if not result.holds]


def test_what_was_acknowledged_is_never_lost() -> None:
    assert short_of(run_isolated("drills.killed_sqlite", 6)) == []


def test_nor_on_postgresql() -> None:
    assert short_of(run_isolated("drills.killed_postgres", 3)) == []


def test_a_full_disk_a_read_only_one_and_a_wrong_clock_lose_nothing_and_heal() -> None:
    results = run_isolated("drills.disk_and_clock_faults", 6, 3, own_mounts=True)
    assert short_of(results) == []
    assert [result.name for result in results] == ["disk full", "read-only file system", "clock a day ahead"]
