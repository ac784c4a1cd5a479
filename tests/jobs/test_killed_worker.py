"""Workers are killed again and again in the middle of their work; nothing is lost and nothing happens twice.

`make drills` does the same two hundred times.
"""

from drills.isolated_run import apart


def test_kill_nine_loses_and_doubles_nothing() -> None:
    (result,) = apart("drills.workers", 10)
    assert result.holds, f"{result.line()} {result.detail}"
