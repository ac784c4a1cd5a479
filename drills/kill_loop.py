"""kill -9 in the middle of writing, again and again, and after every restart a look whether all is there."""

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from drills.acknowledgement_ledger import Ledger
from drills.door_processes import Door, open_both_doors
from drills.house_fixture import Stage
from drills.integrity_check import Damage, find_damage, find_hidden_damage
from drills.result import Result
from drills.simulated_writers import keep_writing

MOST_BETWEEN = 16
LATER_SECONDS = 0.008
TELL_EVERY = 50

# Ends something and brings it back; gives what it ended, in words.
Blow = Callable[[Door, Door, random.Random], str]


@dataclass
class KillSeries:
    """The result of a series of kills."""

    kills: Counter[str] = field(default_factory=Counter)
    found: Damage = field(default_factory=Damage)
    ledger: Ledger = field(default_factory=Ledger)
    slowest: float = 0.0
    unanswered: int = 0
    seconds: float = 0.0
    errors: Counter[str] = field(default_factory=Counter)


def kill_doors(square: Door, desk: Door, draw: random.Random) -> str:
    """The square, the desk, or both at one moment: then nobody is left who knows what was under way."""
    name, doomed = draw.choice(
        [("square", [square]), ("square", [square]), ("desk", [desk]), ("both", [square, desk])]
    )
    for door in doomed:
        door.kill()
    for door in doomed:
        door.open()
    return name


def kill_repeatedly(stage: Stage, kills: int, blow: Blow, *, seed: int) -> KillSeries:
    """Let people write at both doors; after each few that were thanked for, at any moment, strike."""
    draw, came = random.Random(seed), KillSeries()
    began, pause = time.monotonic(), threading.Event()
    with open_both_doors() as (square, desk):
        people = stage.people(square.port, desk.port, came.ledger)
        with keep_writing(people):
            for done in range(1, kills + 1):
                came.ledger.wait_for(draw.randint(1, MOST_BETWEEN))
                pause.wait(draw.random() * LATER_SECONDS)
                came.kills[blow(square, desk, draw)] += 1
                find_damage(came.ledger.deeds(), came.found)
                if done % TELL_EVERY == 0:
                    print_progress(done, kills, came)
            came.ledger.wait_for(1)
        came.errors = square.errors() + desk.errors()
        came.slowest = max(square.slowest, desk.slowest)
        find_hidden_damage(came.ledger.deeds(), came.found, stage.private_key)
    came.unanswered = sum(person.unanswered for person in people)
    came.seconds = time.monotonic() - began
    return came


def print_progress(done: int, kills: int, came: KillSeries) -> None:
    print(
        f"  {done} of {kills} kills, {len(came.ledger.deeds()):,} acknowledged, {len(came.found.lost)} lost",
        file=sys.stderr,
        flush=True,
    )


def door_errors(came: KillSeries) -> str:
    """The doors' error messages, if an answer was not as it should be."""
    if not came.ledger.strange:
        return ""
    return (
        " The logs say: " + "; ".join(f"{n} × {message}" for message, n in came.errors.most_common(5)) + "."
    )


def list_results(store: str, asked: int, came: KillSeries) -> list[Result]:
    kills, found = came.kills.total(), came.found
    deeds = Counter(type(deed).__name__.lower() for deed in came.ledger.deeds())
    ended = ", ".join(f"{n} × {name}" for name, n in sorted(came.kills.items()))
    thanked = ", ".join(f"{n:,} {name}" for name, n in sorted(deeds.items()))
    statuses = ", ".join(f"{n:,} × {status}" for status, n in sorted(came.ledger.answers.items()))
    bad = sorted(found.half | found.broken | found.doubled)
    return [
        Result(
            f"kill -9 under load, {store}",
            f"≥ {asked:,} kills, 0 acknowledged rows lost",
            f"{kills:,} kills, {deeds.total():,} acknowledged, {len(found.lost)} lost",
            kills >= asked and not found.lost,
            f"Ended: {ended}; thanked for: {thanked}; {came.unanswered:,} requests broke off and were sent again; "
            f"open again in at most {came.slowest:.1f} s (modules kept loaded); {came.seconds / max(kills, 1):.2f} s a kill."
            + "".join(f" Lost: {lost}." for lost in sorted(found.lost)[:5]),
        ),
        Result(
            f"after each kill, {store}: files whole, nothing half written, nothing twice",
            "0",
            f"{len(bad)}",
            not bad,
            "; ".join(bad[:5]),
        ),
        Result(
            f"answers while this went on, {store}",
            "no 500",
            f"{came.ledger.answers[500]} of {came.ledger.answers.total():,} are 500",
            not came.ledger.strange,
            f"{statuses}."
            + "".join(f" {problem};" for problem in came.ledger.strange[:5])
            + door_errors(came),
        ),
    ]
