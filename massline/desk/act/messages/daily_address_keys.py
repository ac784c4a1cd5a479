"""Keys of a day: within it they recognise an address already written to; afterwards they are destroyed."""

import os
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from nacl.utils import random

from massline.desk.guard.keys import courier_keys


def key_folder() -> Path:
    place = Path(settings.DATA) / "days"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def digest_address_for_today(point: str) -> str:
    return courier_keys.address_digest(point, read_day_key(timezone.localdate()))


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
