"""Requests of Django's test client at the cost of a running door: addresses are read once, static files are found once.

A drill that sends a thousand forms spent a third of its time on what a door does when it opens.
"""

import pytest


def quicken_requests() -> None:
    """Quicken the requests of this process, for as long as it lives. No power is cut in it, so commits wait for no disk."""
    from django.core.signals import setting_changed
    from django.db import connections
    from django.test.signals import root_urlconf_changed

    from tests.speed import find_static_files_once

    setting_changed.disconnect(root_urlconf_changed)
    find_static_files_once(pytest.MonkeyPatch())
    for database in ("square", "desk"):
        connections[database].cursor().execute("PRAGMA synchronous=OFF")
