"""Votes a second that the square stores on this machine, and its behaviour under ten times as many."""

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drills import vote_clients
from drills.result import Result
from massline.cli.ports import is_listening
from tests.ops.house import PATIENCE, environment, free_ports

PATH, CONVERSATION, STATEMENTS = "/riverside/c/what-first/", 1, 40
AT_ONCE, MANY = 64, 640
LEAST_A_SECOND = 500


def run(short: bool) -> list[Result]:
    seconds = 5.0 if short else 30.0
    with tempfile.TemporaryDirectory(prefix="massline-votes-") as folder:
        data = Path(folder)
        with open_square(data) as port:
            warm = vote_clients.vote_all_at_once(port, build_crowd(port, 8, 10), seconds=2.0)
            usual = vote_clients.vote_all_at_once(
                port, build_crowd(port, AT_ONCE, 900 * seconds), seconds=seconds
            )
            many = vote_clients.vote_all_at_once(
                port, build_crowd(port, MANY, 900 * seconds), seconds=seconds
            )
        thanked = [*warm.thanked, *usual.thanked, *many.thanked]
        gone = vote_clients.count_lost(data / "square.sqlite3", CONVERSATION, thanked)
    return [
        Result(
            f"votes a second, durable, {AT_ONCE} voters at once",
            f"≥ {LEAST_A_SECOND} a second",
            f"{usual.a_second:.0f} a second",
            usual.a_second >= LEAST_A_SECOND and not usual.wrong,
            describe_counts(usual),
        ),
        Result(
            f"ten times as many ({MANY} voters at once)",
            "0 errors; slower, or 'later' with Retry-After",
            f"{many.wrong} errors, {many.a_second:.0f} a second",
            not many.wrong and bool(many.thanked),
            describe_counts(many),
        ),
        Result(
            "votes that were thanked for and are not there",
            "0",
            f"{gone} of {len(thanked):,}",
            gone == 0 and bool(thanked),
        ),
    ]


def describe_counts(counted: vote_clients.VoterCounts) -> str:
    return (
        f"{len(counted.thanked):,} kept in {counted.took:.1f} s, {counted.answers['503 later']:,} told to come later; "
        f"p50 {counted.percentile(0.5) * 1000:.0f} ms, p95 {counted.percentile(0.95) * 1000:.0f} ms, "
        f"p99 {counted.percentile(0.99) * 1000:.0f} ms; answers {dict(counted.answers)}"
    )


def build_crowd(port: int, people: int, votes: float) -> list[list[vote_clients.PreparedVote]]:
    """Assign to each connection the votes of as many newcomers as it takes, signed beforehand."""
    newcomers = max(1, round(votes / people / STATEMENTS))
    return [
        [
            ask
            for _ in range(newcomers)
            for ask in vote_clients.prepare_votes(port, PATH, CONVERSATION, STATEMENTS)
        ]
        for _ in range(people)
    ]


def prepare_square(folder: Path) -> dict[str, str]:
    """Return the environment of a square behind a proxy in this folder, with a conversation on it."""
    env = environment(
        folder,
        MASSLINE_DOOR="square",
        MASSLINE_HTTPS="yes",
        MASSLINE_SECRET=vote_clients.load_secret(folder),
        DJANGO_SETTINGS_MODULE="massline.settings",
    )
    subprocess.run(
        [sys.executable, "-c", vote_clients.OPEN_A_CONVERSATION], env=env, check=True, timeout=PATIENCE
    )
    return env


@contextmanager
def open_square(folder: Path, *options: str) -> Iterator[int]:
    """Open the square in this folder, as `massline up` does, and give its port."""
    env = prepare_square(folder)
    port, _ = free_ports()
    door = subprocess.Popen(
        [sys.executable, "-m", "massline", "serve", "square", "--port", str(port), *options],
        env=env,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(door, port)
        yield port
    finally:
        door.terminate()
        door.wait(timeout=PATIENCE)


def wait_for(door: "subprocess.Popen[bytes]", port: int) -> None:
    pause = threading.Event()
    for _ in range(PATIENCE * 10):
        if is_listening("127.0.0.1", port):
            return
        if door.poll() is not None:
            break
        pause.wait(0.1)
    raise RuntimeError("The square did not open.")
