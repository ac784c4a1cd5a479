"""A fixed piece of work, so that seconds measured on different machines, or at different hours, can be compared."""

import time

import numpy as np

ROUNDS = 5


def work_once() -> float:
    """CPU seconds of products, sorts and plain Python, about a third of a second in all."""
    rng = np.random.default_rng(1)
    started = time.process_time()
    table = rng.random((600, 600))
    for _ in range(4):
        table = table @ table.T
        table /= np.abs(table).max()
    np.sort(rng.random(1_500_000))
    total = 0
    for number in range(600_000):
        total += number * number % 7
    if total < 0 or not np.isfinite(table).all():
        raise ArithmeticError("the fixed work went wrong")
    return time.process_time() - started


def calibrate_machine() -> float:
    """CPU seconds of the fixed work, the least of some rounds."""
    return min(work_once() for _ in range(ROUNDS))
