"""Rows of the API's lists: calls, events, report-backs, lessons, and results with small numbers hidden."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

import numpy as np

from massline.core.disclosure_threshold import threshold
from massline.desk.act.events.models import Event
from massline.desk.act.structure_tests.comparison import publishable_counts
from massline.desk.act.structure_tests.models import StructureTest
from massline.desk.api.pagination import Listing
from massline.desk.api.schemas import (
    CallOut,
    DecisionOut,
    EventOut,
    LessonOut,
    ReportOut,
    ResultOut,
    SectionOut,
)
from massline.desk.call.models import Call
from massline.desk.decide.decisions.models import Decision
from massline.desk.learn.lessons.models import Lesson
from massline.desk.listen.rounds.models import Channel, FieldReport, ListeningRound
from massline.desk.people.models import Organisation
from massline.engine import privacy
from massline.engine.privacy.threshold import Threshold
from massline.square.calls.facts import EventFacts, facts_of
from massline.square.calls.models import PublicEvent
from massline.square.reports.models import ReportBack
from massline.web.absolute_urls import public_url


def list_calls(organisation: Organisation) -> Listing[CallOut]:
    """List published and cancelled calls, newest first, without drafts."""
    return Listing(Call.objects.filter(organisation=organisation).exclude(state="draft"), _write_calls)


def _write_calls(calls: Sequence[Call]) -> list[CallOut]:
    addresses = public_addresses(calls)
    return [
        CallOut.model_validate(
            {"id": call.uuid, "state": call.state, "url": addresses.get(call.uuid), **asdict(call.facts)}
        )
        for call in calls
    ]


def list_events(organisation: Organisation) -> Listing[EventOut]:
    """List events, the latest first."""
    least = threshold(organisation)

    def write(events: Sequence[Event]) -> list[EventOut]:
        addresses = public_addresses(events)
        return [_event_out(event, least, addresses.get(event.uuid)) for event in events]

    return Listing(Event.objects.of(organisation).order_by("-starts_at", "-pk"), write)


def _event_out(event: Event, least: Threshold, url: str | None) -> EventOut:
    enough = event.headcount is not None and least.shows(event.headcount)
    return EventOut.model_validate(
        {
            "id": event.uuid,
            "cancelled": event.cancelled,
            "headcount": event.headcount if enough else None,
            "url": url,
            **asdict(facts_of(EventFacts, event)),
        }
    )


def public_addresses(rows: Sequence[Call | Event]) -> dict[UUID, str]:
    """The public page of each call or event that has one."""
    shown = PublicEvent.objects.filter(uuid__in=[row.uuid for row in rows]).with_page()
    return {event.uuid: public_url(event.get_absolute_url()) for event in shown}


def public_address(uuid: UUID) -> str | None:
    """The public page of one call or event; None where it has none."""
    event = PublicEvent.objects.filter(uuid=uuid).with_page().first()
    return public_url(event.get_absolute_url()) if event else None


def list_report_backs(organisation: Organisation) -> Listing[ReportOut]:
    reports = ReportBack.objects.filter(organisation__uuid=organisation.uuid).select_related("organisation")
    return Listing(reports, lambda page: [_report_out(report) for report in page])


def _report_out(report: ReportBack) -> ReportOut:
    return ReportOut(
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


def list_decisions(organisation: Organisation) -> Listing[DecisionOut]:
    decisions = Decision.objects.filter(organisation=organisation)
    return Listing(decisions, lambda page: [DecisionOut.from_orm(decision) for decision in page])


def list_lessons(organisation: Organisation) -> Listing[LessonOut]:
    lessons = Lesson.objects.filter(review__event__organisation=organisation)
    return Listing(lessons, lambda page: [_lesson_out(lesson) for lesson in page])


def _lesson_out(lesson: Lesson) -> LessonOut:
    return LessonOut(
        id=lesson.uuid,
        claim=lesson.claim,
        context=lesson.context,
        evidence=lesson.evidence,
        confidence=lesson.confidence,
    )


def list_results(organisation: Organisation) -> Listing[ResultOut]:
    """List structure tests and the people heard in each round, by section."""
    tests = StructureTest.objects.filter(organisation=organisation)
    rounds = ListeningRound.objects.of(organisation).select_related("organisation")
    return Listing([*tests, *rounds], lambda page: [_result(row) for row in page])


def _result(row: StructureTest | ListeningRound) -> ResultOut:
    return _test_result(row) if isinstance(row, StructureTest) else _round_result(row)


def _test_result(test: StructureTest) -> ResultOut:
    counts, total = publishable_counts(test)
    sections = [SectionOut(section=count.section, count=count.did, of=count.headcount) for count in counts]
    return ResultOut(
        kind="structure test", title=test.deed, day=test.begins_on, total=total, sections=sections
    )


def _round_result(round_: ListeningRound) -> ResultOut:
    people: Counter[str] = Counter()
    reports = FieldReport.objects.filter(round=round_).exclude(section=None)
    for field_report in reports.exclude(channel=Channel.FILE).select_related("section"):
        people[field_report.section.name if field_report.section else ""] += field_report.people
    imported = round_.field_reports.filter(channel=Channel.FILE).count()
    least = threshold(round_.organisation)
    names = tuple(sorted(people))
    cells: dict[tuple[str, ...], int | None] = {}
    total: int | None = 0
    if names:
        cube = privacy.Cube(
            ("section",), (names,), np.array([people[name] for name in names], dtype=np.int64)
        )
        release = privacy.choose_shown_cells(cube, privacy.add_margins("section"), k=least.k)
        cells, total = release.table("section"), release.table()[()]
    sections = [SectionOut(section=name, count=cells[name,], of=None) for name in names]
    return ResultOut(
        kind="listening round",
        title=round_.question,
        day=round_.opens_on,
        total=total,
        imported=imported if not imported or least.shows(imported) else None,
        sections=sections,
    )
