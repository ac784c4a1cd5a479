"""Ten poisons of every kind wait in every queue of a running worker; the good message of each queue goes out all the same.

python -m drills.poisoned_queues SECONDS runs it in this process's own house, against real servers on this machine.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from drills.isolated_run import print_results, run_isolated
from drills.result import Result
from massline.cli.django_setup import setup_django

A_MINUTE, TEN = 60, 10
GOOD = "rosa@post.example"


class Post:
    """A mail server that hangs up on some, puts some off, refuses some letters, and notes when the good one came."""

    def __init__(self) -> None:
        self.came: dict[str, float] = {}

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address.startswith("hangup"):
            server.transport.close()
        if address.startswith("later"):
            return "450 4.2.1 come again"
        if address.startswith("nobody"):
            return "550 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if any(to.startswith("filter") for to in envelope.rcpt_tos):
            return "554 5.6.0 our filter breaks"
        self.came |= dict.fromkeys(envelope.rcpt_tos, time.monotonic())
        return "250 taken"


class Web(ThreadingHTTPServer):
    """A server whose address says what it does: hang, drip a byte now and then, fail, or answer; it notes when it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.came: dict[str, float] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    server: Web

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = self.path.strip("/").partition("/")[0]
        if kind == "sms" and b'"+49170666' in body:
            kind = "drip"
        if kind in ("drip", "hang"):
            self._drip(b"HTTP/1.1 200 OK\r\n" if kind == "drip" else b"")
            return
        if kind == "fails":
            self.send_error(500)
            return
        self.server.came.setdefault(kind, time.monotonic())
        self._send(_feed(kind) if kind.startswith("feed") else _bot(self.path))

    do_POST = do_PUT = do_GET

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self, begin: bytes) -> None:
        try:
            self.wfile.write(begin)
            while not _ended.wait(4):
                self.wfile.write(b"x")
                self.wfile.flush()
        except OSError:
            return

    def log_message(self, *_: Any) -> None:
        """Say nothing: the drill counts."""


_ended = threading.Event()
_asked = threading.Event()


def _feed(kind: str) -> bytes:
    if kind == "feed-large":
        entries = "".join(f"<item><title>Eviction {n} at street {n}</title></item>" for n in range(40_000))
        return f'<rss version="2.0"><channel>{entries}</channel></rss>'.encode()
    if kind == "feed-deep":
        return b'<rss version="2.0"><channel>' + b"<item>" * 200_000
    if kind == "feed-odd":
        return (
            b'<rss version="2.0"><channel><item><title>x</title><link>http://[</link></item></channel></rss>'
        )
    return b'<rss version="2.0"><channel><item><title>Good eviction news</title></item></channel></rss>'


def _bot(path: str) -> bytes:
    """Telegram's list of questions, once: ten that cannot be read, then a good one."""
    if "getUpdates" not in path or _asked.is_set():
        return b'{"result": []}'
    _asked.set()
    bad = [{"update_id": n, "message": {"chat": None, "text": {}}} for n in range(TEN)]
    good = {"update_id": TEN, "message": {"chat": {"id": 7, "type": "private"}, "text": "/next"}}
    return json.dumps({"result": [*bad, good]}).encode()


ONE_LANE = """
import threading, time
from massline.cli.django_setup import setup_django
setup_django("desk")
from massline.jobs import worker
from massline.jobs.lanes import LANES
schedule = worker.Schedule()
while True:
    for lane in LANES:
        worker.run_rounds(schedule, lane)
    if not any([worker.do_one(using) for using in worker.databases()]):
        time.sleep(0.2)
"""


def run(short: bool) -> list[Result]:
    return [
        *run_isolated("drills.poisoned_queues", A_MINUTE),
        *run_isolated("drills.poisoned_queues", A_MINUTE, 1),
    ]


def inside(seconds: int, one_lane: int = 0) -> list[Result]:
    """With `one_lane`, one thread does every job, the oldest first, as in the version before there were lanes."""
    with ExitStack() as servers:
        post, port = servers.enter_context(_mail_server())
        web = servers.enter_context(_web_server())
        os.environ |= {
            "MASSLINE_MAIL": f"smtp://127.0.0.1:{port}",
            "MASSLINE_MAIL_FROM": "Riverside <hello@riverside.example>",
            "MASSLINE_SMS_URL": f"{web.url}/sms/",
            "MASSLINE_TELEGRAM_URL": f"{web.url}/telegram",
            "MASSLINE_TELEGRAM_TOKEN": "42:token",
            "MASSLINE_WATCH_OWN_NETWORK": "yes",
        }
        setup_django("desk")
        fill_queues(web)
        worker = _start_worker(["-c", ONE_LANE] if one_lane else ["-m", "massline", "work"])
        began = time.monotonic()
        try:
            return [can_fail(post, web, began, seconds)] if one_lane else results(post, web, began, seconds)
        finally:
            _ended.set()
            worker.terminate()
            worker.wait(20)


@contextmanager
def _mail_server() -> Iterator[tuple[Post, int]]:
    from aiosmtpd.controller import Controller

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    yield post, port
    controller.stop()


@contextmanager
def _web_server() -> Iterator[Web]:
    with Web() as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        yield web
        web.shutdown()


def _start_worker(command: list[str]) -> "subprocess.Popen[bytes]":
    from django.db import connections

    connections.close_all()
    return subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def fill_queues(web: Web) -> None:
    """Put ten of every poison into every queue, each before the good one."""
    from drills.house_fixture import build_stage
    from massline.desk.guard.keys import courier_keys
    from massline.desk.people.models import Organisation
    from massline.desk.people.scope import scope_to_everything

    build_stage()
    courier_keys.make_spare_keys()
    with scope_to_everything("a drill fills the queues"):
        organisation = Organisation.objects.get(slug="riverside")
        _sign_up_poison(organisation)
        _follow_poison(organisation, web)
        _tell_poison(organisation, web)
        _queue_poison()


def _sign_up_poison(organisation: Any) -> None:
    from django.utils import timezone

    from massline.desk.act.events import actions
    from massline.desk.act.events.event_plan import EventPlan
    from massline.square.envelopes.actions import leave_envelope
    from massline.square.envelopes.models import CourierCopy
    from massline.square.organisations.models import PublicOrganisation

    starts = timezone.now() + timedelta(days=5)
    plan = EventPlan(
        kind="mass_meeting",
        title="Meeting",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place="Hall",
    )
    event = actions.plan_event(organisation=organisation, by=None, facts=plan)
    face = PublicOrganisation.objects.get(slug="riverside")
    mails = ["a@\u00ad.com", "broken{}@post.example", "hangup{}@post.example", "later{}@post.example"]
    mails += ["nobody{}@post.example", "filter{}@post.example", "+49170666{}0000", "?"]
    bad = [mail.format(n) for mail in mails for n in range(TEN)]
    for number, address in enumerate([*bad, "+491701234567", GOOD]):
        leave_envelope(
            organisation=face,
            about=event.uuid,
            contents={"name": f"N{number}", "contact": address},
            form_id=f"f{number}",
            happens_on=event.ends_at.date(),
        )
    broken = CourierCopy.objects.order_by("pk")[TEN : 2 * TEN]
    for copy in broken:
        copy.sealed = b"not sealed at all"
        copy.save()


def _follow_poison(organisation: Any, web: Web) -> None:
    from massline.desk.listen.watches import actions

    watch = actions.track_issue(organisation=organisation, name="Evictions", by=None)
    kinds = ["drip", "hang", "fails", "feed-large", "feed-deep", "feed-odd", "feed-good"]
    for kind in kinds:
        for number in range(1 if kind == "feed-good" else TEN):
            actions.add_feed(watch=watch, url=f"{web.url}/{kind}/{number}", by=None)


def _tell_poison(organisation: Any, web: Web) -> None:
    from massline.desk.api import key_and_webhook_actions
    from massline.desk.api.models import WebhookEvent
    from massline.desk.people.models import Account

    kind = WebhookEvent.CALL_PUBLISHED.value
    holder = Account.objects.order_by("pk").first()
    assert holder is not None
    poison = [f"{kind}/{n}" for kind in ("drip", "fails") for n in range(TEN)]
    for path in ["webhook-good/", *poison, "webhook-last/"]:
        key_and_webhook_actions.add_webhook(
            organisation=organisation, url=f"{web.url}/{path}", kinds=[kind], by=holder
        )
    key_and_webhook_actions.queue_webhooks(organisation=organisation, kind=kind, facts={"id": "1"})


def _queue_poison() -> None:
    from massline.jobs.models import enqueue
    from massline.jobs.registry import JOB_TYPES

    for name in [*JOB_TYPES, "no.such.job"]:
        for number in range(TEN):
            enqueue(name, using="desk", nonsense=number)


def can_fail(post: Post, web: Web, began: float, seconds: int) -> Result:
    good = goods(post, web)
    while time.monotonic() - began < seconds and any(came() is None for came in good.values()):
        time.sleep(0.2)
    out = sum(came() is not None for came in good.values())
    return Result.control(
        "one lane does every job, the oldest first",
        f"fewer than {len(good)} of {len(good)} go out within {seconds} s",
        f"{out} of {len(good)}",
        out < len(good),
    )


def goods(post: Post, web: Web) -> "dict[str, Callable[[], float | None]]":
    """The good one of each queue, and when it went out."""
    return {
        "a letter": lambda: post.came.get(GOOD),
        "a text message": lambda: web.came.get("sms"),
        "a bot's answer": lambda: web.came.get("telegram") if _asked.is_set() else None,
        "a feed": lambda: web.came.get("feed-good"),
        "a webhook": lambda: _last(web.came, "webhook-good", "webhook-last"),
    }


def _last(came: dict[str, float], *names: str) -> float | None:
    """When the last of several came; None until all have."""
    return max(came[name] for name in names) if came.keys() >= set(names) else None


def results(post: Post, web: Web, began: float, seconds: int) -> list[Result]:
    good = goods(post, web)
    while time.monotonic() - began < 3 * seconds and any(came() is None for came in good.values()):
        time.sleep(0.2)
    rows = []
    for name, came in good.items():
        at = came()
        took = None if at is None else at - began
        rows.append(
            Result(
                f"Ten of every poison wait, and {name} goes out",
                f"within {seconds} s",
                "never" if took is None else f"{took:.0f} s",
                took is not None and took <= seconds,
            )
        )
    return rows


if __name__ == "__main__":
    print_results(inside)
