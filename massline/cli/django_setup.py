"""Django setup inside a command: door, settings and number of threads."""

import os
from collections.abc import Mapping
from hashlib import blake2b

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def setup_django(door: str) -> None:
    """Load settings and apps of one door. A process belongs to the first door it was set up for."""
    limit_threads()
    import django
    from django.apps import apps

    from massline.core.garbage_collection import freeze_loaded_objects

    if apps.ready:
        return
    os.umask(0o077)  # what we write is for this account alone
    os.environ["MASSLINE_DOOR"] = door
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "massline.settings")
    with freeze_loaded_objects():
        django.setup()


def limit_threads() -> None:
    """Limit linear algebra to one thread, because several processes share the machine."""
    for name in THREADS:
        os.environ.setdefault(name, "1")


def door_environment(door: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of one door's process; the square's holds nothing of the desk."""
    known = {name: value for name, value in environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    known["MASSLINE_DOOR"] = door
    if door == "square":
        known.pop("MASSLINE_DESK_DB", None)
        secret = known.get("MASSLINE_SECRET", "").strip()
        if secret:
            known["MASSLINE_SECRET"] = blake2b(secret.encode(), person=b"square").hexdigest()
    return known
