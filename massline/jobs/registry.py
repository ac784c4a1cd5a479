"""Which function does which job. Rooms register theirs in a module called work.py."""

from collections.abc import Callable
from dataclasses import dataclass

Verb = Callable[..., None]

VERBS: dict[str, Verb] = {}
ROUNDS: list["Round"] = []


@dataclass(frozen=True)
class Round:
    """Something the worker looks after again and again."""

    database: str
    minutes: int
    run: Callable[[], None]


def verb(name: str) -> Callable[[Verb], Verb]:
    def register(function: Verb) -> Verb:
        VERBS[name] = function
        return function

    return register


def every(minutes: int, database: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def register(function: Callable[[], None]) -> Callable[[], None]:
        ROUNDS.append(Round(database, minutes, function))
        return function

    return register
