"""Waking the house inside a command: which door, which settings, how many threads."""

import os
from collections.abc import Mapping
from hashlib import blake2b

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def open_house(door: str) -> None:
    """Load settings and apps as one door sees them. A process is one door, and stays the first it was."""
    one_thread_each()
    import django
    from django.apps import apps

    from massline.core.startup import loading

    if apps.ready:
        return
    os.environ["MASSLINE_DOOR"] = door
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "massline.settings")
    with loading():
        django.setup()


def one_thread_each() -> None:
    """Several processes share the machine; linear algebra that takes every core in each of them is slower."""
    for name in THREADS:
        os.environ.setdefault(name, "1")


def environment_of(door: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of one door's process: the square's is told nothing of the desk."""
    known = {name: value for name, value in environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    known["MASSLINE_DOOR"] = door
    if door == "square":
        known.pop("MASSLINE_DESK_DB", None)
        secret = known.get("MASSLINE_SECRET", "").strip()
        if secret:
            known["MASSLINE_SECRET"] = blake2b(secret.encode(), person=b"square").hexdigest()
    return known
