"""A table of work to do, kept in the same database and the same transaction as the row it concerns."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from massline.core.expiry import ExpiresAfter
from massline.core.time_zones import start_of_today

LEASE = timedelta(minutes=10)
LAST_ATTEMPT = 8


LONG = timedelta(minutes=10)


def round_up_moment(moment: datetime, step: timedelta) -> datetime:
    """Round up to a whole step, so that a waiting job does not date what asked for it."""
    return moment + (datetime(2000, 1, 1, tzinfo=UTC) - moment) % step


class JobQuerySet(models.QuerySet["Job"]):
    def due(self) -> "JobQuerySet":
        """Jobs whose time has come and that nobody holds, a dead worker's included."""
        now = timezone.now()
        free = models.Q(leased_until=None) | models.Q(leased_until__lt=now)
        return self.filter(free, run_at__lte=now, attempts__lt=LAST_ATTEMPT).order_by("run_at", "pk")

    def dead(self) -> "JobQuerySet":
        return self.filter(attempts__gte=LAST_ATTEMPT)


class Job(models.Model):
    """A verb by name and the ids it needs; never personal data."""

    lives = ExpiresAfter(since="made_at", days=30)

    name = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=120, unique=True, null=True, help_text="waits once only")  # noqa: DJ001
    run_at = models.DateTimeField(default=timezone.now, db_index=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=start_of_today, help_text="the day")

    objects = JobQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} {self.payload}"

    def claim(self, using: str) -> bool:
        """Take the lease; False where another worker was quicker.

        The key is let go: what is asked for from now on is not covered by this run.
        """
        held = (
            Job.objects.using(using)
            .due()
            .filter(pk=self.pk)
            .update(leased_until=timezone.now() + LEASE, attempts=models.F("attempts") + 1, key=None)
        )
        return held == 1

    def give_back(self, using: str, problem: BaseException) -> None:
        """Wait longer after each failure; the error's type is kept, its text may hold what people wrote."""
        wait = timedelta(seconds=2 ** (self.attempts + 1))
        Job.objects.using(using).filter(pk=self.pk).update(
            leased_until=None, run_at=timezone.now() + wait, last_error=type(problem).__name__
        )


class WorkerHeartbeat(models.Model):
    """When a worker was last seen at work; one row a machine."""

    lives = ExpiresAfter(since="seen_at", days=1)

    machine = models.CharField(max_length=120, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.machine} {self.seen_at:%H:%M:%S}"


def enqueue(
    name: str, *, using: str, key: str | None = None, delay: timedelta = timedelta(), **payload: Any
) -> None:
    """Ask for a verb to be done after commit; while one with the same key waits, a second adds nothing.

    On the square a delay is rounded up, to ten seconds or, where it is long, to the hour.
    """
    run_at = timezone.now() + delay
    if using == "square" and delay:
        run_at = round_up_moment(run_at, timedelta(hours=1) if delay >= LONG else timedelta(seconds=10))
    job = Job(name=name, payload=payload, key=key, run_at=run_at)
    if key is None:
        job.save(using=using)
    else:
        Job.objects.using(using).bulk_create([job], ignore_conflicts=True)
