"""A clock set back, so that the demo's past is created by the same actions as everything else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from unittest.mock import patch


@contextmanager
def days_ago(days: int, *, hours: int = 0) -> Iterator[None]:
    """Set Django's clock back, in this process and inside the block only."""
    back = timedelta(days=days, hours=hours)

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Earlier":
            return super().now(tz) - back

    with patch("django.utils.timezone.datetime", Earlier):
        yield
