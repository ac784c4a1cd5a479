"""How long a lane of work waits for servers that it does not run itself."""

import threading


class Patience:
    """The seconds that one exchange may take: `seconds`, and `hurried` once one ran out of time, until one ends in time.

    A queue with many servers that never answer is then worked off quickly, and whoever was only slow that once is asked
    again later. Threads share it.
    """

    def __init__(self, seconds: float, hurried: float) -> None:
        self._seconds, self._hurried = seconds, hurried
        self._late = threading.Event()

    @property
    def seconds(self) -> float:
        return min(self._seconds, self._hurried) if self._late.is_set() else self._seconds

    def record(self, *, in_time: bool) -> None:
        if in_time:
            self._late.clear()
        else:
            self._late.set()
