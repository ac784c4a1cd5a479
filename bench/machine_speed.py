"""The speed of the machine right now, in one number, so that absolute figures can be told apart from a busy neighbour."""

import json
import time

import numpy as np


def calibrate(turns: int = 5) -> float:
    """CPU milliseconds of a fixed piece of work, half in plain Python and half in numpy; the cheapest of some turns."""
    return min(_turn() for _ in range(turns))


def _turn() -> float:
    start = time.process_time()
    rows = [{"number": n, "text": f"sentence {n}", "share": n / 7} for n in range(4_000)]
    json.loads(json.dumps(rows, sort_keys=True))
    numbers = np.random.default_rng(1).standard_normal(300_000)
    order = np.argsort(numbers)
    np.bincount((numbers[order] > 0).astype(np.int64), weights=numbers)
    return (time.process_time() - start) * 1000
