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
from massline.engine.documents import Shortfall, canonical_bytes
from massline.engine.not_enough import NotEnough
from massline.engine.pulse import DailyCounts, IssueCounts, document, estimate
from massline.engine.pulse.document import SCHEMA, IssueTrend, PulseDocument, PulseResult, ShortTrend
from massline.jobs.models import enqueue

SEED = 1
DRAWN = 120
Row = tuple[date, int, str, date | None, int]


class WatchCounts(Protocol):
    """A tracked issue with daily counts."""

    @property
    def name(self) -> str: ...

    def daily_counts(self) -> Iterable[DailyCount]: ...


def take_pulse_snapshot(
    organisation: Organisation, watches: Sequence[WatchCounts], *, until: date
) -> PulseSnapshot:
    """Estimate the trend of every watch up to a day; return the latest snapshot if nothing is new."""
    rows = sorted((row for watch in watches for row in daily_rows(watch)), key=repr)
    digest = hashlib.sha256(repr((until, rows)).encode()).hexdigest()
    latest = PulseSnapshot.objects.filter(organisation=organisation).order_by("-pk").first()
    if latest and (latest.seen_digest, latest.engine_version) == (digest, ENGINE_VERSION):
        return latest
    return PulseSnapshot.objects.create(
        organisation=organisation,
        seen=len(rows),
        seen_digest=digest,
        engine_version=ENGINE_VERSION,
        seed=SEED,
        body=canonical_bytes(_document(DailyCounts.from_rows(rows, until=until))),
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
    """Estimate the trends of all tracked issues up to yesterday in the organisation's time zone."""
    until = timezone.localdate(timezone=organisation.zone) - timedelta(days=1)
    watches = Watch.objects.filter(organisation=organisation, ended_on=None)
    return take_pulse_snapshot(organisation, list(watches), until=until)


def request_pulse(organisation: Organisation) -> None:
    enqueue("sumup.take_pulse", using="desk", key=f"pulse-{organisation.pk}", organisation_pk=organisation.pk)


def _document(counts: DailyCounts) -> PulseDocument:
    """The engine's document, with the last daily counts of each watch for its chart."""
    found = estimate(counts, seed=SEED)
    if isinstance(found, NotEnough):
        result = Shortfall(not_enough=found)
        return PulseDocument(schema=SCHEMA, seed=SEED, rests_on={}, left_out=counts.left_out, result=result)
    content = document(found)
    days = {issue.issue: issue for issue in counts.issues}
    issues = tuple(_with_counts(issue, days[issue.issue]) for issue in content.issues)
    return replace(content, result=PulseResult(issues=issues))


def _with_counts(issue: IssueTrend | ShortTrend, days: IssueCounts) -> IssueTrend | ShortTrend:
    counts = tuple(round(n) for n in days.count.tolist()[-DRAWN:])
    return replace(
        issue,
        counts=counts,
        announced=tuple(round(n) for n in days.announced.tolist()[-DRAWN - 7 :]),
        first_day=date.fromordinal(days.last.toordinal() - len(counts) + 1),
        last_day=days.last,
    )
