"""Recurring jobs that delete expired rows."""

from massline.core.expiry import sweep_expired
from massline.jobs.registry import every

FOUR_TIMES_A_DAY = 6 * 60


@every(FOUR_TIMES_A_DAY, database="square")
def sweep_the_square() -> None:
    sweep_expired("square")


@every(FOUR_TIMES_A_DAY, database="desk")
def sweep_the_desk() -> None:
    sweep_expired("desk")
