"""Words that the turn of the matrix writes by no verb of its own: where they would stand, marks stand."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import Recurrence, Series
from massline.desk.act.events.series_actions import REPEATED
from massline.desk.act.messages.models import Mailing, Occasion
from massline.desk.call.call_settings.models import CallSetting
from massline.desk.decide.assessments.models import Point, Reading
from massline.desk.decide.decisions.models import Decision, WaitSign
from massline.desk.learn.corrections.models import Correction
from massline.desk.learn.hypotheses.models import Evidence
from massline.desk.people.contact_import_model import ContactImport
from massline.square.calls.facts import EventFacts
from massline.square.calls.printed.models import ChosenDesign, Design
from massline.square.calls.translations import PublishedTranslation
from massline.square.conversations.arrivals.models import DaySetAside
from massline.square.conversations.models import Conversation
from massline.square.envelopes.timeslots import Slot
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack, ReportCorrection
from massline.square.reports.wins_and_promises import OutcomeFacts, PublicState, publish_outcome
from tests.desk.decided_loop import marked
from tests.wall.compartments import Compartment


def fill_what_is_left(home: Compartment) -> None:
    said, kept, organisation, today = (
        home.marks.said,
        home.marks.kept,
        home.organisation,
        timezone.localdate(),
    )
    face = PublicOrganisation.objects.get(uuid=organisation.uuid)
    Slot.objects.get_or_create(
        organisation=face, about=UUID(str(home.rows["public_event"])), name=f"Steward {said}", needed=3
    )
    report = ReportBack.objects.filter(organisation=face).earliest("pk")
    ReportCorrection.objects.create(report=report, wrong=f"241 {said}", right=f"214 {said}")
    for conversation in Conversation.objects.filter(organisation=face)[:1]:
        DaySetAside.objects.create(conversation=conversation, day=today, reason=f"One script {said}")
    home.rows |= {"kit_call": face.calls.get(slug=home.rows["call_slug"]).pk}
    ChosenDesign.objects.create(
        organisation=face,
        kind="calls",
        key=str(home.rows["call_slug"]),
        design=Design.NUMBER,
        number=said[:12],
        **{name: f"{name} {said}" for name in ("counted", "quote", "who", "before", "after")},
    )
    publish_outcome(
        organisation=face,
        uuid=uuid4(),
        facts=OutcomeFacts(
            state=PublicState.WON,
            text=f"A date {said}",
            who=f"The office {said}",
            words=f"We have it {said}",
            proof=f"See {said}",
            day=today,
        ),
    )
    decision = Decision.objects.filter(organisation=organisation).latest("pk")
    WaitSign.objects.create(decision=decision, key="pulse", label=f"Evictions {kept}", at_least=3)
    point = Point.objects.filter(assessment__organisation=organisation).latest("pk")
    Reading.objects.create(
        point=point, key="pulse", text=f"Two a day {kept}", words=f"It was three {kept}", state="overruled"
    )
    ContactImport.objects.filter(organisation=organisation).update(
        vouched_by=f"Amal {kept}", vouched_on=today
    )
    PublishedTranslation.objects.filter(call__organisation=face).update(what_changed=f"The hall {said}")
    CallSetting.objects.update_or_create(
        organisation=organisation, defaults={"legal_number": f"0 {kept}", "rights": f"Say nothing {kept}"}
    )
    facts = marked(EventFacts, organisation, kept, kind="meeting")
    Series.objects.create(
        organisation=organisation,
        every=Recurrence.values[0],
        **{name: getattr(facts, name) for name in REPEATED},
        first_at=timezone.now(),
        lasts=timedelta(hours=1),
        planned_to=today,
        ended_on=today,
    )
    Attendance.objects.filter(event__organisation=organisation).update(role=f"Steward {kept}")
    event = Event.objects.filter(organisation=organisation).latest("pk")
    Mailing.objects.create(event=event, occasion=Occasion.values[0], sequence=97, reason=f"Rain {kept}")
    Correction.objects.filter(organisation=organisation).update(right=f"214 {kept}")
    Evidence.objects.filter(hypothesis__organisation=organisation).update(source=f"Minutes {kept}")
