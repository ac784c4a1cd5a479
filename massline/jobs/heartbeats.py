"""Signs of life of workers, in each database they work for: whoever reaches the database sees that one works."""

import logging
import socket
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.utils import timezone

from massline.jobs.models import WorkerHeartbeat

log = logging.getLogger("massline.jobs")
ALIVE_SECONDS = 15.0
# A worker that missed this many signs in a row is taken for dead.
MISSED = 4


def send_heartbeat(databases: list[str]) -> None:
    """Write down that the worker of this machine lives; one that cannot be reached is tried again next time."""
    for using in databases:
        try:
            WorkerHeartbeat.objects.using(using).update_or_create(
                machine=socket.gethostname()[:120], defaults={"seen_at": timezone.now()}
            )
        except DatabaseError as problem:
            log.warning("The %s does not take the worker's heartbeat (%s).", using, type(problem).__name__)


def last_heartbeat(using: str) -> datetime | None:
    """When a worker last showed that it works for a database; None if none ever did."""
    return WorkerHeartbeat.objects.using(using).order_by("-seen_at").values_list("seen_at", flat=True).first()


def is_worker_alive(using: str) -> bool:
    seen = last_heartbeat(using)
    return seen is not None and timezone.now() - seen < timedelta(seconds=MISSED * ALIVE_SECONDS)
