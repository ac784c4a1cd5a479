"""Response time of the sum-up page with thousands of voices: the first request after a start, and later ones."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from drills.large_round_fixture import ANSWERS, PEOPLE, VOICES
from drills.result import Result
from drills.simulated_writers import Browser
from drills.vote_throughput import wait_for
from massline.cli.django_setup import door_environment
from tests.ops.house import PATIENCE, environment, free_ports

SLOWEST_MS = 500
# Each page by its name: what follows the sum-up's address, and what stands on it where it is whole.
PAGES = {
    "the sum-up page": ("", 'data-part="slip"'),
    "the page of all its words": ("words/", f"of {VOICES} voices"),
}


def run(short: bool) -> list[Result]:
    starts, requests = (1, 8) if short else (10, 40)
    with tempfile.TemporaryDirectory(prefix="massline-page-") as folder:
        env = environment(Path(folder), MASSLINE_EMBEDDER="letters")
        made = subprocess.run(
            [sys.executable, "-m", "drills.large_round_fixture"],
            env=env,
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )
        crowd = json.loads(made.stdout)
        took = {
            page: [
                time_opened_page(env, crowd["path"] + part, crowd["cookie"], requests, holds)
                for _ in range(starts)
            ]
            for page, (part, holds) in PAGES.items()
        }
    return [result for page, times in took.items() for result in page_results(page, times)]


def page_results(page: str, took: "list[list[ResponseTime]]") -> list[Result]:
    first, after = [times[0] for times in took], [answer for times in took for answer in times[1:]]
    what = f"{page}, {VOICES:,} voices and {PEOPLE * ANSWERS:,} votes"
    return [
        time_result(f"{what}: the first request after a start", first, f"{len(took)} starts"),
        time_result(f"{what}: every request after", after, f"{len(after)} requests"),
    ]


@dataclass(frozen=True)
class ResponseTime:
    """Milliseconds until the page was there, and how many of them a processor worked for it."""

    waited: float
    worked: float


def time_result(name: str, answers: list[ResponseTime], of: str) -> Result:
    waited, worked = [answer.waited for answer in answers], [answer.worked for answer in answers]
    sentence = (
        f"{of}: half took at most {median(waited):.0f} ms, the slowest {max(waited):.0f} ms; a processor worked "
        f"{mean(worked):.0f} ms for each, at most {max(worked):.0f} ms. What else the machine did meanwhile counts too."
    )
    reached = f"at most {max(waited):.0f} ms"
    return Result(name, f"< {SLOWEST_MS} ms, each", reached, max(waited) < SLOWEST_MS, sentence)


def time_opened_page(
    env: dict[str, str], path: str, cookie: dict[str, str], requests: int, holds: str
) -> list[ResponseTime]:
    """Open the desk, ask for the page so often, close it again."""
    with open_desk(env) as (port, group):
        return [time_request(Browser(port, cookie), path, group, holds) for _ in range(requests)]


def time_request(browser: Browser, path: str, group: int, holds: str) -> ResponseTime:
    before, began = processor_milliseconds(group), time.perf_counter()
    status, page, _leads = browser.ask(path)
    took = time.perf_counter() - began
    if status != 200 or holds not in page:
        raise RuntimeError(f"That is not the page: {status}, {len(page)} characters.")
    return ResponseTime(1000 * took, processor_milliseconds(group) - before)


def processor_milliseconds(group: int) -> float:
    """Milliseconds that processors have worked for a group of processes so far."""
    ticks = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            # After the name, which may hold anything: state, parent, group, …; 11 and 12 are user and system ticks.
            words = file.read_text().rpartition(")")[2].split()
            ticks += int(words[11]) + int(words[12]) if int(words[2]) == group else 0
    return 1000 * ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def open_desk(env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Open the desk as `massline up` does; give its port and its group of processes once it answers."""
    port, _ = free_ports()
    door = subprocess.Popen(
        [sys.executable, "-m", "massline", "serve", "desk", "--port", str(port)],
        env=door_environment("desk", env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(door, port)
        yield port, door.pid
    finally:
        door.terminate()
        door.wait(timeout=PATIENCE)
