"""Rows of the API's lists: calls, events, report-backs, lessons, and results with small numbers hidden."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

import numpy as np

from massline.core.disclosure_threshold import threshold
from massline.desk.act.events.models import Event
from massline.desk.act.structure_tests.comparison import publishable_counts
from massline.desk.act.structure_tests.models import StructureTest
from massline.desk.api.schemas import CallOut, EventOut, LessonOut, ReportOut, ResultOut, SectionOut
from massline.desk.call.models import Call
from massline.desk.learn.lessons.models import Lesson
from massline.desk.listen.rounds.models import FieldReport, ListeningRound
from massline.desk.people.models import Organisation
from massline.engine import privacy
from massline.square.calls.facts import EventFacts, facts_of
from massline.square.reports.models import ReportBack
from massline.web.absolute_urls import public_url


def list_calls(organisation: Organisation) -> Iterator[CallOut]:
    """List published and cancelled calls, newest first, without drafts."""
    for call in Call.objects.filter(organisation=organisation).exclude(state="draft"):
        yield CallOut.model_validate({"id": call.uuid, "state": call.state, **asdict(call.facts)})


def list_events(organisation: Organisation) -> Iterator[EventOut]:
    least = threshold(organisation)
    for event in Event.objects.of(organisation).order_by("-starts_at"):
        enough = event.headcount is not None and least.shows(event.headcount)
        yield EventOut.model_validate(
            {
                "id": event.uuid,
                "cancelled": event.cancelled,
                "headcount": event.headcount if enough else None,
                **asdict(facts_of(EventFacts, event)),
            }
        )


def list_report_backs(organisation: Organisation) -> Iterator[ReportOut]:
    for report in ReportBack.objects.filter(organisation__uuid=organisation.uuid).select_related(
        "organisation"
    ):
        yield ReportOut(
            id=report.uuid,
            title=report.title,
            kind=report.kind,
            heard=report.heard,
            unknown=report.unknown,
            next_step=report.next_step,
            rests_on=report.rests_on,
            published_on=report.published_on,
            url=public_url(report.get_absolute_url()),
        )


def list_lessons(organisation: Organisation) -> Iterator[LessonOut]:
    for lesson in Lesson.objects.filter(review__event__organisation=organisation):
        yield LessonOut(
            id=lesson.uuid,
            claim=lesson.claim,
            context=lesson.context,
            evidence=lesson.evidence,
            confidence=lesson.confidence,
        )


def list_results(organisation: Organisation) -> Iterator[ResultOut]:
    """List structure tests and the people heard in each round, by section."""
    for test in StructureTest.objects.filter(organisation=organisation):
        counts, total = publishable_counts(test)
        sections = [
            SectionOut(section=count.section, count=count.did, of=count.headcount) for count in counts
        ]
        yield ResultOut(
            kind="structure test", title=test.deed, day=test.begins_on, total=total, sections=sections
        )
    for round_ in ListeningRound.objects.of(organisation):
        yield _round_result(round_)


def _round_result(round_: ListeningRound) -> ResultOut:
    people: Counter[str] = Counter()
    for field_report in (
        FieldReport.objects.filter(round=round_).exclude(section=None).select_related("section")
    ):
        people[field_report.section.name if field_report.section else ""] += field_report.people
    names = tuple(sorted(people))
    cells: dict[tuple[str, ...], int | None] = {}
    total: int | None = 0
    if names:
        cube = privacy.Cube(
            ("section",), (names,), np.array([people[name] for name in names], dtype=np.int64)
        )
        release = privacy.choose_shown_cells(
            cube, privacy.add_margins("section"), k=threshold(round_.organisation).k
        )
        cells, total = release.table("section"), release.table()[()]
    sections = [SectionOut(section=name, count=cells[name,], of=None) for name in names]
    return ResultOut(
        kind="listening round", title=round_.question, day=round_.opens_on, total=total, sections=sections
    )
