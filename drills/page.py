"""How long the sum-up page takes where very many were heard: the first request after each start, and every one after."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from drills.crowd import ANSWERS, PEOPLE, VOICES
from drills.people import Browser
from drills.result import Result
from drills.votes import wait_for
from massline.commands.house import environment_of
from tests.ops.house import PATIENCE, environment, free_ports

SLOWEST_MS = 500


def run(short: bool) -> list[Result]:
    starts, requests = (2, 10) if short else (10, 40)
    with tempfile.TemporaryDirectory(prefix="massline-page-") as folder:
        env = environment(Path(folder), MASSLINE_EMBEDDER="letters")
        made = subprocess.run(
            [sys.executable, "-m", "drills.crowd"], env=env, check=True, capture_output=True, timeout=PATIENCE
        )
        crowd = json.loads(made.stdout)
        took = [opened(env, crowd["path"], crowd["cookie"], requests) for _ in range(starts)]
    first, after = [one[0] for one in took], [ms for one in took for ms in one[1:]]
    what = f"the sum-up page, {VOICES:,} voices and {PEOPLE * ANSWERS:,} votes"
    return [
        bar(f"{what}: the first request after a start", first, f"{starts} starts"),
        bar(f"{what}: every request after", after, f"{len(after)} requests"),
    ]


def bar(name: str, took: list[float], of: str) -> Result:
    slowest = max(took)
    told = f"{of}: half took at most {median(took):.0f} ms, the slowest {slowest:.0f} ms."
    return Result(name, f"< {SLOWEST_MS} ms, each", f"at most {slowest:.0f} ms", slowest < SLOWEST_MS, told)


def opened(env: dict[str, str], path: str, cookie: dict[str, str], requests: int) -> list[float]:
    """Open the desk, ask for the page so often, close it again; give how many milliseconds each answer took."""
    with desk(env) as port:
        return [milliseconds(Browser(port, cookie), path) for _ in range(requests)]


def milliseconds(browser: Browser, path: str) -> float:
    began = time.perf_counter()
    status, page, _leads = browser.ask(path)
    took = time.perf_counter() - began
    if status != 200 or f"of {VOICES} voices" not in page:
        raise RuntimeError(f"That is not the page: {status}, {len(page)} characters.")
    return 1000 * took


@contextmanager
def desk(env: dict[str, str]) -> Iterator[int]:
    """Open the desk as `massline up` does, and give its port once it answers."""
    port, _ = free_ports()
    door = subprocess.Popen(
        [sys.executable, "-m", "massline", "serve", "desk", "--port", str(port)],
        env=environment_of("desk", env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(door, port)
        yield port
    finally:
        door.terminate()
        door.wait(timeout=PATIENCE)
