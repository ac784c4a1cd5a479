"""Lanes of the worker: jobs of different kinds run side by side, so that a message never waits for a feed or a map."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lane:
    """Jobs of one kind, the threads that do them, and the seconds that one of them may take.

    A job that takes longer is not killed: whatever it writes commits as a whole. It is logged, and the other lanes
    go on meanwhile.
    """

    name: str
    threads: int
    seconds: float


MESSAGES = Lane("messages", threads=4, seconds=90)
BOTS = Lane("bots", threads=1, seconds=60)
WEBHOOKS = Lane("webhooks", threads=4, seconds=30)
FEEDS = Lane("feeds", threads=4, seconds=60)
IMPORTS = Lane("imports", threads=1, seconds=600)
MAPS = Lane("maps", threads=1, seconds=600)
ESTIMATES = Lane("estimates", threads=1, seconds=600)
HOUSE = Lane("house", threads=1, seconds=600)
LANES = (MESSAGES, BOTS, WEBHOOKS, FEEDS, IMPORTS, MAPS, ESTIMATES, HOUSE)
