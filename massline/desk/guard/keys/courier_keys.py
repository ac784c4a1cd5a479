"""Courier keys: one key pair per event, with which the worker can write to people who signed up.

Each private key is a file in the folder `courier` that only the worker's account can read. It is in no backup. Two
days after the event the file is overwritten and deleted, so that no copy of the addresses can be decrypted any
more. Only jobs may call `open_addresses`.
"""

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from nacl.exceptions import CryptoError

from massline.core.contact_points import normalise_contact_point
from massline.core.db.erasure import erase_after_commit
from massline.core.expiry import held_organisations
from massline.desk.guard.keys import private_key_encryption
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.models import CourierCopy, CourierKey, Envelope
from massline.square.envelopes.sealing import open_contents

SPARE = 12
ORPHAN_SECONDS = 3600


class CourierGone(Exception):
    """The event's courier key is missing: it was destroyed, or this is not the worker's data folder."""


@dataclass(frozen=True)
class Address:
    """An address of one sign-up; `copy` identifies the copy, `envelope` the sign-up, `manage` is the secret of its
    manage link, `waits` that they wait for `slot`, `awaits_place` that they wait for a place at all.

    `digest` recognises the same address, so that nobody is written to twice. It is made with the event's key and
    is useless without it. `written_digest` is the one from before addresses had one form. A copy that does not open
    has no point, and its own number as digest.
    """

    copy: UUID
    point: str = field(repr=False)
    language: str
    manage: str = field(default="", repr=False)
    digest: str = ""
    slot: str = ""
    waits: bool = False
    envelope: UUID | None = None
    awaits_place: bool = False
    written_digest: str = ""


def key_folder() -> Path:
    """The folder of private keys, readable by the worker's account alone."""
    place = Path(settings.DATA) / "courier"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def open_addresses(about: UUID) -> Iterator[Address]:
    """Decrypt the addresses of one event, one by one, without cancelled sign-ups.

    Yields nothing if nobody has signed up. A copy that does not open stops no other: its address has no point.
    Raises CourierGone if the event's key is not in the folder, and at the end if it opened nothing.
    """
    private = read_private_key(about)
    if private is None:
        return
    copies = (
        CourierCopy.objects.filter(key__about=about)
        .select_related("envelope__slot", "envelope__organisation")
        .order_by("pk")
    )
    opened = closed = 0
    for copy in copies.iterator(chunk_size=500):
        address = _open_copy(copy, private)
        opened, closed = opened + bool(address.point), closed + (not address.point)
        yield address
    if closed and not opened:
        raise CourierGone(f"The courier key of {about} does not open its copies.")


def read_private_key(about: UUID) -> bytes | None:
    """Read the private half of the key of what is written about; None where nothing is. Raises CourierGone without its file."""
    key = CourierKey.objects.filter(about=about).first()
    if key is None:
        return None
    try:
        return (key_folder() / key.uuid.hex).read_bytes()
    except OSError as problem:
        raise CourierGone(f"The courier key of {about} cannot be read: {problem.strerror}.") from problem


def _open_copy(copy: CourierCopy, private: bytes) -> Address:
    envelope, slot = copy.envelope, copy.envelope.slot
    try:
        opened = open_contents(bytes(copy.sealed), private, bound_to=envelope.binding)
        written = str(opened["contact"])
        point = normalise_contact_point(written, country=envelope.organisation.phone_country)
        language, manage = str(opened.get("language", "")), str(opened.get("manage", ""))
    except (CryptoError, ValueError, KeyError, TypeError, AttributeError):
        return Address(copy.uuid, "", "", digest=copy.uuid.hex, envelope=envelope.uuid)
    return Address(
        copy.uuid,
        point,
        language,
        manage,
        address_digest(point, private),
        slot.name if slot else "",
        envelope.waits,
        envelope.uuid,
        envelope.awaits_place,
        address_digest(written, private),
    )


def address_digest(point: str, key: bytes) -> str:
    """Keyed digest of an address, independent of spaces and case."""
    plain = "".join(point.split()).casefold().encode()
    return hashlib.blake2b(plain, key=key, digest_size=16, person=b"massline-point").hexdigest()


def make_spare_keys() -> int:
    """Make spare keys up to the number kept ready and return how many. The file is written before the row.

    A spare key without its file, as after a restore, is dropped first: whatever is sealed to it opens for nobody.
    """
    CourierKey.objects.filter(
        pk__in=[key.pk for key in lost_keys(CourierKey.objects.filter(about=None))]
    ).delete()
    wanted = SPARE - CourierKey.objects.filter(about=None).count()
    for _ in range(max(wanted, 0)):
        public_key, private_key = private_key_encryption.create_key_pair()
        key = CourierKey(public_key=public_key)
        handle = os.open(key_folder() / key.uuid.hex, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(private_key)
            file.flush()
            os.fsync(file.fileno())
        key.save()
    return max(wanted, 0)


def destroy_expired_keys() -> int:
    """Destroy keys and copies of events that ended two days ago, and return how many.

    Files without a row are destroyed too once they are an hour old.
    """
    over = CourierKey.objects.filter(expires_on__lt=timezone.localdate())
    over = over.exclude(organisation__uuid__in=held_organisations("square"))
    with transaction.atomic(using="square"):
        names = [key.uuid.hex for key in over]
        over.delete()
        erase_after_commit("square")
    for name in names:
        destroy_file(key_folder() / name)
    for file in orphan_files():
        destroy_file(file)
    return len(names)


def count_lost_keys() -> int:
    """Number of current events whose key file is missing."""
    return len(lost_keys(_keys_in_use()))


def give_up_lost_keys() -> tuple[int, int]:
    """Drop the keys of current events whose files are lost for good, and the copies sealed to them; return both numbers.

    Nobody can open these copies. Whoever signs up from now on, or changes a sign-up, gets one that opens.
    """
    lost = lost_keys(_keys_in_use())
    with transaction.atomic(using="square"):
        copies, _ = CourierCopy.objects.filter(key__in=lost).delete()
        CourierKey.objects.filter(pk__in=[key.pk for key in lost]).delete()
        erase_after_commit("square")
    return len(lost), copies


def count_sign_ups_without_copy() -> int:
    """Sign-ups for coming events that get no message, because no key was ready or theirs was given up."""
    coming = PublicEvent.objects.filter(starts_at__gt=timezone.now()).values("uuid")
    return Envelope.objects.standing().filter(about__in=coming, courier_copy=None).count()


def lost_keys(keys: Iterable[CourierKey]) -> list[CourierKey]:
    """Those whose private half is not in the folder."""
    here = {file.name for file in key_folder().iterdir()}
    return [key for key in keys if key.uuid.hex not in here]


def _keys_in_use() -> Iterable[CourierKey]:
    return CourierKey.objects.filter(about__isnull=False, expires_on__gte=timezone.localdate())


def orphan_files() -> list[Path]:
    known = {uuid.hex for uuid in CourierKey.objects.values_list("uuid", flat=True)}
    old = time.time() - ORPHAN_SECONDS
    return [file for file in key_folder().iterdir() if file.name not in known and file.stat().st_mtime < old]


def destroy_file(file: Path) -> None:
    """Overwrite a key file and delete it. On an SSD old data may remain, so encrypt the disk as well."""
    if file.is_file():
        with open(file, "r+b") as open_file:
            open_file.write(bytes(file.stat().st_size))
            open_file.flush()
            os.fsync(open_file.fileno())
    file.unlink(missing_ok=True)
