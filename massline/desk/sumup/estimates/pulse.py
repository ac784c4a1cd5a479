"""Estimates of the trends of tracked issues, from events per day and the days they were first seen."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol

from django.utils import timezone

from massline.desk.listen.watches.models import DailyCount, Watch
from massline.desk.people.models import Organisation
from massline.desk.sumup.estimates.models import PulseSnapshot
from massline.engine import ENGINE_VERSION
from massline.engine.documents import canonical
from massline.engine.documents import document as wrap
from massline.engine.not_enough import NotEnough
from massline.engine.pulse import DailyCounts, document, estimate
from massline.jobs.models import enqueue

SEED = 1
SCHEMA = "massline.pulse/1"
DRAWN = 120
Row = tuple[date, int, str, date | None, int]


class Watched(Protocol):
    """A tracked issue with daily counts."""

    @property
    def name(self) -> str: ...

    def daily_counts(self) -> Iterable[DailyCount]: ...


def take_pulse_snapshot(
    organisation: Organisation, watches: Sequence[Watched], *, until: date
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
        body=canonical(_document(DailyCounts.from_rows(rows, until=until))),
    )


def daily_rows(watch: Watched) -> list[Row]:
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


def _document(counts: DailyCounts) -> dict[str, object]:
    """The engine's document, with the last daily counts of each watch for its chart."""
    result = estimate(counts, seed=SEED)
    if isinstance(result, NotEnough):
        short = {"have": result.have, "need": result.need, "what": result.what}
        return wrap(SCHEMA, seed=SEED, rests_on={}, left_out=counts.left_out, result={"not_enough": short})
    content = document(result)
    days = {issue.issue: issue for issue in counts.issues}
    for row in content["result"]["issues"]:
        issue = days[row["issue"]]
        row["counts"] = [round(n) for n in issue.count.tolist()[-DRAWN:]]
        row["announced"] = [round(n) for n in issue.announced.tolist()[-DRAWN - 7 :]]
        row["first_day"] = date.fromordinal(issue.last.toordinal() - len(row["counts"]) + 1).isoformat()
        row["last_day"] = issue.last.isoformat()
    return content
