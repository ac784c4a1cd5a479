"""Estimates of the trends of tracked issues, from events per day and the days they were first seen."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from django.utils import timezone

from massline.desk.listen.watches.models import DailyCount, Watch
from massline.desk.people.models import Organisation
from massline.desk.sumup.estimates.models import PulseSnapshot
from massline.engine import ENGINE_VERSION
from massline.engine.not_enough import NotEnough
from massline.engine.pulse import DailyCounts, IssueCounts, PartDay, document, estimate, estimate_part_day
from massline.engine.pulse.document import SCHEMA, IssueTrend, PulseDocument, PulseResult, ShortTrend
from massline.engine.result_documents import Shortfall, canonical_bytes
from massline.jobs.models import enqueue

SEED = 1
DRAWN = 120
WHOLE_DAY, QUARTER, LEAST_HOURS = 24.0, 6.0, 0.25
Row = tuple[date, int, str, date | None, int]


class WatchCounts(Protocol):
    """A tracked issue with daily counts."""

    @property
    def name(self) -> str: ...

    def daily_counts(self) -> Iterable[DailyCount]: ...

    def sighting_hours(self) -> Iterable[float]: ...


def take_pulse_snapshot(
    organisation: Organisation, watches: Sequence[WatchCounts], *, until: date, hours: float = WHOLE_DAY
) -> PulseSnapshot:
    """Estimate the trend of every watch up to a day, of which so many hours are gone.

    The latest snapshot is returned if nothing is new: the same rows, in the same quarter of the same day.
    """
    rows = sorted((row for watch in watches for row in daily_rows(watch)), key=repr)
    seen = (until, rows) if hours >= WHOLE_DAY else (until, int(hours // QUARTER), rows)
    digest = hashlib.sha256(repr(seen).encode()).hexdigest()
    latest = PulseSnapshot.objects.filter(organisation=organisation).order_by("-pk").first()
    if latest and (latest.seen_digest, latest.engine_version) == (digest, ENGINE_VERSION):
        return latest
    known_at = [hour for watch in watches for hour in watch.sighting_hours()] if hours < WHOLE_DAY else []
    part = estimate_part_day(hours, known_at)
    return PulseSnapshot.objects.create(
        organisation=organisation,
        seen=len(rows),
        seen_digest=digest,
        engine_version=ENGINE_VERSION,
        seed=SEED,
        body=canonical_bytes(_document(DailyCounts.from_rows(rows, until=until), part)),
    )


def daily_rows(watch: WatchCounts) -> list[Row]:
    """Counts of a watch as input of the engine: a row per day and day first seen, with the announced events."""
    counts: Counter[tuple[date, date | None]] = Counter()
    announced: Counter[date] = Counter()
    for daily in watch.daily_counts():
        counts[daily.day, daily.first_seen_at] += daily.count
        announced[daily.day] += daily.announced
    return [(day, count, watch.name, seen, announced[day]) for (day, seen), count in counts.items()]


def take_organisation_pulse(organisation: Organisation) -> PulseSnapshot:
    """Estimate the trends of all tracked issues up to this hour in the organisation's time zone."""
    now = timezone.localtime(timezone=organisation.zone)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    hours = min(max((now - midnight) / timedelta(hours=1), LEAST_HOURS), WHOLE_DAY)
    watches = Watch.objects.filter(organisation=organisation, ended_on=None)
    return take_pulse_snapshot(organisation, list(watches), until=now.date(), hours=hours)


def request_pulse(organisation: Organisation) -> None:
    enqueue("sumup.take_pulse", using="desk", key=f"pulse-{organisation.pk}", organisation_pk=organisation.pk)


def _document(counts: DailyCounts, part: PartDay) -> PulseDocument:
    """The engine's document, with the last daily counts of each watch for its chart."""
    found = estimate(counts, seed=SEED, part=part)
    if isinstance(found, NotEnough):
        result = Shortfall(not_enough=found)
        return PulseDocument(schema=SCHEMA, seed=SEED, rests_on={}, left_out=counts.left_out, result=result)
    content = document(found)
    days = {issue.issue: issue for issue in counts.issues}
    issues = tuple(_with_counts(issue, days[issue.issue]) for issue in content.issues)
    known = None if part.known >= 1 else round(part.known, 3)
    return replace(content, result=PulseResult(issues=issues, part_of_last_day=known))


def _with_counts(issue: IssueTrend | ShortTrend, days: IssueCounts) -> IssueTrend | ShortTrend:
    counts = tuple(round(n) for n in days.count.tolist()[-DRAWN:])
    return replace(
        issue,
        counts=counts,
        announced=tuple(round(n) for n in days.announced.tolist()[-DRAWN - 7 :]),
        first_day=date.fromordinal(days.last.toordinal() - len(counts) + 1),
        last_day=days.last,
    )
