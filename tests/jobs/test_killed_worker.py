"""Workers are killed again and again in the middle of their work; nothing is lost and nothing happens twice.

`make drills` does the same two hundred times.
"""

from drills.isolated_run import run_isolated


def test_kill_nine_loses_and_doubles_nothing() -> None:
    (result,) = run_isolated("drills.killed_workers", 10)
    assert result.holds, f"{result.line()} {result.detail}"
