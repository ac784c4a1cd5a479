"""The pulse of what an organisation watches: events per day, and when we first knew of them."""

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
    """Something an organisation follows."""

    @property
    def name(self) -> str: ...

    def daily_counts(self) -> Iterable[DailyCount]: ...


def take_pulse_snapshot(
    organisation: Organisation, watches: Sequence[Watched], *, until: date
) -> PulseSnapshot:
    """Estimate the pulse of every watch up to a day; nothing new, nothing done."""
    rows = sorted((row for watch in watches for row in rows_of(watch)), key=repr)
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


def rows_of(watch: Watched) -> list[Row]:
    """The counts of a watch as the engine reads them: one row a day and sighting, each with what was announced."""
    counts: Counter[tuple[date, date | None]] = Counter()
    announced: Counter[date] = Counter()
    for one in watch.daily_counts():
        counts[one.day, one.first_seen_at] += one.count
        announced[one.day] += one.announced
    return [(day, count, watch.name, seen, announced[day]) for (day, seen), count in counts.items()]


def pulse_of(organisation: Organisation) -> PulseSnapshot:
    """Take the pulse of everything an organisation follows, up to the last whole day where it lives."""
    until = timezone.localdate(timezone=organisation.zone) - timedelta(days=1)
    watches = Watch.objects.filter(organisation=organisation, ended_on=None)
    return take_pulse_snapshot(organisation, list(watches), until=until)


def want_pulse(organisation: Organisation) -> None:
    enqueue("sumup.take_pulse", using="desk", key=f"pulse-{organisation.pk}", organisation_pk=organisation.pk)


def _document(counts: DailyCounts) -> dict[str, object]:
    """The estimate, and of each watch the last days it was taken from, so that they can be drawn beside it."""
    found = estimate(counts, seed=SEED)
    if isinstance(found, NotEnough):
        short = {"have": found.have, "need": found.need, "what": found.what}
        return wrap(SCHEMA, seed=SEED, rests_on={}, left_out=counts.left_out, result={"not_enough": short})
    told = document(found)
    days = {issue.issue: issue for issue in counts.issues}
    for row in told["result"]["issues"]:
        issue = days[row["issue"]]
        row["counts"] = [round(n) for n in issue.count.tolist()[-DRAWN:]]
        row["announced"] = [round(n) for n in issue.announced.tolist()[-DRAWN - 7 :]]
        row["first_day"] = date.fromordinal(issue.last.toordinal() - len(row["counts"]) + 1).isoformat()
        row["last_day"] = issue.last.isoformat()
    return told
