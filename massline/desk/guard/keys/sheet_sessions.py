"""Sittings of two or three keepers, kept in this process's memory for half an hour and nowhere else.

The desk is served by one process (docs/run.md). A restart forgets every sitting; what was proven by then stays in the
database, where no words are.
"""

import hmac
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

SECONDS = 30 * 60
ASKED = 3
MOST_TRIES = 5
# The first words of all sheets of a set are alike, and the fourth tells only which sheet it is.
FIRST_ASKED = 5


@dataclass
class KeeperSeat:
    """A keeper at a sitting: the words of their sheet, whether they saw them, and the places they are asked for."""

    account: int
    words: bytearray
    is_shown: bool = False
    asked: tuple[int, ...] = ()
    tries: int = 0

    def wipe(self) -> None:
        """Overwrite the words; Python may still hold copies of what was on a page, until it needs the memory."""
        wipe_words(self.words)

    @property
    def word_list(self) -> list[str]:
        return self.words.decode().split()


@dataclass
class SheetSession:
    """Keepers of one organisation who are making sheets, or putting them together. `size` people in all."""

    organisation: int
    size: int
    starter: int
    ends: float
    code: str = field(default_factory=lambda: f"{secrets.randbelow(1_000_000):06}")
    seats: dict[int, KeeperSeat] = field(default_factory=dict)
    spare: list[bytearray] = field(default_factory=list)
    public: str = ""
    sealed: bytes = b""
    key: int = 0

    @property
    def is_full(self) -> bool:
        return len(self.seats) == self.size

    def has_code(self, typed: str) -> bool:
        digits = "".join(character for character in typed if character.isdecimal())
        return hmac.compare_digest(self.code.encode(), digits.encode())

    def take_seat(self, account: int) -> KeeperSeat:
        """Give a newcomer the next sheet."""
        seat = self.seats[account] = KeeperSeat(account, self.spare.pop())
        return seat

    def wipe(self) -> None:
        for words in self.spare:
            wipe_words(words)
        for seat in self.seats.values():
            seat.wipe()
        self.spare.clear()
        self.seats.clear()


class SheetSessionStore:
    """At most one sitting of each organisation; an older one is wiped by a newer, and by time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._guard = threading.RLock()
        self._sittings: dict[int, SheetSession] = {}

    @contextmanager
    def at(self, organisation: int) -> Iterator[SheetSession | None]:
        """Hold the sitting of an organisation, so that nobody else changes it; None if there is none."""
        with self._guard:
            self._end_old()
            yield self._sittings.get(organisation)

    def begin_unless_taken(self, sitting: SheetSession) -> bool:
        """Begin it unless somebody else's is still going on; return False and wipe it then."""
        with self.at(sitting.organisation) as other:
            if other is not None and other.starter != sitting.starter:
                sitting.wipe()
                return False
            self.begin(sitting)
            return True

    def take_out(self, organisation: int) -> None:
        """Take a sitting out without wiping it; whoever takes it wipes it."""
        with self._guard:
            self._sittings.pop(organisation, None)

    def begin(self, sitting: SheetSession) -> None:
        with self._guard:
            self.end(sitting.organisation)
            self._sittings[sitting.organisation] = sitting
            timer = threading.Timer(self.seconds + 1, self._end_old)
            timer.daemon = True
            timer.start()

    def end(self, organisation: int) -> None:
        with self._guard:
            if sitting := self._sittings.pop(organisation, None):
                sitting.wipe()

    def deadline(self) -> float:
        return time.monotonic() + self.seconds

    def _end_old(self) -> None:
        with self._guard:
            for key in [key for key, row in self._sittings.items() if row.ends <= time.monotonic()]:
                self.end(key)


def wipe_words(words: bytearray) -> None:
    words[:] = bytes(len(words))
    del words[:]


def draw_word_places(count: int) -> tuple[int, ...]:
    """Draw three places of a sheet, from 1, in ascending order."""
    places = range(FIRST_ASKED, count + 1)
    return tuple(sorted(secrets.SystemRandom().sample(places, ASKED)))
