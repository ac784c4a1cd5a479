"""A worker is killed again and again in the middle of its work; nothing is lost and nothing happens twice."""

import os
import random
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

from django.conf import settings

JOBS, KILLS = 40, 10
ROOT = Path(settings.PACKAGE).parent


def start(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.short_lived_worker", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "MASSLINE_DOOR": "square",
            "MASSLINE_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "massline.settings",
        },
        stdout=subprocess.PIPE,
        text=True,
    )


def finish(folder: Path, *arguments: str) -> None:
    with start(folder, *arguments) as process:
        process.communicate(timeout=120)
    assert process.returncode == 0


def let_leases_run_out(folder: Path) -> None:
    """As ten minutes would."""
    with closing(sqlite3.connect(folder / "square.sqlite3", timeout=20)) as database, database:
        database.execute("UPDATE jobs_job SET leased_until = '2000-01-01 00:00:00'")


def test_kill_nine_loses_and_doubles_nothing(tmp_path: Path) -> None:
    draw = random.Random(7)
    finish(tmp_path, "prepare", str(JOBS))
    for _ in range(KILLS):
        with start(tmp_path, "work") as process:
            assert process.stdout is not None
            for _ in range(draw.randint(1, 3)):
                process.stdout.readline()
            process.kill()
        let_leases_run_out(tmp_path)
    finish(tmp_path, "work")
    with closing(sqlite3.connect(tmp_path / "square.sqlite3")) as database:
        names = database.execute("SELECT name FROM organisations_publicorganisation").fetchall()
        waiting = database.execute("SELECT count(*) FROM jobs_job").fetchone()
        sound = database.execute("PRAGMA integrity_check").fetchone()
    assert Counter(int(name) for (name,) in names) == Counter(range(JOBS))
    assert waiting == (0,)
    assert sound == ("ok",)
