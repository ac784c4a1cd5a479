"""The doctor names what is wrong and what to do, and says it with the exit code too."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from massline.cli.doctor import database_logs, installation
from massline.cli.doctor.finding import Finding
from massline.core.db import erasure
from massline.jobs.heartbeats import send_heartbeat
from massline.jobs.models import LAST_ATTEMPT, Job, WorkerHeartbeat, enqueue
from tests.ops.command import massline, troubled


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    settings.DATA = tmp_path
    settings.SECRET_KEY = "s" * 50
    send_heartbeat(["square", "desk"])
    return tmp_path


def says(look: Callable[[], Iterator[Finding]]) -> list[str]:
    return [f"{one.level}: {one.says} {one.to_do}".strip() for one in look()]


def test_a_house_in_order_needs_nothing() -> None:
    said = massline("doctor").output
    assert "Nothing needs to be done." in said
    assert "!" not in said


def test_a_monitor_reads_the_findings_as_one_document() -> None:
    fine = json.loads(massline("doctor", "--json").stdout)
    assert fine["urgent"] == 0
    assert {finding["level"] for finding in fine["findings"]} <= {"fine", "look"}
    enqueue("conversations.take_snapshot", using="square", conversation=1)
    Job.objects.using("square").update(attempts=LAST_ATTEMPT, last_error="ValueError")
    found = json.loads(troubled("doctor", "--json"))
    assert found["urgent"] == 1
    assert [f["to_do"] for f in found["findings"] if f["level"] == "do"] != [""]


def test_dead_jobs_are_named_and_can_be_tried_again() -> None:
    enqueue("conversations.take_snapshot", using="square", conversation=1)
    Job.objects.using("square").update(attempts=LAST_ATTEMPT, last_error="ValueError")
    said = troubled("doctor")
    assert "gave up the job conversations.take_snapshot after 8 tries (ValueError)" in said
    assert "massline doctor --retry" in said
    assert "1 jobs will be tried again" in massline("doctor", "--retry").output
    assert not Job.objects.using("square").dead().exists()


def test_late_jobs_without_a_worker_need_somebody() -> None:
    enqueue("conversations.take_snapshot", using="square", delay=-timedelta(hours=1), conversation=1)
    WorkerHeartbeat.objects.using("square").update(seen_at=timezone.now() - timedelta(hours=1))
    assert "No worker works and 1 jobs of the square are late." in troubled("doctor")


def test_a_folder_others_may_read_is_named(home: Path) -> None:
    home.chmod(0o755)
    (home / "desk.secret").touch(mode=0o644)
    (home / "desk.secret").chmod(0o644)
    said = troubled("doctor")
    assert f"chmod 700 {home}" in said
    assert f"chmod 600 {home / 'desk.secret'}" in said


def test_a_program_that_keeps_the_log_is_named_also_while_others_write(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = home / "square.sqlite3"
    monkeypatch.setattr(erasure, "sqlite_file", lambda _: file)
    monkeypatch.setattr(erasure, "BRIEF_WAIT_SECONDS", 0.0)
    monkeypatch.setattr(database_logs, "PAUSE_SECONDS", 0.0)
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY)")
        with closing(sqlite3.connect(file, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM kept").fetchone()
            writer.execute("INSERT INTO kept DEFAULT VALUES")
            assert (
                "program that keeps the database open" in says(lambda: database_logs.check_log("square"))[0]
            )
        assert says(lambda: database_logs.check_log("square")) == []


def test_a_full_disk_is_said_before_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    def left(free: int) -> None:
        usage = SimpleNamespace(total=100 * 2**30, used=0, free=free)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    left(100 * 2**20)
    assert says(installation.check_disk)[0].startswith("do: Only 0.1 GiB")
    left(2**30)
    assert says(installation.check_disk)[0].startswith("look: 1.0 GiB")
    left(50 * 2**30)
    assert says(installation.check_disk)[0].startswith("fine: 50.0 GiB")


def test_an_address_open_to_others_needs_encryption_and_must_be_heeded(settings: Any) -> None:
    settings.DESK_URL, settings.HTTPS = "http://desk.riverside.example", False
    said = " ".join(says(installation.check_addresses))
    assert "MASSLINE_DESK_URL is open to others without encryption" in said
    assert "Add desk.riverside.example to MASSLINE_HOSTS" in said
    settings.DESK_URL, settings.HTTPS = "https://desk.riverside.example", True
    settings.ALLOWED_HOSTS = ["desk.riverside.example"]
    assert says(installation.check_addresses) == []


def test_a_guessable_secret_and_debug_are_named(settings: Any) -> None:
    settings.SECRET_KEY, settings.DEBUG = "short", True
    said = " ".join(says(installation.check_addresses))
    assert "MASSLINE_SECRET is short" in said
    assert "MASSLINE_DEBUG is on" in said


def test_an_old_sqlite_is_used_safely_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from massline.core.db import sqlite

    for module in (sqlite, installation):
        monkeypatch.setattr(module, "sqlite_version", lambda: (3, 40, 1))
    assert "the slower one is used" in says(installation.check_sqlite)[0]
    assert "journal_mode=TRUNCATE" in sqlite.init_command()


def test_a_network_file_system_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "file_system_of", lambda _: "nfs4")
    assert any(
        one.startswith("do: The data folder is on a network file system")
        for one in says(installation.check_sqlite)
    )


def test_a_clock_that_was_set_back_is_noticed(riverside: Any) -> None:
    from massline.desk.guard.audit.models import AuditLine

    AuditLine.objects.update(day=timezone.localdate() + timedelta(days=3))
    assert "days behind the audit trail" in troubled("doctor")
    enqueue("x", using="square")
    Job.objects.using("square").update(made_at=timezone.now() + timedelta(hours=2))
    assert "The clock runs behind what is stored already" in troubled("doctor")


def test_it_says_how_long_a_login_and_open_names_last(settings: Any) -> None:
    settings.DOOR = "desk"
    (said,) = says(installation.check_sessions)
    assert said.startswith("fine:")
    assert f"{settings.UNLOCK_IDLE_MINUTES:g} minutes" in said
    assert f"{settings.SESSION_IDLE_MINUTES} minutes" in said
    settings.UNLOCK_IDLE_MINUTES = 240
    (said,) = says(installation.check_sessions)
    assert said.startswith("look:")
    assert "240 minutes" in said
    settings.SESSION_IDLE_MINUTES = 0
    (said,) = says(installation.check_sessions)
    assert "used or not" in said
    settings.DOOR = "square"
    assert says(installation.check_sessions) == []
