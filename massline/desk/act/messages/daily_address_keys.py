"""Keys of a day: within it they recognise an address already written to; afterwards they are destroyed."""

import os
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from nacl.utils import random

from massline.core.contact_points import fold_contact_point, normalise_contact_point
from massline.desk.guard.keys import courier_keys
from massline.desk.people.models import Organisation


def key_folder() -> Path:
    place = Path(settings.DATA) / "days"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def digest_address_for_today(organisation: Organisation, point: str) -> str:
    """Digest by which an organisation knows today that it reached this address, in whatever way the address is written.

    All ways to reach people ask here, so that one telephone is one telephone for calls, notices and messages. Only a
    digest of one day is made from the folded form; the digests of courier copies, which last longer, stay as they are.
    """
    folded = fold_contact_point(normalise_contact_point(point, country=organisation.phone_country))
    return courier_keys.address_digest(f"{organisation.uuid} {folded}", read_day_key(timezone.localdate()))


def read_day_key(day: date) -> bytes:
    """Read or create the key of a day, and destroy the keys of the days before it."""
    place = key_folder() / day.isoformat()
    for old in key_folder().iterdir():
        if old.name < place.name:
            courier_keys.destroy_file(old)
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_bytes()
    with os.fdopen(handle, "wb") as file:
        key = random(32)
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key
