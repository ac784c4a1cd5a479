"""Sign-ups a second that the square keeps, beside a bare handler in the same run, while its process is killed.

python -m drills.sign_up_throughput SECONDS IS_POSTGRES runs it in this process's own house.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from drills.isolated_run import print_results, run_isolated
from drills.result import Result
from massline.cli.django_setup import setup_django

LONG, SHORT = 120, 4
AT_ONCE, MANY = 64, 640
SHARE, WANTED_A_SECOND, SLOWEST_SECONDS = 0.5, 833, 2.0
KILLS = 2


def run(short: bool) -> list[Result]:
    seconds = SHORT if short else LONG
    return [
        result
        for is_postgres in (0, 1)
        for result in run_isolated("drills.sign_up_throughput", seconds, is_postgres)
    ]


def measure(seconds: int, is_postgres: int) -> list[Result]:
    if not is_postgres:
        return measure_on("SQLite", seconds, {})
    from drills.postgres_server import run_server

    with run_server() as postgres:
        os.environ["MASSLINE_SQUARE_DB"] = f"{postgres.address}/square"
        os.environ["MASSLINE_DESK_DB"] = f"{postgres.address}/desk"
        return measure_on("PostgreSQL", seconds, {"BARE_DB": f"{postgres.address}/square"})


def measure_on(kind: str, seconds: int, more: dict[str, str]) -> list[Result]:
    setup_django("desk")
    from django.conf import settings
    from django.db import connections

    from drills import sign_up_clients as crowd
    from drills.baseline_insert_view import open_bare
    from drills.house_fixture import build_stage
    from massline.desk.guard.keys import courier_keys
    from massline.square.envelopes.forms import fresh_form_id
    from tests.ops.house import free_ports

    stage = build_stage()
    courier_keys.make_spare_keys()
    connections.close_all()
    about = UUID(stage.event.rstrip("/").rpartition("/")[2])
    port, bare_port = free_ports()
    env = dict(os.environ) | more | {"MASSLINE_SECRET": settings.SECRET_KEY, "MASSLINE_HTTPS": "yes"}

    def form(to: int) -> bytes:
        return crowd.sign_up_bytes(to, stage.event, fresh_form_id(about))

    bare_env = dict(os.environ) | more | {"BARE_HANDLER": "yes"}
    bare_env.pop("DJANGO_SETTINGS_MODULE", None)
    with open_bare(bare_env, bare_port):
        crowd.send_all_at_once(bare_port, lambda: form(bare_port), people=8, seconds=1)
        bare = crowd.send_all_at_once(
            bare_port, lambda: form(bare_port), people=AT_ONCE, seconds=max(seconds / 4, 3)
        )
    with Square(port, env) as square:
        warm = crowd.send_all_at_once(port, lambda: form(port), people=8, seconds=2)
        usual = crowd.send_all_at_once(port, lambda: form(port), people=AT_ONCE, seconds=seconds)
        many = crowd.send_all_at_once(port, lambda: form(port), people=MANY, seconds=max(seconds / 4, 3))
        whole = crowd.sign_up_as_browsers(port, stage.event, people=AT_ONCE, seconds=max(seconds / 4, 3))
        with square.killed_again_and_again(every=max(seconds / 8, 3)):
            killed = crowd.send_all_at_once(
                port, lambda: form(port), people=AT_ONCE, seconds=max(seconds / 8, 3) * (KILLS + 1)
            )
        kills = square.kills
    thanked = [secret for counts in (warm, usual, many, whole, killed) for secret in counts.thanked]
    lost = count_lost(thanked)
    share = usual.a_second / bare.a_second
    return [
        Result(
            f"{kind}: sign-ups a second beside a bare handler that inserts one row",
            f"≥ {SHARE:.0%} of the bare handler",
            f"{usual.a_second:.0f} of {bare.a_second:.0f} a second, {share:.0%}",
            share >= SHARE and not usual.wrong,
            f"{usual.describe()}. Bare handler: {bare.describe()}",
        ),
        Result(
            f"{kind}: durable sign-ups a second, {AT_ONCE} people at once",
            f"≥ {WANTED_A_SECOND} a second",
            f"{usual.a_second:.0f} a second",
            usual.a_second >= WANTED_A_SECOND,
        ),
        Result(
            f"{kind}: {MANY} people at once",
            f"p95 ≤ {SLOWEST_SECONDS:.0f} s, 0 errors",
            f"p95 {many.percentile(0.95):.2f} s, {many.wrong} errors",
            many.percentile(0.95) <= SLOWEST_SECONDS and not many.wrong,
            many.describe(),
        ),
        Result(
            f"{kind}: people who read the form, send it and read the thanks",
            "0 errors",
            f"{whole.a_second:.0f} a second, {whole.wrong} errors",
            not whole.wrong and bool(whole.thanked),
            whole.describe(),
        ),
        Result(
            f"{kind}: sign-ups that were thanked for and are not there, the square killed meanwhile",
            "0",
            f"{lost} of {len(thanked):,} after {kills} times kill -9",
            lost == 0 and kills == KILLS and bool(killed.thanked),
            killed.describe(),
        ),
    ]


class Square:
    """The square as a process that can be killed and opened again."""

    def __init__(self, port: int, env: dict[str, str]) -> None:
        self.port, self.env, self.kills = port, env, 0

    def __enter__(self) -> "Square":
        self._open()
        return self

    def __exit__(self, *problem: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)

    def _open(self) -> None:
        from drills.vote_throughput import wait_for

        command = [sys.executable, "-m", "massline", "serve", "square", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=self.env, stdout=subprocess.DEVNULL, start_new_session=True
        )
        wait_for(self.process, self.port)

    @contextmanager
    def killed_again_and_again(self, *, every: float) -> Iterator[None]:
        """Kill the square so many times while the block runs, and open it again each time."""
        over = threading.Event()

        def strike() -> None:
            for _ in range(KILLS):
                if over.wait(every):
                    return
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(timeout=60)
                self.kills += 1
                self._open()

        thread = threading.Thread(target=strike)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def count_lost(thanked: list[str]) -> int:
    """Count the manage links that were given out and lead nowhere."""
    from massline.square.envelopes.actions import hash_token
    from massline.square.envelopes.models import Envelope

    kept = set(Envelope.objects.values_list("token_hash", flat=True).iterator(chunk_size=5000))
    return sum(hash_token(secret) not in kept for secret in thanked)


if __name__ == "__main__":
    print_results(measure)
