"""Which function does which job. Rooms register theirs in a module called jobs.py."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass

Function = Callable[..., None]

VERBS: dict[str, "Verb"] = {}
ROUNDS: list["Round"] = []
AROUND: list[Callable[[str], AbstractContextManager[None]]] = []


@dataclass(frozen=True)
class Verb:
    """What a job's name stands for."""

    run: Function
    repeatable: bool


@dataclass(frozen=True)
class Round:
    """Something the worker looks after again and again."""

    database: str
    minutes: float
    run: Callable[[], None]


def verb(name: str, *, repeatable: bool = False) -> Callable[[Function], Function]:
    """Register a job's function.

    A repeatable one changes nothing when it is done a second time. It runs outside the transaction that
    strikes the job off, so that a long estimate keeps nobody from writing; after a kill it is done again.
    """

    def register(function: Function) -> Function:
        VERBS[name] = Verb(function, repeatable)
        return function

    return register


def every(minutes: float, database: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def register(function: Callable[[], None]) -> Callable[[], None]:
        ROUNDS.append(Round(database, minutes, function))
        return function

    return register


def around(open_for: Callable[[str], AbstractContextManager[None]]) -> None:
    """Register what is opened around each job and each round, given its name; a room says so once."""
    AROUND.append(open_for)


@contextmanager
def surrounded(name: str) -> Iterator[None]:
    with ExitStack() as opened:
        for open_for in AROUND:
            opened.enter_context(open_for(name))
        yield
