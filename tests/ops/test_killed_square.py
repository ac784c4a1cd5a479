"""The square is killed in the middle of voting, again and again; no vote that was thanked for is lost."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

from massline.commands.ports import answers
from tests.ops.house import PATIENCE, environment, free_ports
from tests.ops.voter import Voter

KILLS, VOTES_BETWEEN, VOTERS = 4, 12, 4
OPEN_A_CONVERSATION = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", database="square", verbosity=0)
from massline.square.conversations.actions import open_conversation
from massline.square.organisations.models import PublicOrganisation
riverside = PublicOrganisation.objects.create(slug="riverside", name="Riverside", sentence="Tenants.")
open_conversation(organisation=riverside, question="What first?", seeds=[f"Mend {n}" for n in range(60)])
"""


def open_door(env: dict[str, str], port: int) -> "subprocess.Popen[bytes]":
    door = subprocess.Popen(
        [sys.executable, "-m", "massline", "serve", "square", "--port", str(port)],
        env=env,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    pause = threading.Event()
    for _ in range(PATIENCE * 10):
        if answers("127.0.0.1", port):
            return door
        assert door.poll() is None, "The square did not open."
        pause.wait(0.1)
    raise AssertionError("The square did not open in time.")


def vote_and_kill(door: "subprocess.Popen[bytes]", voters: list[Voter]) -> None:
    voted = threading.Semaphore(0)
    busy = [threading.Thread(target=one.vote_until_the_door_is_gone, args=[voted]) for one in voters]
    for thread in busy:
        thread.start()
    enough = [voted.acquire(timeout=PATIENCE) for _ in range(VOTES_BETWEEN)]
    os.killpg(door.pid, signal.SIGKILL)
    door.wait()
    for thread in busy:
        thread.join(PATIENCE)
    assert all(enough), "Nobody could vote."


def test_what_was_acknowledged_is_never_lost(tmp_path: Path) -> None:
    env = environment(tmp_path, MASSLINE_DOOR="square", DJANGO_SETTINGS_MODULE="massline.settings")
    subprocess.run([sys.executable, "-c", OPEN_A_CONVERSATION], env=env, check=True, timeout=PATIENCE)
    port, _ = free_ports()
    voters = [Voter(f"http://127.0.0.1:{port}/riverside/c/what-first/") for _ in range(VOTERS)]
    for _ in range(KILLS):
        vote_and_kill(open_door(env, port), voters)
    with closing(sqlite3.connect(tmp_path / "square.sqlite3")) as database:
        sound = database.execute("PRAGMA integrity_check").fetchone()
        (key,) = database.execute("SELECT key FROM conversations_conversation").fetchone()
        stored = dict(
            database.execute(
                "SELECT p.key, count(*) FROM conversations_vote v "
                "JOIN conversations_participant p ON p.id = v.participant_id GROUP BY p.key"
            )
        )
    assert sound == ("ok",)
    assert sum(one.acknowledged for one in voters) >= KILLS * VOTES_BETWEEN
    for one in voters:
        name = hashlib.blake2b(one.token().encode(), key=key, digest_size=20).hexdigest()
        assert stored[name] >= one.acknowledged
