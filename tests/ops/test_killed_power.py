"""The power goes at any moment. What was committed is there; with weaker pragmas it would not be.

`make drills` does the same ten thousand times.
"""

from drills.power_loss import cut_repeatedly, served_pragmas


def test_under_our_pragmas_a_power_cut_takes_nothing_that_was_acknowledged() -> None:
    came = cut_repeatedly(150, served_pragmas())
    assert (came.cuts, came.lost, came.torn, came.broken) == (150, 0, 0, 0)
    assert came.acknowledged > 1000


def test_nor_with_the_rollback_journal_of_an_older_sqlite() -> None:
    came = cut_repeatedly(40, served_pragmas().replace("journal_mode=WAL", "journal_mode=TRUNCATE"))
    assert (came.lost, came.torn, came.broken) == (0, 0, 0)


def test_with_fewer_syncs_rows_would_be_lost_so_the_drill_can_fail() -> None:
    assert cut_repeatedly(20, f"{served_pragmas()} PRAGMA synchronous=NORMAL;").lost > 0
