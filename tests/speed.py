"""What every test would pay for anew and a worker pays for once: looking for static files, collecting garbage."""

import gc
from typing import Any

import pytest
from whitenoise.middleware import WhiteNoiseMiddleware


def find_static_files_once(patch: pytest.MonkeyPatch) -> None:
    """Let the first browser of a worker look for the static files; for all others they are where they were."""
    look = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, dict[str, Any]] = {}

    def add_files(middleware: Any) -> None:
        prefix, files = middleware.static_prefix, middleware.files
        if prefix not in found:
            middleware.files = {}
            look(middleware)
            found[prefix] = middleware.files
        middleware.files = {**files, **found[prefix]}

    patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add_files)


def collect_garbage_rarely() -> None:
    """Leave all that was loaded out of every later collection, and collect a tenth as often.

    With four thousand tests loaded a full collection takes a second, and there were hundreds of them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
