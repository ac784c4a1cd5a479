"""Estimates of the mood of an organisation's sections over time, from field reports."""

from collections import Counter
from dataclasses import replace

from massline.core.disclosure_threshold import digest_of_rows, threshold
from massline.desk.listen.rounds.models import Channel, FieldReport, Mood
from massline.desk.people.models import Organisation
from massline.desk.sumup.estimates.models import MoodSnapshot
from massline.engine import ENGINE_VERSION
from massline.engine.mood import GroupReport, MoodReadings, document, estimate
from massline.engine.mood.document import (
    SCHEMA,
    MoodDocument,
    MoodResult,
    MoodShortfall,
    NewestDay,
)
from massline.engine.not_enough import NotEnough
from massline.engine.result_documents import canonical_bytes
from massline.jobs.models import enqueue

SEED = 1


def take_mood_snapshot(organisation: Organisation) -> MoodSnapshot:
    """Estimate the mood of sections with enough people heard; return the latest snapshot if nothing is new."""
    reports = mood_reports(organisation)
    least = threshold(organisation)
    rows = sorted(map(_row, reports))
    has_imported = any(report.source == Channel.FILE for report in reports)
    digest = digest_of_rows(("people apart from entries", rows) if has_imported else rows, least)
    latest = MoodSnapshot.objects.filter(organisation=organisation).order_by("-pk").first()
    if latest and (latest.seen_digest, latest.engine_version) == (digest, ENGINE_VERSION):
        return latest
    content = _document(reports, k=least.k)
    return MoodSnapshot.objects.create(
        organisation=organisation,
        seen=round(sum(report.people for report in reports)),
        seen_digest=digest,
        engine_version=ENGINE_VERSION,
        seed=SEED,
        body=canonical_bytes(content),
    )


def _row(report: GroupReport) -> tuple[str, str, str, tuple[tuple[int, float], ...], bool]:
    counts = tuple(sorted(report.counts.items()))
    return report.day.isoformat(), report.section, report.source, counts, report.is_counted


def request_mood(organisation: Organisation) -> None:
    enqueue("sumup.take_mood", using="desk", key=f"mood-{organisation.pk}", organisation_pk=organisation.pk)


def mood_reports(organisation: Organisation) -> list[GroupReport]:
    """Field reports with a section and a mood, as input of the engine."""
    rows = FieldReport.objects.filter(
        round__organisation=organisation, mood__isnull=False, section__isnull=False
    )
    reports = []
    for row in rows.select_related("section"):
        counts = {mood: float(people) for mood, people in row.people_by_mood.items() if mood is not None}
        name = row.section.name if row.section else ""
        reports.append(GroupReport(row.day, name, counts, row.channel, is_counted=bool(row.steps)))
    return reports


def _document(reports: list[GroupReport], *, k: int) -> MoodDocument:
    """The engine's document without small sections, whose number is recorded, and without weekly counts.

    Entries of files tell of the mood, but make no section large enough: only people talked with count for `k`.
    """
    by_section: Counter[str] = Counter()
    imported: Counter[str] = Counter()
    for report in reports:
        by_section[report.section] += round(report.people)
        if report.source == Channel.FILE:
            imported[report.section] += round(report.people)
    few = tuple(sorted(name for name, all_ in by_section.items() if all_ - imported[name] < k))
    shown = [report for report in reports if report.section not in few]
    left_out = {"sections where fewer were heard": len(few)} if few else {}
    found = (
        estimate(MoodReadings.from_reports(shown, steps=[int(mood) for mood in Mood]), seed=SEED)
        if shown
        else NotEnough(0, 20, "readings")
    )
    if isinstance(found, NotEnough):
        return MoodDocument(
            schema=SCHEMA,
            seed=SEED,
            rests_on={"readings": sum(by_section.values())},
            left_out=left_out,
            result=MoodShortfall(not_enough=found, few=few),
        )
    content = document(found)
    return replace(
        content,
        left_out={**content.left_out, **left_out},
        result=_without_counts(content.result, few, imported, k=k),
    )


def _without_counts(
    result: MoodResult, few: tuple[str, ...], imported: Counter[str], *, k: int
) -> MoodResult:
    """Leave out weekly counts; `readings` of a section become the people talked with, without entries of files."""
    sections = tuple(
        replace(
            section,
            readings=section.readings - imported[section.section],
            series=tuple(replace(point, readings=None) for point in section.series),
            newest=_newest(section.newest, k=k),
        )
        for section in result.sections
    )
    return replace(result, sections=sections, few=few)


def _newest(newest: NewestDay | None, *, k: int) -> NewestDay | None:
    """A section's newest day without its mood counts; None if too few were heard on it."""
    if newest is None or newest.people < k:
        return None
    return replace(newest, counts=None, low90=None, high90=None)
