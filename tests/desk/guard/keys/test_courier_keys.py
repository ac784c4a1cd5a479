"""The worker may write to those who said they come, until two days after; nobody else, and never again."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone
from nacl.exceptions import CryptoError

from massline.desk.guard.keys import courier_keys
from massline.square.calls.models import PublicEvent
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.models import CourierCopy, CourierKey
from massline.square.envelopes.sealing import open_contents
from massline.square.organisations.models import PublicOrganisation
from tests.desk.guard.keys.courier_sign_ups import DIGEST, ROSA, points, say_yes

pytestmark = pytest.mark.usefixtures("data")


def test_the_worker_reads_the_address_and_the_language_and_nothing_else(
    ready: None, face: PublicOrganisation
) -> None:
    say_yes(face)
    say_yes(face, "two", contact="+49 170 1")
    last_day = timezone.localdate() + timedelta(days=5)
    assert CourierKey.objects.get(about=face.uuid).expires_on == last_day
    found = list(courier_keys.open_addresses(face.uuid))
    assert [(one.point, one.language) for one in found] == [("rosa@post.example", "es"), ("+491701", "es")]
    assert len({one.copy for one in found}) == 2
    private = (courier_keys.key_folder() / CourierKey.objects.get(about=face.uuid).uuid.hex).read_bytes()
    assert "name" not in open_contents(bytes(CourierCopy.objects.earliest("pk").sealed), private)


def test_the_square_holds_public_halves_alone_and_the_files_are_closed(
    ready: None, face: PublicOrganisation
) -> None:
    say_yes(face)
    copy = CourierCopy.objects.get()
    with pytest.raises(CryptoError):
        open_contents(bytes(copy.sealed), bytes(copy.key.public_key))
    assert courier_keys.key_folder().stat().st_mode & 0o777 == 0o700
    files = list(courier_keys.key_folder().iterdir())
    assert len(files) == courier_keys.SPARE
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_sign_ups_without_a_copy_are_counted_while_their_event_comes(face: PublicOrganisation) -> None:
    starts_at = timezone.now() + timedelta(days=3)
    event = PublicEvent.objects.create(
        organisation=face,
        title="Meeting",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="Hall",
    )
    envelopes.leave_envelope(
        organisation=face,
        about=event.uuid,
        contents=ROSA,
        form_id="early",
        happens_on=timezone.localdate() + timedelta(days=3),
    )
    assert courier_keys.count_sign_ups_without_copy() == 1
    PublicEvent.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    assert courier_keys.count_sign_ups_without_copy() == 0


def test_every_event_has_a_key_of_its_own_and_spare_ones_are_made_again(
    ready: None, face: PublicOrganisation
) -> None:
    mine = say_yes(face)
    other, _ = envelopes.leave_envelope(
        organisation=face, about=UUID(int=9), contents=ROSA, form_id="other", happens_on=timezone.localdate()
    )
    assert other.courier_copy.key != mine.courier_copy.key
    assert courier_keys.make_spare_keys() == 2
    assert courier_keys.make_spare_keys() == 0
    assert CourierKey.objects.filter(about=None).count() == courier_keys.SPARE


def test_without_a_key_ready_the_sign_up_is_kept_all_the_same(face: PublicOrganisation) -> None:
    envelope = say_yes(face)
    assert envelope.sealed
    assert points(face) == []


def test_who_changes_is_written_to_at_the_new_address_and_who_cancels_at_none(
    ready: None, face: PublicOrganisation
) -> None:
    envelope = say_yes(face)
    envelopes.change_envelope(envelope, contents=ROSA | {"contact": "new@post.example"})
    assert points(face) == ["new@post.example"]
    envelopes.cancel_envelope(envelope)
    assert points(face) == []
    assert not CourierCopy.objects.exists()


def test_who_signed_up_before_a_key_was_ready_has_a_copy_from_their_next_change_on(
    face: PublicOrganisation,
) -> None:
    envelope = say_yes(face)
    courier_keys.make_spare_keys()
    envelopes.change_envelope(envelope, contents=ROSA)
    assert points(face) == ["rosa@post.example"]
    assert CourierKey.objects.get(about=face.uuid).expires_on == timezone.localdate() + timedelta(days=5)


def test_who_wants_no_messages_gets_none_and_comes_all_the_same(
    ready: None, face: PublicOrganisation
) -> None:
    envelope = say_yes(face)
    envelopes.confirm_sign_up(envelope)
    envelopes.stop_messages(envelope)
    envelope.refresh_from_db()
    assert points(face) == []
    assert envelope.sealed
    assert envelope.confirmed


def test_an_address_is_known_again_by_the_events_key_alone_however_it_was_written() -> None:
    key = bytes(range(32))
    assert (
        courier_keys.address_digest("rosa@post.example", key)
        == courier_keys.address_digest(" Rosa@Post.Example", key)
        == DIGEST
    )
    assert courier_keys.address_digest("rosa@post.example", bytes(32)) != DIGEST


def test_only_what_the_worker_runs_opens_addresses() -> None:
    package = Path(courier_keys.__file__).parents[3]
    callers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"courier\.addresses|keys\.courier import .*\baddresses", path.read_text())
    }
    assert {name for name in callers if not name.endswith("/jobs.py")} == set()
