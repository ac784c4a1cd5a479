"""What is done once a day: between three and five in the morning, or else at the next chance.

When it was done last is the time of an empty file in the data folder, so that a restart in the daytime repeats nothing.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

QUIET_HOURS = range(3, 5)
AT_NIGHT, AT_LATEST = timedelta(hours=12), timedelta(hours=26)


def marker_file(name: str) -> Path:
    """The file whose time says when something was done last."""
    return Path(settings.DATA) / f"{name}.done"


def is_due(name: str, now: datetime) -> bool:
    """True in a quiet hour, if it was not done this night; at any hour if it was not done for a day and two hours."""
    file = marker_file(name)
    since = now - datetime.fromtimestamp(file.stat().st_mtime, now.tzinfo) if file.exists() else AT_LATEST
    return since >= AT_LATEST or (since >= AT_NIGHT and now.hour in QUIET_HOURS)


def do_nightly(name: str, work: Callable[[], object]) -> bool:
    """Do it if it is due, and say whether it was; what fails is due again in an hour."""
    if not is_due(name, timezone.localtime()):
        return False
    work()
    marker_file(name).touch()
    return True
