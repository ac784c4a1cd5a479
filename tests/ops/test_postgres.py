"""The same house on PostgreSQL: prepared, looked at, and the stories of both doors told again on it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.ops.house import environment, run, started
from tests.ops.postgres import make_owned, make_role, server
from tests.trials import Trials

ROOT = Path(settings.PACKAGE).parent
ROLE = "massline"
# Those that write most, of each room; pages that only draw say the same on either database. First those that lock,
# count and search, where the databases differ most: these are told for each commit, the others in full runs.
STORIES = [
    "tests/jobs/test_worker.py",
    "tests/square/conversations/test_voting.py",
    "tests/desk/act/test_collection.py",
    "tests/cli/test_polis.py",
    "tests/square/calls/test_calls_and_sign_ups.py",
    "tests/square/reports/test_reports.py",
    "tests/desk/listen/test_rounds.py",
    "tests/desk/sumup/test_claims.py",
    "tests/desk/decide/test_decisions.py",
    "tests/desk/call/test_calls.py",
    "tests/desk/learn/test_reviews_and_lessons.py",
    "tests/desk/guard/keys/test_holders_and_rotation.py",
]


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with server() as address:
        make_role(address, ROLE, makes_databases=True)
        yield address


@pytest.fixture
def env(postgres: str, tmp_path: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    name = request.node.name
    return environment(
        tmp_path,
        MASSLINE_SQUARE_DB=make_owned(postgres, f"square_{name}"[:60], ROLE),
        MASSLINE_DESK_DB=make_owned(postgres, f"desk_{name}"[:60], ROLE),
    )


def test_prepared_and_in_order(env: dict[str, str], tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert run("prepare", env=env).returncode == 0
    said = run("doctor", env=env)
    assert said.returncode == 0, said.stdout
    assert "The database of the square is up to date (postgresql)." in said.stdout
    assert "The database of the desk is up to date (postgresql)." in said.stdout
    assert "PostgreSQL keeps organisations apart" in said.stdout


# Three transactions, then the night; a reader that holds a table is waited for two seconds, and then the next hour does it.
VERSIONS = """
import time
from pathlib import Path
import psycopg
from massline.cli.django_setup import setup_django
setup_django("square")
from django.conf import settings
from django.db import OperationalError, connections
from massline.core.db.row_versions import forget_row_versions
from massline.square.conversations.actions import open_conversation
from massline.square.conversations.models import Participant
from massline.square.organisations.models import PublicOrganisation
face = PublicOrganisation.objects.create(slug="riverside", name="Riverside", sentence="Tenants.")
talk = open_conversation(organisation=face, question="What first?", seeds=["Mend."])
for n in range(3):
    Participant.objects.create(conversation=talk, key=f"{n}")
unfinished = Path(settings.DATA) / "unfinished"
unfinished.parent.mkdir(parents=True, exist_ok=True)
def night():
    return forget_row_versions(((Participant, "level"),), using="square", unfinished=unfinished)
def versions():
    with connections["square"].cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text), count(*) FROM conversations_participant")
        return cursor.fetchone()
assert versions() == (3, 3)
import os
with psycopg.connect(os.environ["MASSLINE_SQUARE_DB"]) as reader:
    reader.execute("SELECT * FROM conversations_participant").fetchall()
    began = time.monotonic()
    try:
        night()
    except OperationalError:
        assert 1 < time.monotonic() - began < 30
    else:
        raise AssertionError("it waited for the reader, or did not lock")
assert unfinished.exists()
assert night()
assert versions() == (1, 3)
assert not unfinished.exists()
assert not night()
Participant.objects.create(conversation=talk, key="late")
assert night()
assert versions() == (1, 4)
from massline.core.db import row_versions
row_versions.PIECE = 2
Participant.objects.create(conversation=talk, key="later still")
assert night()
assert versions() == (3, 5), "a transaction a piece, and a piece is by keys that say nothing"
assert not night()
"""


def test_no_table_of_the_desk_is_in_the_database_of_the_square(env: dict[str, str]) -> None:
    assert run("prepare", env=env).returncode == 0
    with psycopg.connect(env["MASSLINE_SQUARE_DB"]) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    apps = {name.split("_")[0] for (name,) in found}
    assert apps == {
        "calls",
        "conversations",
        "django",
        "elections",
        "envelopes",
        "jobs",
        "organisations",
        "reports",
        "street",
    }


def test_row_versions_say_nothing_after_the_night_and_nobody_waits_long_for_it(env: dict[str, str]) -> None:
    assert run("prepare", env=env).returncode == 0
    done = subprocess.run([sys.executable, "-c", VERSIONS], env=env, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-3000:]


def test_both_doors_open(env: dict[str, str], tmp_path: Path) -> None:
    named = {name: value for name, value in env.items() if name.endswith("_DB")}
    with started(tmp_path, "--empty", **named) as house:
        assert "<html" in house.page(house.square)
        assert "<html" in house.page(house.desk, "/login/")
        assert house.stop() == 0


def test_the_stories_of_both_doors_hold(env: dict[str, str], trials: Trials) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-m",
            "not browser",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            *STORIES[: trials.of(len(STORIES))],
        ],
        cwd=Path(settings.PACKAGE).parent,
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-5000:]
