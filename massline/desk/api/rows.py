"""What the API reads, as plain rows: public words, decisions, and counts with the small ones hidden."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

import numpy as np

from massline.core.disclosure import threshold
from massline.desk.act.events.models import Event
from massline.desk.act.structure_tests.comparison import outside
from massline.desk.act.structure_tests.models import StructureTest
from massline.desk.api.schemas import CallOut, EventOut, LessonOut, ReportOut, ResultOut, SectionOut
from massline.desk.call.models import Call
from massline.desk.learn.lessons.models import Lesson
from massline.desk.listen.rounds.models import FieldReport, ListeningRound
from massline.desk.people.models import Organisation
from massline.engine import privacy
from massline.square.calls.facts import EventFacts, facts_of
from massline.square.reports.models import ReportBack
from massline.web.absolute_urls import public


def calls(organisation: Organisation) -> Iterator[CallOut]:
    """Calls that are or were out, the newest first; drafts are nobody's business."""
    for call in Call.objects.filter(organisation=organisation).exclude(state="draft"):
        yield CallOut.model_validate({"id": call.uuid, "state": call.state, **asdict(call.facts)})


def events(organisation: Organisation) -> Iterator[EventOut]:
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


def reports(organisation: Organisation) -> Iterator[ReportOut]:
    for one in ReportBack.objects.filter(organisation__uuid=organisation.uuid).select_related("organisation"):
        yield ReportOut(
            id=one.uuid,
            title=one.title,
            kind=one.kind,
            heard=one.heard,
            unknown=one.unknown,
            next_step=one.next_step,
            rests_on=one.rests_on,
            published_on=one.published_on,
            url=public(one.get_absolute_url()),
        )


def lessons(organisation: Organisation) -> Iterator[LessonOut]:
    for one in Lesson.objects.filter(review__event__organisation=organisation):
        yield LessonOut(
            id=one.uuid,
            claim=one.claim,
            context=one.context,
            evidence=one.evidence,
            confidence=one.confidence,
        )


def results(organisation: Organisation) -> Iterator[ResultOut]:
    """Structure tests and how many voices each round heard, section by section."""
    for test in StructureTest.objects.filter(organisation=organisation):
        shown, total = outside(test)
        sections = [SectionOut(section=one.section, count=one.did, of=one.headcount) for one in shown]
        yield ResultOut(
            kind="structure test", title=test.deed, day=test.begins_on, total=total, sections=sections
        )
    for round_ in ListeningRound.objects.of(organisation):
        yield _heard(round_)


def _heard(round_: ListeningRound) -> ResultOut:
    people: Counter[str] = Counter()
    for one in FieldReport.objects.filter(round=round_).exclude(section=None).select_related("section"):
        people[one.section.name if one.section else ""] += one.people
    names = tuple(sorted(people))
    cells: dict[tuple[str, ...], int | None] = {}
    total: int | None = 0
    if names:
        cube = privacy.Cube(
            ("section",), (names,), np.array([people[name] for name in names], dtype=np.int64)
        )
        release = privacy.protect(cube, privacy.with_margins("section"), k=threshold(round_.organisation).k)
        cells, total = release.table("section"), release.table()[()]
    sections = [SectionOut(section=name, count=cells[name,], of=None) for name in names]
    return ResultOut(
        kind="listening round", title=round_.question, day=round_.opens_on, total=total, sections=sections
    )
