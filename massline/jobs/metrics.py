"""Figures of the house for a monitor, in the text format of Prometheus (version 0.0.4); none is about a person."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from massline.jobs.heartbeats import last_heartbeat
from massline.jobs.queue_state import queue_state
from massline.jobs.worker import databases

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Gauge:
    """One figure: its name, its help, and its value for each set of labels."""

    name: str
    help: str
    values: tuple[tuple[dict[str, str], float], ...]


def render_metrics() -> str:
    """Write every figure of this door; a database that does not answer is up 0 and has no other figure."""
    return "".join(_lines(_gauges()))


def _gauges() -> Iterator[Gauge]:
    yield Gauge(
        "massline_info",
        "Version and door.",
        (({"version": settings.VERSION, "door": settings.DOOR}, 1),),
    )
    up, queues, seen = [], [], []
    for database in databases():
        label = {"database": database}
        try:
            states, heartbeat = queue_state(database), last_heartbeat(database)
        except DatabaseError:
            up.append((label, 0.0))
            continue
        up.append((label, 1.0))
        queues += [(label | {"lane": state.lane}, state) for state in states]
        if heartbeat is not None:
            seen.append((label, (timezone.now() - heartbeat).total_seconds()))
    yield Gauge("massline_database_up", "Whether the database answers.", tuple(up))
    yield Gauge("massline_worker_seen_seconds", "Seconds since a worker showed that it works.", tuple(seen))
    yield Gauge("massline_jobs_due", "Jobs whose time has come.", tuple((w, s.due) for w, s in queues))
    yield Gauge(
        "massline_jobs_oldest_seconds",
        "Seconds that the oldest due job has waited.",
        tuple((where, state.oldest_seconds) for where, state in queues),
    )
    yield Gauge(
        "massline_jobs_given_up",
        "Jobs that failed too often.",
        tuple((where, state.given_up) for where, state in queues),
    )
    yield Gauge(
        "massline_data_free_bytes",
        "Free space where the data lie.",
        (({}, shutil.disk_usage(Path(settings.DATA)).free),),
    )


def _lines(gauges: Iterable[Gauge]) -> Iterator[str]:
    for gauge in gauges:
        yield f"# HELP {gauge.name} {gauge.help}\n# TYPE {gauge.name} gauge\n"
        for labels, value in gauge.values:
            written = ",".join(f'{name}="{_escape(text)}"' for name, text in labels.items())
            yield f"{gauge.name}{{{written}}} {value:g}\n" if written else f"{gauge.name} {value:g}\n"


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
