"""Recurring jobs that delete expired rows."""

from massline.core.db.erasure import rewrite_database
from massline.core.expiry import delete_expired_rows
from massline.jobs.nightly import do_nightly
from massline.jobs.registry import every

FOUR_TIMES_A_DAY = 6 * 60


@every(FOUR_TIMES_A_DAY, database="square")
def sweep_the_square() -> None:
    delete_expired_rows("square")


@every(FOUR_TIMES_A_DAY, database="desk")
def sweep_the_desk() -> None:
    delete_expired_rows("desk")


@every(60, database="square")
def rewrite_the_square() -> None:
    """Write every page anew each night: within a page, SQLite keeps rows in the order they came until then."""
    do_nightly("square-rewritten", lambda: rewrite_database("square"))


@every(60, database="desk")
def rewrite_the_desk() -> None:
    do_nightly("desk-rewritten", lambda: rewrite_database("desk"))
