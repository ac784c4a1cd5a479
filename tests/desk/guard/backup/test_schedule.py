"""The worker backs up every day, keeps what is wanted, and brings one back every week; where it fails, people are told."""

import json
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.utils import timezone
from time_machine import travel

from massline.cli.install.upgrade import RECORD, Upgrade
from massline.desk.guard.backup import schedule, status
from massline.desk.guard.backup.archive import BackupProblem
from massline.desk.guard.backup.dump import Backup
from massline.desk.guard.backup.models import BackupEvent, BackupRun
from massline.desk.people.models import Account, Organisation
from tests.conftest import at_desk
from tests.parts import shows


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """A house that lets its worker make backups."""
    settings.BACKUP_FOLDER, settings.BACKUP_KEEP = str(tmp_path), 3
    settings.BACKUP_RECIPIENTS = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(2)]
    return tmp_path


@pytest.fixture
def copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was asked for, with files in place of backups."""
    asked: list[Any] = []

    def pretend(databases: Any, into: Path, recipients: Any, *, now: Any) -> Backup:
        asked.append((sorted(databases), recipients))
        made = [into / f"massline-{now:%Y%m%dT%H%M%S}.{kind}.age" for kind in ("data", "keys")]
        for file in made:
            file.write_bytes(b"age")
        return Backup(made[0], made[1], {})

    monkeypatch.setattr(schedule, "make_backup", pretend)
    return asked


def test_one_a_day_and_no_more_than_are_wanted(copied: list[Any], folder: Path, settings: Any) -> None:
    now = timezone.now()
    for hours in (0, 1, 23, 24, 48, 72, 96):
        with travel(now + timedelta(hours=hours), tick=False):
            schedule.back_up_if_due()
    assert len(copied) == 5
    assert copied[0] == (["desk", "square"], settings.BACKUP_RECIPIENTS)
    assert len(list(folder.glob("*.data.age"))) == len(list(folder.glob("*.keys.age"))) == 3
    newest = f"massline-{now + timedelta(hours=96):%Y%m%dT%H%M}"
    assert any(file.name.startswith(newest) for file in folder.iterdir())


def test_a_key_bag_goes_after_thirty_days_however_many_are_wanted(copied: list[Any], folder: Path) -> None:
    now = timezone.now()
    for days in (31, 29):
        for kind in ("data", "keys"):
            (folder / f"massline-{now - timedelta(days=days):%Y%m%dT%H%M%S}.{kind}.age").write_bytes(b"age")
    schedule.delete_old_backups(folder, now=now)
    assert len(list(folder.glob("*.data.age"))) == 2
    assert len(list(folder.glob("*.keys.age"))) == 1


def test_the_backup_that_a_rollback_needs_outlives_later_ones(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert schedule.LAST_UPGRADE == RECORD
    now = timezone.now()
    for days in range(7):
        for kind in ("data", "keys"):
            (folder / f"massline-{now - timedelta(days=days):%Y%m%dT%H%M%S}.{kind}.age").write_bytes(b"age")
    oldest = {
        kind: str(folder / f"massline-{now - timedelta(days=6):%Y%m%dT%H%M%S}.{kind}.age")
        for kind in ("data", "keys")
    }
    record = tmp_path_factory.mktemp("state") / "upgrade.json"
    record.write_text(json.dumps(asdict(Upgrade("0.1.0", "0.2.0", **oldest))))
    monkeypatch.setattr(schedule, "LAST_UPGRADE", record)
    schedule.delete_old_backups(folder, now=now)
    assert len(list(folder.iterdir())) == 2 * (3 + 1)
    assert all(Path(file).is_file() for file in oldest.values())
    schedule.delete_old_backups(folder, now=now + timedelta(days=29))
    assert Path(oldest["data"]).is_file()
    assert not Path(oldest["keys"]).exists()
    record.unlink()
    schedule.delete_old_backups(folder, now=now)
    assert not Path(oldest["data"]).exists()


def test_without_a_folder_the_worker_makes_none(settings: Any) -> None:
    settings.BACKUP_FOLDER = ""
    assert schedule.back_up_if_due() is None
    assert schedule.rehearse_restore_if_due() is None
    assert not BackupRun.objects.exists()


def test_what_failed_is_written_down_and_tried_again_after_three_hours(
    folder: Path, settings: Any, riverside: Organisation, amal: Account
) -> None:
    settings.BACKUP_RECIPIENTS = settings.BACKUP_RECIPIENTS[:1]
    with pytest.raises(BackupProblem, match="at least two"):
        schedule.back_up_if_due()
    assert schedule.back_up_if_due() is None
    with travel(timezone.now() + timedelta(hours=3), tick=False), pytest.raises(BackupProblem):
        schedule.back_up_if_due()
    assert list(BackupRun.objects.values_list("what", "held")) == [("backup", False)] * 2
    for page in ("/riverside/guard/", "/riverside/guard/record/"):
        assert shows(at_desk(amal).get(page), "no-backup")
    assert shows(at_desk(amal).get("/riverside/"), "backup-missing")


def test_a_drill_that_is_two_weeks_old_alarms_guard_and_today(
    folder: Path, riverside: Organisation, amal: Account
) -> None:
    status.record_run(BackupEvent.RESTORE, held=True)
    with travel(timezone.now() + timedelta(days=13)):
        status.record_run(BackupEvent.BACKUP, held=True)
        status.record_run(BackupEvent.RESTORE, held=False)
        assert not status.backup_status().tried_is_old
        assert not shows(at_desk(amal).get("/riverside/"), "backup-untried")
    with travel(timezone.now() + timedelta(days=15)):
        status.record_run(BackupEvent.BACKUP, held=True)
        assert status.backup_status().tried_is_old
        assert shows(at_desk(amal).get("/riverside/"), "backup-untried")
        assert shows(at_desk(amal).get("/riverside/guard/record/"), "backup-untested")


def test_the_newest_is_brought_back_every_week(
    folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DRILL_IDENTITY, asked = "/keys/drill.key", []

    class Done:
        returncode = 0

    def pretend(words: list[str], **_: Any) -> Done:
        asked.append(words[3:])
        return Done()

    monkeypatch.setattr("massline.desk.guard.backup.schedule.subprocess.run", pretend)
    assert schedule.rehearse_restore_if_due() is None
    for day in (1, 2):
        for kind in ("data", "keys"):
            (folder / f"massline-2026110{day}T000000.{kind}.age").write_bytes(b"age")
    assert schedule.rehearse_restore_if_due() is True
    assert schedule.rehearse_restore_if_due() is None
    data, keys = (str(folder / f"massline-20261102T000000.{kind}.age") for kind in ("data", "keys"))
    assert asked == [["drill", "restore", data, "--identity", "/keys/drill.key", "--keys", keys]]
    Done.returncode = 1
    with travel(timezone.now() + timedelta(days=7), tick=False):
        assert schedule.rehearse_restore_if_due() is False
    assert status.backup_status().tried is not None
    assert BackupRun.objects.filter(what="restore", held=False).count() == 1
