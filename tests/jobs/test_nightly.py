"""What is done once a day is done at night, whatever the worker went through."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from massline.jobs import nightly

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path


def done(at: datetime) -> None:
    nightly.marker_file("sweep").touch()
    os.utime(nightly.marker_file("sweep"), (at.timestamp(), at.timestamp()))


@pytest.mark.parametrize(
    ("last", "hour", "due"),
    [
        (MONDAY - timedelta(hours=20), 3, True),
        (MONDAY - timedelta(hours=20), 4, True),
        (MONDAY + timedelta(hours=3), 4, False),
        (MONDAY - timedelta(hours=20), 2, False),
        (MONDAY - timedelta(hours=20), 5, False),
        (MONDAY - timedelta(hours=3), 12, False),
        (MONDAY - timedelta(hours=20), 12, True),
    ],
)
def test_it_is_due_in_a_quiet_hour_or_after_a_day_without_one(last: datetime, hour: int, due: bool) -> None:
    done(last)
    assert nightly.is_due("sweep", MONDAY + timedelta(hours=hour)) is due


def test_a_new_house_does_it_at_once_and_a_restart_does_not_repeat_it() -> None:
    did: list[str] = []
    assert nightly.do_nightly("sweep", lambda: did.append("first"))
    assert not nightly.do_nightly("sweep", lambda: did.append("again"))
    assert did == ["first"]


def test_what_fails_is_due_again() -> None:
    def fail() -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        nightly.do_nightly("sweep", fail)
    assert nightly.do_nightly("sweep", list)
