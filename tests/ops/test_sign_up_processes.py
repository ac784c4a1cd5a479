"""What one sender may sign up in all is no more where two processes answer, on SQLite and on PostgreSQL."""

import re
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import psycopg
import pytest

from tests.ops.house import PATIENCE, environment, run, wait_for_processes
from tests.ops.postgres import server
from tests.ops.test_several_processes import send, serving

PLANNED = """
from datetime import timedelta
from django.utils import timezone
from massline.cli.django_setup import setup_django
setup_django("desk")
from nacl.public import PrivateKey
from massline.square.calls.models import PublicEvent
from massline.square.organisations.models import PublicOrganisation
key = bytes(PrivateKey.generate().public_key)
face = PublicOrganisation.objects.create(
    slug="riverside", name="Riverside", sentence="Tenants.", seal_key=key, seal_epoch=1
)
starts = timezone.now() + timedelta(days=3)
event = PublicEvent.objects.create(
    organisation=face, kind="mass_meeting", title="Meeting", place="Hall", starts_at=starts,
    ends_at=starts + timedelta(hours=2),
)
print(event.get_absolute_url())
"""
KEPT = """
from massline.cli.django_setup import setup_django
setup_django("desk")
from massline.square.envelopes.models import Envelope
print(Envelope.objects.count())
"""
FORM_ID = re.compile(r'name="form_id" value="([^"]+)"')
SIGN_UPS, SECONDS, SENT, AT_ONCE = 1_200, 600, 1_700, 8


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def test_one_sender_signs_up_no_more_often_by_two_processes(tmp_path: Path, kind: str) -> None:
    with server() if kind == "postgresql" else nullcontext() as address:
        more = {"MASSLINE_SQUARE_DB": _made(address)} if address else {}
        env = environment(tmp_path, MASSLINE_HTTPS="yes", **more)
        assert run("prepare", env=env).returncode == 0
        path = _output_of(PLANNED, env)
        with serving("square", env) as port:
            wait_for_processes(tmp_path, 3)  # a server and two that answer
            form = FORM_ID.search(send(port, "square", path)[1])
            assert form is not None
            given = {"form_id": form[1], "name": "Rosa", "contact": "rosa@post.example"}
            began = time.monotonic()
            with ThreadPoolExecutor(AT_ONCE) as pool:
                told = Counter(pool.map(lambda _n: send(port, "square", path, **given)[0], range(SENT)))
            regained = (time.monotonic() - began) * SIGN_UPS / SECONDS
        assert set(told) == {302, 429}
        assert SIGN_UPS // 2 <= told[302] <= SIGN_UPS + regained + 2
        assert _output_of(KEPT, env) == "1", "one copy of the form is one sign-up, whichever process took it"


def _output_of(program: str, env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=env,
        check=True,
        timeout=PATIENCE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.split()[-1]


def _made(address: str) -> str:
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE square")
    return f"{address}/square"
