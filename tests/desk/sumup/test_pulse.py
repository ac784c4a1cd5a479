"""What an organisation follows reaches the bench: real counts, an announced day, the week ahead."""

import csv
import gzip
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from massline.desk.listen.watches import actions as watching
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.estimates.pulse import take_organisation_pulse
from massline.engine.pulse.document import IssueTrend


def test_the_pulse_of_a_real_watch_reaches_the_bench(
    riverside: Organisation, bea: Account, shared: Path
) -> None:
    watch = watching.track_issue(organisation=riverside, name="Housing", by=bea)
    until = timezone.localdate(timezone=riverside.zone) - timedelta(days=1)
    with gzip.open(shared / "data/events/us_police_violence/daily_state.csv.gz", "rt") as file:
        wave = [row for row in csv.DictReader(file) if row["date"] >= "2020-02-01" and row["state"] == "CA"]
    late = until - max(date.fromisoformat(row["date"]) for row in wave)
    real = [(date.fromisoformat(row["date"]) + late, int(row["n_events"])) for row in wave]
    table = "\n".join(["day,count,id", *(f"{day},{count},{n}" for n, (day, count) in enumerate(real))])
    watching.import_table(watch=watch, content=table.encode(), by=bea)
    watching.record_announcement(watch=watch, day=until + timedelta(days=3), title="Court day", by=bea)
    (row,) = take_organisation_pulse(riverside).estimate.issues
    assert isinstance(row, IssueTrend)
    assert row.issue == "Housing"
    drawn = row.last_day - timedelta(days=len(row.counts))
    assert row.last_day == until + timedelta(days=1)
    assert sum(row.counts) == sum(count for day, count in real if day > drawn) > 0
    assert sum(row.announced) == 1
    assert row.next7.low90 <= row.next7.mean <= row.next7.high90
