"""Keys by which the worker reads addresses end with their event, and a lost one is said and given up."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from massline.desk.guard.keys import courier_keys
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.models import CourierCopy, CourierKey, Envelope
from massline.square.organisations.models import PublicOrganisation
from tests.desk.guard.keys.courier_sign_ups import over, points, say_yes

pytestmark = pytest.mark.usefixtures("data")


def test_a_key_is_on_the_disk_before_it_is_counted_and_over_it_before_it_goes(
    data: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = data / "not yet there"
    synced: list[bytes] = []
    monkeypatch.setattr(
        os, "fsync", lambda handle: synced.append(Path(f"/proc/self/fd/{handle}").read_bytes())
    )
    assert courier_keys.make_spare_keys() == courier_keys.SPARE
    assert {len(one) for one in synced} == {32}
    assert bytes(32) not in synced
    key = courier_keys.key_folder() / CourierKey.objects.earliest("pk").uuid.hex
    courier_keys.destroy_file(key)
    assert synced[-1] == bytes(32)
    assert not key.exists()
    courier_keys.destroy_file(key)


def test_a_lost_key_is_counted_while_its_event_is_not_over(ready: None, face: PublicOrganisation) -> None:
    say_yes(face)
    for file in courier_keys.key_folder().iterdir():
        if file.name != CourierKey.objects.get(about=face.uuid).uuid.hex:
            file.unlink()
    assert courier_keys.count_lost_keys() == 0
    for file in courier_keys.key_folder().iterdir():
        file.unlink()
    assert courier_keys.count_lost_keys() == 1
    over(days=3)
    assert courier_keys.count_lost_keys() == 0


def test_a_lost_key_is_given_up_and_the_next_sign_up_is_reminded(
    ready: None, data: Path, settings: Any, face: PublicOrganisation
) -> None:
    """As after a restore: the rows are there and no file is."""
    say_yes(face)
    settings.DATA = data / "another machine"
    assert courier_keys.make_spare_keys() == courier_keys.SPARE, "spares without a file are no spares"
    with pytest.raises(courier_keys.CourierGone):
        points(face)
    assert courier_keys.give_up_lost_keys() == (1, 1)
    assert points(face) == []
    say_yes(face, "two")
    assert points(face) == ["rosa@post.example"]
    assert courier_keys.give_up_lost_keys() == (0, 0)


def test_two_days_after_the_event_the_key_is_gone_and_no_kept_copy_opens(
    ready: None, face: PublicOrganisation
) -> None:
    say_yes(face)
    key = CourierKey.objects.get(about=face.uuid)
    over(days=2)
    assert courier_keys.destroy_expired_keys() == 0
    assert points(face) == ["rosa@post.example"]
    over(days=3)
    assert courier_keys.destroy_expired_keys() == 1
    assert not (courier_keys.key_folder() / key.uuid.hex).exists()
    assert not CourierCopy.objects.exists()
    assert Envelope.objects.count() == 1
    assert courier_keys.destroy_expired_keys() == 0


def test_a_key_that_is_not_in_this_folder_is_said_loudly(ready: None, face: PublicOrganisation) -> None:
    say_yes(face)
    key = CourierKey.objects.get(about=face.uuid)
    (courier_keys.key_folder() / key.uuid.hex).write_bytes(bytes(range(32)))
    with pytest.raises(courier_keys.CourierGone, match="does not open"):
        points(face)
    courier_keys.destroy_file(courier_keys.key_folder() / key.uuid.hex)
    with pytest.raises(courier_keys.CourierGone, match="cannot be read"):
        points(face)


def test_a_moved_event_takes_what_was_left_for_it_along(ready: None, face: PublicOrganisation) -> None:
    envelope = say_yes(face)
    later = timezone.localdate() + timedelta(days=40)
    envelopes.follow_moved_event(about=face.uuid, happens_on=later)
    envelope.refresh_from_db()
    assert envelope.expires_on == later + timedelta(days=14)
    assert CourierKey.objects.get(about=face.uuid).expires_on == later + timedelta(days=2)


def test_a_file_without_a_row_is_destroyed_once_it_is_an_hour_old(
    ready: None, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stray = courier_keys.key_folder() / "left-over"
    stray.write_bytes(b"k" * 32)
    courier_keys.destroy_expired_keys()
    assert stray.exists()
    monkeypatch.setattr(courier_keys, "ORPHAN_SECONDS", -5)
    courier_keys.destroy_expired_keys()
    assert not stray.exists()
    assert len(list(courier_keys.key_folder().iterdir())) == courier_keys.SPARE
