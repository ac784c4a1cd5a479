"""Ten thousand signed up; the place changes; the worker that writes to them is killed again and again.

python -m drills.killed_message_worker PEOPLE KILLS runs it in this process's own house, against a real mail server.
"""

import os
import random
import re
import signal
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
    return run_isolated("drills.killed_message_worker", *(SHORT if short else LONG))


def measure(people: int, kills: int) -> list[Result]:
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
        change_place(event, noon)
        killed, seconds = kill_workers(post, people, kills, noon)
    finally:
        controller.stop()
    return list_results(post, people, killed, seconds)


def prepare_event(people: int) -> tuple[Any, datetime]:
    from django.utils import timezone

    from drills.house_fixture import build_stage
    from massline.desk.act.events import actions
    from massline.desk.act.events.facts import EventPlan
    from massline.desk.guard.keys import courier_keys
    from massline.desk.people.models import Organisation
    from massline.desk.people.scope import everything

    build_stage()
    noon = timezone.now().replace(hour=12, minute=0) + timedelta(days=1)
    with everything("a drill sets the stage"):
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


def change_place(event: Any, noon: datetime) -> None:
    import time_machine

    from massline.desk.act.events import actions
    from massline.desk.people.scope import everything

    with everything("a drill"), time_machine.travel(noon):
        actions.change_event(event=event, by=None, facts=replace(event.facts, place="Town Hall"))


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
    from massline.desk.people.scope import everything
    from massline.jobs.models import enqueue
    from massline.jobs.worker import do_all

    time_machine.travel(now, tick=True).start()
    with everything("a drill's worker"):
        do_all("desk")
        for mailing in count_waiting():
            enqueue(DELIVER, using="desk", key=f"{DELIVER} {mailing}", mailing=mailing)
        do_all("desk")


def count_waiting() -> set[int]:
    from massline.desk.act.messages.models import Delivery

    return set(Delivery.objects.to_send().values_list("mailing", flat=True))


def list_results(post: MailCounter, people: int, killed: int, seconds: float) -> list[Result]:
    came = Counter(to for to, _identity in post.came)
    identities = len({identity for _to, identity in post.came})
    twice = sum(count - 1 for count in came.values())
    return [
        Result(
            "A change of place reaches everybody who signed up",
            f"{people:,} of {people:,}",
            f"{len(came):,} of {people:,}",
            len(came) == people,
            f"{killed} workers were killed with kill -9 while they wrote, {len(post.came) / seconds:.0f} letters a second.",
        ),
        Result(
            "Each reads it once",
            f"{people:,} messages by Message-ID",
            f"{identities:,}",
            identities == people,
            "A mail program shows two letters of one Message-ID once.",
        ),
        Result(
            "Letters the server took twice",
            f"at most one for each kill, {killed}",
            str(twice),
            twice <= killed,
            "Taken by the server, and the worker dead before it could write it down.",
        ),
    ]


if __name__ == "__main__":
    print_results(measure)
