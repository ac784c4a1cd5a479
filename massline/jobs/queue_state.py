"""What waits in the queues: counts and ages by lane, and nothing of what the jobs are about."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from massline.jobs.lanes import HOUSE, LANES
from massline.jobs.models import LAST_ATTEMPT, Job
from massline.jobs.registry import JOB_TYPES


@dataclass(frozen=True)
class LaneState:
    """The jobs of one lane.

    Attributes
    ----------
    due : jobs whose time has come; those a worker is doing are counted.
    oldest_seconds : how long the oldest of them has waited; 0 if none waits.
    given_up : jobs that failed too often and wait for somebody.
    """

    lane: str
    due: int
    oldest_seconds: float
    given_up: int


def queue_state(using: str) -> list[LaneState]:
    """Count the jobs of a database by lane, in one query."""
    now = timezone.now()
    rows = (
        Job.objects.using(using)
        .values("name")
        .annotate(
            due=Count("pk", filter=Q(run_at__lte=now, attempts__lt=LAST_ATTEMPT)),
            oldest=Min("run_at", filter=Q(run_at__lte=now, attempts__lt=LAST_ATTEMPT)),
            given_up=Count("pk", filter=Q(attempts__gte=LAST_ATTEMPT)),
        )
    )
    by_lane: dict[str, list[tuple[int, datetime | None, int]]] = {lane.name: [] for lane in LANES}
    for row in rows:
        kind = JOB_TYPES.get(row["name"])
        lane = kind.lane if kind else HOUSE
        by_lane[lane.name].append((row["due"], row["oldest"], row["given_up"]))
    return [_state(name, kinds, now) for name, kinds in by_lane.items()]


def _state(lane: str, kinds: list[tuple[int, datetime | None, int]], now: datetime) -> LaneState:
    oldest = min((moment for _due, moment, _dead in kinds if moment is not None), default=now)
    return LaneState(
        lane=lane,
        due=sum(due for due, _moment, _dead in kinds),
        oldest_seconds=(now - oldest).total_seconds(),
        given_up=sum(dead for _due, _moment, dead in kinds),
    )
