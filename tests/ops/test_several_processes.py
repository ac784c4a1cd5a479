"""What a door allows in all is no more where several processes answer: wrong passphrases, and wrong codes."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from massline.cli.ports import is_listening
from tests.ops.house import PATIENCE, environment, free_ports, run, wait_for_processes

OPENED = """
from massline.cli.django_setup import setup_django
setup_django("desk")
from massline.desk.people.models import Account
from massline.square.conversations.actions import open_conversation
from massline.square.organisations.models import PublicOrganisation
Account.objects.create_user("amal", "seven boats wait by the bridge")
face = PublicOrganisation.objects.create(slug="riverside", name="Riverside", sentence="Tenants.")
open_conversation(organisation=face, question="What first?", seeds=["Mend."])
"""
BALLOT = re.compile(r'name="ballot" value="([^"]+)"')
FORM = "0123456789abcdef" * 2
CODES, LOGINS = 60, 8


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    made = environment(tmp_path, MASSLINE_HTTPS="yes")
    assert run("prepare", env=made).returncode == 0
    subprocess.run([sys.executable, "-c", OPENED], env=made, check=True, timeout=PATIENCE)
    return made


@contextmanager
def serving(door: str, env: dict[str, str]) -> Iterator[int]:
    """One door by two processes, as somebody would start it; give its port."""
    port, _ = free_ports()
    command = [sys.executable, "-m", "massline", "serve", door, "--workers", "2", "--port", str(port)]
    started = subprocess.Popen([*command, "--until-stdin-closes"], env=env, stdin=subprocess.PIPE)
    pause = threading.Event()
    try:
        while not is_listening("127.0.0.1", port):
            assert started.poll() is None, "it did not open"
            pause.wait(0.05)
        yield port
    finally:
        assert started.stdin is not None
        started.stdin.close()
        started.wait(PATIENCE)


def send(port: int, door: str, path: str, **given: str) -> tuple[int, str]:
    """Ask over a connection of its own, as one sender behind the proxy; give status and page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {
        "Host": f"localhost:{port}",
        "Origin": f"https://localhost:{port}",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "203.0.113.7",
        "Cookie": f"__Host-massline-{door}-csrf={FORM}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({"csrfmiddlewaretoken": FORM, **given}) if given else None
    connection.request("POST" if given else "GET", path, body, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page


def test_wrong_passphrases_are_counted_together_at_the_desk(env: dict[str, str]) -> None:
    with serving("desk", env) as port:
        tried = [
            send(port, "desk", "/login/", name="amal", passphrase=f"wrong number {n} of the bridge")[0]
            for n in range(LOGINS + 4)
        ]
        assert tried.count(429) == 4
        assert tried[-4:] == [429] * 4


def test_the_processes_of_the_square_share_what_one_sender_may_try(env: dict[str, str]) -> None:
    with serving("square", env) as port:
        wait_for_processes(Path(env["MASSLINE_DATA"]), 3)  # a server and two that answer
        form = BALLOT.search(send(port, "square", "/riverside/c/what-first/in/")[1])
        assert form is not None
        tried = [
            send(port, "square", "/riverside/c/what-first/in/", code="3333-3333-3333", ballot=form[1])[0]
            for _ in range(2 * CODES)
        ]
        allowed = len(tried) - tried.count(429)
        assert CODES // 2 <= allowed <= CODES
