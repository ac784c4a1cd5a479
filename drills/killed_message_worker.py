"""Ten thousand signed up; the place changes; the worker that writes to them is killed again and again.

Beside it a bare loop sends as many letters over as many kept connections, in the same run to the same server.
python -m drills.killed_message_worker PEOPLE KILLS IS_POSTGRES runs it in this process's own house, against a real mail server.
"""

import os
import random
import re
import signal
import smtplib
import socket
import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from drills.isolated_run import print_results, run_isolated
from drills.result import Result
from massline.cli.django_setup import setup_django

LONG, SHORT = (10_000, 8), (400, 3)
WANTED_A_SECOND, SHARE = 1_000, 0.5
A_BUSY_MINUTE = 500
_IDENTITY = re.compile(rb"^Message-ID:\s+(\S+)", re.MULTILINE | re.IGNORECASE)
AFTER_A_LEASE = timedelta(minutes=11)


class MailCounter:
    """Counts the letters that came, by address and by identity."""

    def __init__(self) -> None:
        self.came: list[tuple[str, bytes]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        found = _IDENTITY.search(envelope.original_content)
        self.came += [(to, found[1] if found else b"") for to in envelope.rcpt_tos]
        return "250 taken"


def run(short: bool) -> list[Result]:
    return [
        result
        for is_postgres in (0, 1)
        for result in run_isolated("drills.killed_message_worker", *(SHORT if short else LONG), is_postgres)
    ]


def measure(people: int, kills: int, is_postgres: int) -> list[Result]:
    if not is_postgres:
        return measure_on("SQLite", people, kills)
    from drills.postgres_server import run_server

    with run_server() as postgres:
        os.environ["MASSLINE_SQUARE_DB"] = f"{postgres.address}/square"
        os.environ["MASSLINE_DESK_DB"] = f"{postgres.address}/desk"
        return measure_on("PostgreSQL", people, kills)


def measure_on(kind: str, people: int, kills: int) -> list[Result]:
    from aiosmtpd.controller import Controller

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    os.environ["MASSLINE_MAIL"] = f"smtp://127.0.0.1:{port}"
    os.environ["MASSLINE_MAIL_FROM"] = "Riverside <hello@riverside.example>"
    setup_django("desk")
    event, noon = prepare_event(people)
    post = MailCounter()
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        bare = measure_bare(post, port, min(people, 3_000))
        change_place(event, noon)
        killed, _seconds = kill_workers(post, people, kills, noon)
        results = list_results(kind, post, people, killed)
        post.came.clear()
        change_place(event, noon + (kills + 3) * AFTER_A_LEASE, "The square")
        _killed, seconds = kill_workers(post, people, 0, noon + (kills + 3) * AFTER_A_LEASE)
        ours = len(post.came) / seconds
    finally:
        controller.stop()
    return [*results, *list_speed(kind, ours, bare)]


def measure_bare(post: MailCounter, port: int, letters: int) -> float:
    """Send ready letters over as many connections as the house keeps, in a process of its own; letters a second."""
    process = os.fork()
    began = time.monotonic()
    if process == 0:
        try:
            send_bare(port, letters)
        finally:
            os._exit(0)
    os.waitpid(process, 0)
    seconds, count = time.monotonic() - began, len(post.came)
    post.came.clear()
    return count / seconds


def send_bare(port: int, letters: int) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.conf import settings

    letter = (
        b"From: a@riverside.example\r\nTo: n@post.example\r\nMessage-ID: <x@y>\r\n\r\n"
        + b"A letter.\r\n" * 300
    )

    def send(many: int) -> None:
        with smtplib.SMTP("127.0.0.1", port) as connection:
            for number in range(many):
                connection.sendmail("a@riverside.example", [f"n{number}@post.example"], letter)

    connections = settings.MAIL_CONNECTIONS
    with ThreadPoolExecutor(connections) as threads:
        list(threads.map(send, [letters // connections] * connections))


def prepare_event(people: int) -> tuple[Any, datetime]:
    from django.utils import timezone

    from drills.house_fixture import build_stage
    from massline.desk.act.events import actions
    from massline.desk.act.events.event_plan import EventPlan
    from massline.desk.guard.keys import courier_keys
    from massline.desk.people.models import Organisation
    from massline.desk.people.scope import scope_to_everything

    build_stage()
    noon = timezone.now().replace(hour=12, minute=0) + timedelta(days=1)
    with scope_to_everything("a drill sets the stage"):
        organisation = Organisation.objects.get(slug="riverside")
        event = actions.plan_event(
            organisation=organisation,
            by=None,
            facts=EventPlan(
                kind="mass_meeting",
                title="Meeting",
                starts_at=noon + timedelta(days=5),
                ends_at=noon + timedelta(days=5, hours=2),
                place="The hall",
            ),
        )
    courier_keys.make_spare_keys()
    for first in range(0, people, A_BUSY_MINUTE):
        sign_up(event, range(first, min(first + A_BUSY_MINUTE, people)))
    return event, noon


def sign_up(event: Any, numbers: range) -> None:
    """Sign everyone up in one commit; the load of many single sign-ups is the subject of another drill."""
    from django.db import transaction

    from massline.square.envelopes.actions import leave_envelope
    from massline.square.organisations.models import PublicOrganisation

    face = PublicOrganisation.objects.get(slug="riverside")
    with transaction.atomic(using="square"):
        for number in numbers:
            leave_envelope(
                organisation=face,
                about=event.uuid,
                contents={"name": f"N{number}", "contact": f"n{number}@post.example"},
                form_id=f"f{number}",
                happens_on=event.ends_at.date(),
            )


def change_place(event: Any, noon: datetime, place: str = "Town Hall") -> None:
    import time_machine

    from massline.desk.act.events import actions
    from massline.desk.people.scope import scope_to_everything

    with scope_to_everything("a drill"), time_machine.travel(noon):
        actions.change_event(event=event, by=None, facts=replace(event.facts, place=place))


def kill_workers(post: MailCounter, people: int, kills: int, noon: datetime) -> tuple[int, float]:
    """Let workers write, kill so many in the middle, let the last one finish; give kills and seconds of work."""
    draw, killed, began = random.Random(7), 0, time.monotonic()
    for number in range(kills):
        until = min((number + 1) * people // (kills + 1), people - 1)
        worker = fork_worker(noon + number * AFTER_A_LEASE)
        while len(post.came) < until:
            threading.Event().wait(0.002)
        threading.Event().wait(draw.random() * 0.01)
        os.kill(worker, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(worker, 0)[1])
    last = fork_worker(noon + (kills + 1) * AFTER_A_LEASE)
    os.waitpid(last, 0)
    return killed, time.monotonic() - began


def fork_worker(now: datetime) -> int:
    """Fork a worker that does what is due; its clock is set after the leases of the workers killed before."""
    from django.db import connections

    connections.close_all()
    for connection in connections.all():
        if connection.vendor == "postgresql":
            # Its threads and sockets are not for the forked process.
            connection.close_pool()  # type: ignore[attr-defined]
    process = os.fork()
    if process == 0:
        try:
            run_worker(now)
        finally:
            os._exit(0)
    return process


def run_worker(now: datetime) -> None:
    import time_machine

    from massline.desk.act.jobs import DELIVER
    from massline.desk.people.scope import scope_to_everything
    from massline.jobs.models import enqueue
    from massline.jobs.worker import do_all

    time_machine.travel(now, tick=True).start()
    with scope_to_everything("a drill's worker"):
        do_all("desk")
        for mailing in count_waiting():
            enqueue(DELIVER, using="desk", key=f"{DELIVER} {mailing}", mailing=mailing)
        do_all("desk")


def count_waiting() -> set[int]:
    from massline.desk.act.messages.models import Delivery

    return set(Delivery.objects.to_send().values_list("mailing", flat=True))


def list_results(kind: str, post: MailCounter, people: int, killed: int) -> list[Result]:
    from django.conf import settings

    came = Counter(to for to, _identity in post.came)
    identities = len({identity for _to, identity in post.came})
    twice, allowed = sum(count - 1 for count in came.values()), killed * settings.MAIL_CONNECTIONS
    return [
        Result(
            f"{kind}: a change of place reaches everybody who signed up",
            f"{people:,} of {people:,}",
            f"{len(came):,} of {people:,}",
            len(came) == people,
            f"{killed} workers were killed with kill -9 while they wrote over {settings.MAIL_CONNECTIONS} connections.",
        ),
        Result(
            f"{kind}: each reads it once",
            f"{people:,} messages by Message-ID",
            f"{identities:,}",
            identities == people,
            "A mail program shows two letters of one Message-ID once.",
        ),
        Result(
            f"{kind}: letters the server took twice",
            f"at most one for each kill and connection, {allowed}",
            str(twice),
            twice <= allowed,
            "Taken by the server, and the worker dead before it could write it down.",
        ),
    ]


def list_speed(kind: str, ours: float, bare: float) -> list[Result]:
    from django.conf import settings

    return [
        Result(
            f"{kind}: letters beside a bare loop over the same connections",
            f"≥ {SHARE:.0%} of the bare loop",
            f"{ours:.0f} of {bare:.0f} a second, {ours / bare:.0%}",
            ours >= SHARE * bare,
            f"{settings.MAIL_CONNECTIONS} connections kept; the loop sends one ready text and writes nothing down.",
        ),
        Result(
            f"{kind}: letters a second",
            f"≥ {WANTED_A_SECOND:,}",
            f"{ours:.0f}",
            ours >= WANTED_A_SECOND,
            "Composed, sent and recorded one by one; the mail server is written in Python and runs on the same two cores.",
        ),
    ]


if __name__ == "__main__":
    print_results(measure)
