"""The mood of an organisation's sections over time, out of what organisers wrote down at every door."""

import hashlib
from collections import Counter
from datetime import date

from django.conf import settings

from massline.desk.listen.models.hearing import FieldReport, Mood
from massline.desk.people.models import Organisation
from massline.desk.sumup.models.snapshots import MoodSnapshot
from massline.engine import ENGINE_VERSION
from massline.engine.documents import canonical
from massline.engine.documents import document as wrap
from massline.engine.mood import MoodReadings, document, estimate
from massline.engine.not_enough import NotEnough
from massline.jobs.models import enqueue

SEED = 1
SCHEMA = "massline.mood/1"
Heard = dict[tuple[date, str, int, str], int]


def take_mood_snapshot(organisation: Organisation) -> MoodSnapshot:
    """Estimate the mood of every section in which enough people were heard; nothing new, nothing done."""
    heard = readings_of(organisation)
    digest = hashlib.sha256(repr(sorted(heard.items())).encode()).hexdigest()
    latest = MoodSnapshot.objects.filter(organisation=organisation).order_by("-pk").first()
    if latest and (latest.seen_digest, latest.engine_version) == (digest, ENGINE_VERSION):
        return latest
    told = _document(heard)
    return MoodSnapshot.objects.create(
        organisation=organisation,
        seen=sum(heard.values()),
        seen_digest=digest,
        engine_version=ENGINE_VERSION,
        seed=SEED,
        body=canonical(told),
    )


def want_mood(organisation: Organisation) -> None:
    enqueue("sumup.take_mood", using="desk", key=f"mood-{organisation.pk}", organisation_pk=organisation.pk)


def readings_of(organisation: Organisation) -> Heard:
    """People by day, section, rung of the ladder and channel."""
    rows = FieldReport.objects.filter(
        round__organisation=organisation, mood__isnull=False, section__isnull=False
    )
    heard: Counter[tuple[date, str, int, str]] = Counter()
    for day, section, mood, channel, people in rows.values_list(
        "day", "section__name", "mood", "channel", "people"
    ):
        heard[day, section, mood or 0, channel] += people
    return heard


def _document(heard: Heard) -> dict[str, object]:
    """The estimate of sections heard enough; who is left out is counted, and no count of a single week is kept."""
    by_section: Counter[str] = Counter()
    for (_day, section, _mood, _channel), people in heard.items():
        by_section[section] += people
    few = {name for name, people in by_section.items() if people < settings.SMALL_CELL}
    rows = [
        (day, section, mood, people, channel)
        for (day, section, mood, channel), people in sorted(heard.items())
        if section not in few
    ]
    left = {"sections where fewer were heard": len(few)} if few else {}
    found = (
        estimate(MoodReadings.from_rows(rows, steps=[int(one) for one in Mood]), seed=SEED)
        if rows
        else NotEnough(0, 20, "readings")
    )
    if isinstance(found, NotEnough):
        short = {"have": found.have, "need": found.need, "what": found.what}
        return wrap(
            SCHEMA,
            seed=SEED,
            rests_on={"readings": sum(by_section.values())},
            left_out=left,
            result={"not_enough": short, "few": sorted(few)},
        )
    told = document(found)
    for row in told["result"]["sections"]:
        for point in row["series"]:
            del point["readings"]
    told["left_out"] |= left
    told["result"]["few"] = sorted(few)
    return told
