"""A flood of votes on the square, during which the desk must stay fast; doors and worker share this machine."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from drills import vote_clients
from drills.result import Result
from drills.vote_throughput import MANY, STATEMENTS, describe_counts, wait_for
from massline.cli.django_setup import door_environment
from tests.ops.house import PATIENCE, environment, free_ports

SLOWEST, PAUSE_SECONDS = 1.0, 0.1
FORM = "f" * 32
PREPARE = f"""
import json
from datetime import timedelta
import django
django.setup()
from django.conf import settings
from massline.cli.first_start import prepare_databases
prepare_databases(lambda _: None)
from django.test import Client
from django.utils import timezone
from massline.desk.guard.keys import organisation_setup
from massline.desk.listen.rounds import actions as rounds
from massline.desk.people.models import Account
from massline.desk.people.scope import scope_to_everything
opened = scope_to_everything("a drill")
opened.__enter__()
amal = Account.objects.create_user("amal", "correct horse battery staple")
riverside, _ = organisation_setup.found_organisation(
    by=amal, passphrase="correct horse battery staple", name="Riverside Tenants", slug="riverside",
    sentence="Tenants of five blocks.", timezone_name="Europe/Berlin")
round_ = rounds.open_round(
    organisation=riverside, question="What first?", closes_on=timezone.localdate() + timedelta(days=7),
    seeds=[f"Mend {{n}}" for n in range({STATEMENTS})], by=amal)
talk = rounds.conversation_of(round_)
browser = Client()
browser.force_login(amal)
print(json.dumps({{
    "cookie": f"{{settings.SESSION_COOKIE_NAME}}={{browser.cookies[settings.SESSION_COOKIE_NAME].value}}; "
              f"{{settings.CSRF_COOKIE_NAME}}={FORM}",
    "round": round_.pk, "talk": talk.pk, "path": talk.get_absolute_url()}}))
"""


@dataclass
class Organiser:
    """Somebody at work at the desk: reads page after page, and now and then changes something on the square."""

    port: int
    cookie: str
    round: int
    seconds: list[float] = field(default_factory=list)
    written: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def work(self, over: threading.Event) -> None:
        round_ = f"/riverside/listen/{self.round}/"
        pages = ["/riverside/", "/riverside/listen/", round_, "/riverside/people/", "/riverside/guard/"]
        turn = 0
        while not over.wait(PAUSE_SECONDS):
            self.seconds.append(self.ask("GET", pages[turn % len(pages)], 200))
            turn += 1
            if turn % len(pages) == 0:
                self.written.append(self.ask("POST", f"{round_}ways/door/", 302))

    def ask(self, method: str, path: str, expected: int) -> float:
        began = time.monotonic()
        desk = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        host = f"localhost:{self.port}"
        headers = {
            "Host": host,
            "Origin": f"https://{host}",
            "X-Forwarded-Proto": "https",
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({"csrfmiddlewaretoken": FORM, "to_all": "1"}) if method == "POST" else None
        try:
            desk.request(method, path, body, headers)
            answer = desk.getresponse()
            answer.read()
            if answer.status != expected:
                self.wrong.append(f"{method} {path}: {answer.status}")
        except (HTTPException, OSError) as problem:
            self.wrong.append(f"{method} {path}: {type(problem).__name__}")
        finally:
            desk.close()
        return time.monotonic() - began


def run(short: bool) -> list[Result]:
    seconds = 10.0 if short else 60.0
    with (
        TemporaryDirectory(prefix="massline-flood-") as folder,
        open_house_behind_proxy(Path(folder)) as (square, desk, known),
    ):
        crowd = build_voters(square, known, votes=700 * seconds)
        keep_working(Organiser(desk, known["cookie"], known["round"]), seconds=2.0)
        calm = keep_working(Organiser(desk, known["cookie"], known["round"]), seconds=seconds / 2)
        counted: list[vote_clients.VoterCounts] = []
        flood = threading.Thread(
            target=lambda: counted.append(vote_clients.vote_all_at_once(square, crowd, seconds=seconds))
        )
        flood.start()
        busy = keep_working(Organiser(desk, known["cookie"], known["round"]), while_alive=flood)
        gone = vote_clients.count_lost(Path(folder) / "square.sqlite3", known["talk"], counted[0].thanked)
    reached = percentile(busy.seconds)
    return [
        Result(
            f"the desk's pages while {MANY} vote at once",
            f"p95 ≤ {SLOWEST:.0f} s, 0 errors",
            f"p95 {reached:.2f} s, {len(busy.wrong)} errors",
            reached <= SLOWEST and not busy.wrong and len(busy.seconds) >= 20,
            f"{len(busy.seconds)} pages, slowest {max(busy.seconds):.2f} s; without the flood p95 {percentile(calm.seconds):.2f} s. "
            f"{busy.wrong[:3] or ''}",
        ),
        Result(
            "what the desk writes to the square meanwhile",
            f"p95 ≤ {SLOWEST:.0f} s",
            f"p95 {percentile(busy.written):.2f} s",
            percentile(busy.written) <= SLOWEST,
            f"{len(busy.written)} writes; without the flood p95 {percentile(calm.written):.2f} s",
        ),
        Result(
            "votes during the flood",
            "0 errors, 0 lost",
            f"{counted[0].wrong} errors, {gone} lost, {counted[0].a_second:.0f} a second",
            not counted[0].wrong and not gone and bool(counted[0].thanked),
            describe_counts(counted[0]),
        ),
    ]


def keep_working(
    organiser: Organiser, *, seconds: float = 0.0, while_alive: threading.Thread | None = None
) -> Organiser:
    """Let an organiser work for so long, or as long as something else goes on."""
    over = threading.Event()
    hands = threading.Thread(target=organiser.work, args=[over])
    hands.start()
    if while_alive is not None:
        while_alive.join()
    else:
        over.wait(seconds)
    over.set()
    hands.join()
    return organiser


def percentile(seconds: list[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(0.95 * len(seconds)))] if seconds else float("nan")


def build_voters(port: int, known: dict[str, Any], *, votes: float) -> list[list[vote_clients.PreparedVote]]:
    newcomers = max(1, round(votes / MANY / STATEMENTS))
    return [
        [
            ask
            for _ in range(newcomers)
            for ask in vote_clients.prepare_votes(port, known["path"], known["talk"], STATEMENTS)
        ]
        for _ in range(MANY)
    ]


@contextmanager
def open_house_behind_proxy(folder: Path) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Both doors and the worker behind a proxy; give the ports and what a logged-in organiser knows."""
    env = environment(
        folder, MASSLINE_DOOR="desk", MASSLINE_HTTPS="yes", DJANGO_SETTINGS_MODULE="massline.settings"
    )
    made = subprocess.run(
        [sys.executable, "-c", PREPARE], env=env, check=True, timeout=PATIENCE, stdout=subprocess.PIPE
    )
    # The square's own secret signs the ballots; the desk keeps the one its sessions were made with.
    at_square = door_environment("square", env) | {"MASSLINE_SECRET": vote_clients.load_secret(folder)}
    square, desk = free_ports()
    commands = {
        "square": (["serve", "square", "--port", str(square)], at_square),
        "desk": (["serve", "desk", "--port", str(desk)], env),
        "worker": (["work"], env),
    }
    running = {
        name: subprocess.Popen(
            [sys.executable, "-m", "massline", *given], env=around, stdout=subprocess.DEVNULL
        )
        for name, (given, around) in commands.items()
    }
    try:
        wait_for(running["square"], square)
        wait_for(running["desk"], desk)
        yield square, desk, json.loads(made.stdout.splitlines()[-1])
    finally:
        for process in running.values():
            process.terminate()
        for process in running.values():
            process.wait(timeout=PATIENCE)
