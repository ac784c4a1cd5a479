"""The courier: the worker's half of one key per event, by which it writes to those who said they come.

Each private half is a file of its own that the worker's account alone can read (`courier` in the data folder).
It is in no backup. Two days after the event the file is overwritten and gone, and no copy opens any more,
wherever it was kept. Only what the worker runs may call `addresses`.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from nacl.exceptions import CryptoError

from massline.core.expiry import held_in
from massline.desk.guard.keys import seals
from massline.square.envelopes.models import CourierCopy, CourierKey
from massline.square.envelopes.sealing import unseal

SPARE = 12
ORPHAN_SECONDS = 3600


class CourierGone(Exception):
    """The event's courier key is not here: it was destroyed, or this is not the worker's data folder."""


@dataclass(frozen=True)
class Address:
    """One way to reach somebody; `copy` names the sign-up, `manage` is the secret of its manage link.

    `digest` tells the same address again, so that nobody is written to twice. It is made with the event's own
    key, so it means nothing to who has not that key, and nothing to anybody once the key is destroyed.
    """

    copy: UUID
    point: str = field(repr=False)
    language: str
    manage: str = field(default="", repr=False)
    digest: str = ""


def folder() -> Path:
    """Where the private halves lie; nobody else on this machine may look into it."""
    place = Path(settings.DATA) / "courier"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def addresses(about: UUID) -> Iterator[Address]:
    """Open the courier's copies of one event, one by one; who cancelled is not among them.

    Nothing for an event nobody signed up for. Raises CourierGone where its key is not in this folder.
    """
    key = CourierKey.objects.filter(about=about).first()
    if key is None:
        return
    try:
        private = (folder() / key.uuid.hex).read_bytes()
    except OSError as problem:
        raise CourierGone(f"The courier key of {about} cannot be read: {problem.strerror}.") from problem
    for copy in CourierCopy.objects.filter(key=key).order_by("pk").iterator(chunk_size=500):
        try:
            opened = unseal(bytes(copy.sealed), private)
        except CryptoError as problem:
            raise CourierGone(f"The courier key of {about} does not open its copies.") from problem
        point = opened["contact"]
        yield Address(
            copy.uuid, point, opened.get("language", ""), opened.get("manage", ""), digest(point, private)
        )


def digest(point: str, key: bytes) -> str:
    """Tell one address from another without saying it; however it was spaced or capitalised."""
    plain = "".join(point.split()).casefold().encode()
    return hashlib.blake2b(plain, key=key, digest_size=16, person=b"massline-point").hexdigest()


def keep_ready() -> int:
    """Make spare keys up to the number kept ready; give how many were made. The file is written before the row."""
    wanted = SPARE - CourierKey.objects.filter(about=None).count()
    for _ in range(max(wanted, 0)):
        public_key, private_key = seals.new_pair()
        key = CourierKey(public_key=public_key)
        handle = os.open(folder() / key.uuid.hex, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(private_key)
            file.flush()
            os.fsync(file.fileno())
        key.save()
    return max(wanted, 0)


def end() -> int:
    """Destroy the keys of events that were over two days ago, and their copies; give how many.

    A file without a row is destroyed too, once it is an hour old: it belongs to a key that is gone.
    """
    over = CourierKey.objects.filter(expires_on__lt=timezone.localdate())
    over = over.exclude(organisation__uuid__in=held_in("square"))
    with transaction.atomic(using="square"):
        names = [key.uuid.hex for key in over]
        over.delete()
    for name in names:
        destroy(folder() / name)
    for file in orphans():
        destroy(file)
    return len(names)


def lost() -> int:
    """How many events that are not over have a key whose file is not here."""
    here = {one.name for one in folder().iterdir()}
    used = CourierKey.objects.filter(about__isnull=False, expires_on__gte=timezone.localdate())
    return sum(key.uuid.hex not in here for key in used)


def orphans() -> list[Path]:
    known = {uuid.hex for uuid in CourierKey.objects.values_list("uuid", flat=True)}
    old = time.time() - ORPHAN_SECONDS
    return [one for one in folder().iterdir() if one.name not in known and one.stat().st_mtime < old]


def destroy(file: Path) -> None:
    """Overwrite a key file and remove it. On an SSD the overwriting may miss: encrypt the disk as well."""
    if file.is_file():
        with open(file, "r+b") as open_file:
            open_file.write(bytes(file.stat().st_size))
            open_file.flush()
            os.fsync(open_file.fileno())
    file.unlink(missing_ok=True)
