"""A clock set back: the demo lives its first turn in the past, through the same verbs as everybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from unittest.mock import patch


@contextmanager
def days_ago(days: int, *, hours: int = 0) -> Iterator[None]:
    """Let Django's clock show an earlier moment; only this process and only inside the block."""
    back = timedelta(days=days, hours=hours)

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Earlier":
            return super().now(tz) - back

    with patch("django.utils.timezone.datetime", Earlier):
        yield
