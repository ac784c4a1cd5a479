"""The first turn of the loop, some weeks ago: from "what about the heating?" to a lesson."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo import first_loop_texts
from massline.demo.clock import days_ago
from massline.demo.first_round import hold_round, sum_up
from massline.desk.act.attendance import actions as attendance_actions
from massline.desk.act.attendance import sign_up_opener
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.events import actions as event_actions
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.call import actions as call
from massline.desk.contacts import next_steps
from massline.desk.decide.decisions import actions as decision_actions
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.demands import actions as demand_actions
from massline.desk.decide.principles import actions as principle_actions
from massline.desk.learn.lessons import actions as lesson_actions
from massline.desk.learn.lessons.models import Lesson
from massline.desk.learn.reviews import actions as review_actions
from massline.desk.people.models import Organisation
from massline.desk.sumup.claims.models import Claim
from massline.square.calls.models import PublicEvent
from massline.square.envelopes import actions as envelopes

if TYPE_CHECKING:
    from massline.demo import DemoCast


def play_first_loop(cast: DemoCast) -> Lesson:
    with days_ago(26):
        round_ = hold_round(cast)
    with days_ago(18):
        claims = sum_up(cast, round_)
    with days_ago(17):
        decision = take_decision(cast, claims)
        event = publish_call(cast, decision)
    with days_ago(13):
        sign_up(event)
    with days_ago(10, hours=-2):
        record_attendance(cast, event)
    with days_ago(9):
        return keep_demo_lesson(cast, event)


def local_time(organisation: Organisation, *, days: int, hour: int, minute: int = 0) -> datetime:
    """Return a time on a day from today on, in the organisation's time zone."""
    day = timezone.localdate(timezone=organisation.zone) + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), tzinfo=organisation.zone)


def take_decision(cast: DemoCast, claims: list[Claim]) -> Decision:
    principles = [
        principle_actions.add_principle(organisation=cast.union, text=text, by=cast.amal)
        for text in first_loop_texts.PRINCIPLES
    ]
    demands = []
    for text, rests_on, verdicts in first_loop_texts.DEMANDS:
        demand = demand_actions.make_demand(
            organisation=cast.union, text=text, claims=[claims[n] for n in rests_on], by=cast.amal
        )
        for principle, verdict in zip(principles, verdicts, strict=True):
            for member in (cast.amal, cast.bea, cast.chen):
                demand_actions.record_judgement(
                    demand=demand, principle=principle, verdict=verdict, by=member
                )
        demands.append(demand)
    return decision_actions.record_decision(
        organisation=cast.union,
        title=first_loop_texts.DECISION,
        demands=demands[:1],
        why=first_loop_texts.DECISION_WHY,
        dissent=first_loop_texts.DISSENT,
        forecast=first_loop_texts.FORECAST,
        in_favour=83,
        against=12,
        abstained=4,
        owner=cast.amal,
        review_on=timezone.localdate() + timedelta(days=60),
        by=cast.amal,
    )


def publish_call(cast: DemoCast, decision: Decision) -> Event:
    drafted = call.compose_call(
        decision=decision,
        by=cast.bea,
        facts=replace(
            first_loop_texts.FIRST_CALL,
            starts_at=local_time(cast.union, days=7, hour=11),
            ends_at=local_time(cast.union, days=7, hour=13),
        ),
    )
    call.publish_call(call=drafted, by=cast.bea)
    return Event.objects.get(call=drafted)


def sign_up(event: Event) -> None:
    """Leave thirty-six sealed sign-ups for an event."""
    public = PublicEvent.objects.select_related("organisation").get(uuid=event.uuid)
    for number, name in enumerate(first_loop_texts.COMERS):
        envelopes.leave_envelope(
            organisation=public.organisation,
            about=public.uuid,
            contents={
                "name": name,
                "contact": f"+49 555 010 {number:03d}",
                "language": "ar" if number in (24, 25) else "en",
            },
            form_id=f"demo-{event.pk}-{number}",
            happens_on=event.starts_at.date(),
        )


def record_attendance(cast: DemoCast, event: Event) -> None:
    sign_up_opener.open_sign_ups(organisation=cast.union, vault=cast.vault, by=cast.amal)
    coming = list(Attendance.objects.filter(event=event).select_related("contact").order_by("pk"))
    for number, attendance in enumerate(coming):
        presence = Presence.MISSED if number % 4 == 3 else Presence.CAME
        attendance_actions.record_presence(
            event=event, contact=attendance.contact, presence=presence, by=cast.bea
        )
    for number, name in enumerate(("Elif", "Marek", "Wanda")):
        attendance_actions.add_walk_in(
            event=event, vault=cast.vault, name=name, point=f"+49 555 020 {number:03d}", by=cast.bea
        )
    event_actions.record_headcount(event=event, headcount=94, by=cast.bea)


def keep_demo_lesson(cast: DemoCast, event: Event) -> Lesson:
    everybody = [
        attendance.contact
        for attendance in Attendance.objects.filter(event=event).select_related("contact").order_by("pk")
    ]
    for number, contact in enumerate(everybody[:-2]):
        owner = (cast.amal, cast.bea, cast.chen)[number % 3]
        what = "Come to the mass meeting" if number % 2 else "Take the letter to two neighbours"
        next_steps.agree_next_step(
            contact=contact,
            what=what,
            due_on=timezone.localdate() + timedelta(days=15),
            owner=owner,
            by=cast.bea,
        )
    meeting = event_actions.plan_event(
        organisation=cast.union,
        by=cast.amal,
        facts=EventPlan(
            kind="mass_meeting",
            title="Mass meeting",
            about="Blocks B and C have no date yet. We decide together what we do. Tea, children welcome, interpreters there.",
            starts_at=local_time(cast.union, days=14, hour=18, minute=30),
            ends_at=local_time(cast.union, days=14, hour=20, minute=30),
            place="Harbour Hall",
            access="Step-free from the yard; Arabic and Spanish interpreters.",
            forecast=100,
        ),
    )
    review = review_actions.hold_review(
        event=event, next_event=meeting, by=cast.bea, room=first_loop_texts.ROOM, **first_loop_texts.REVIEW
    )
    return lesson_actions.keep_lesson(
        review=review, confidence="once", by=cast.bea, **first_loop_texts.LESSON
    )
