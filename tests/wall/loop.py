"""One turn of the loop, lived in one compartment by the verbs everybody uses."""

from datetime import timedelta

from django.utils import timezone

from massline.desk.act.attendance import actions as attendance_actions
from massline.desk.act.attendance import sign_up_opening
from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events import actions as event_actions
from massline.desk.act.events.facts import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.call import actions as calls
from massline.desk.call.facts import CallDraft
from massline.desk.call.models import Call
from massline.desk.contacts import next_steps
from massline.desk.decide.decisions import actions as decision_actions
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.demands import actions as demand_actions
from massline.desk.decide.principles import actions as principle_actions
from massline.desk.guard.accounts import invitations as guard
from massline.desk.guard.accounts import pending_invitations
from massline.desk.learn.lessons import actions as lesson_actions
from massline.desk.learn.reviews import actions as review_actions
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.desk.people.models import Membership
from massline.desk.sumup.claims import actions as sumup
from massline.desk.sumup.claims.models import SumUp
from massline.square.calls.models import PublishedCall
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.models import Envelope
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack
from tests.desk.decided_loop import marked, saturday
from tests.wall.compartments import Compartment
from tests.wall.loops.act import act_together
from tests.wall.loops.call import call_further
from tests.wall.loops.contacts import carry_on, grow
from tests.wall.loops.decide import carry_out, decide_more
from tests.wall.loops.guard import carry_a_key, hold_and_lift
from tests.wall.loops.listen import hear, listened
from tests.wall.loops.sumup import answer_and_take_out, write
from tests.wall.loops.unwritten import fill_what_is_left
from tests.wall.loops.watches import follow


def live(home: Compartment) -> None:
    """Live one turn of the loop by the verbs everybody uses, and begin the next."""
    round_ = hear(home)
    follow(home)
    sum_up = write(home, round_, home.marks.said)
    sumup.sign_sum_up(sum_up=sum_up, by=home.holder)
    sumup.publish_sum_up(sum_up=sum_up, by=home.organiser)
    decision = take_decision(home, sum_up)
    carry_out(home, decision)
    call = call_out(home, decision)
    come(home, Event.objects.get(call=call))
    next_round = learn_from(home, Event.objects.get(call=call))
    act_together(home)
    draft = write(home, next_round, home.marks.kept)
    answer_and_take_out(home, next_round, draft)
    section = home.organisation.sections.earliest("pk")
    member = Membership.objects.get(organisation=home.organisation, account=home.member)
    secret = guard.invite_member(organisation=home.organisation, role=Role.MEMBER, by=home.holder)
    home.rows["on_its_way"] = pending_invitations.pending_invitations(home.organisation).latest("pk").pk
    grow(home)
    carry_on(home)
    carry_a_key(home)
    fill_what_is_left(home)
    home.rows["proposal"] = hold_and_lift(home).pk
    home.rows |= {"round": round_.pk, "next_round": next_round.pk, "section": section.pk}
    home.rows |= {"member": member.pk, "invitation": secret, "sheet": "poster", "language": "es"}
    home.rows |= {"kit_kind": "calls", "kit_file": "wide.png", "kit_design": "band"}
    home.rows |= {"schema": "mood-1"}
    home.rows |= {"draft": draft.pk, "draft_claim": draft.claims.earliest("pk").pk}
    home.rows |= {"sum_up": sum_up.pk, "claim": sum_up.claims.earliest("pk").pk, "decision": decision.pk}
    report = ReportBack.objects.filter(organisation__uuid=home.organisation.uuid).latest("pk")
    home.rows |= {"report": report.slug, "public_claim": report.claims.earliest("pk").uuid}
    home.rows |= {"talk": round_.conversation, "next_talk": next_round.conversation}


def take_decision(home: Compartment, sum_up: SumUp) -> Decision:
    kept, by = home.marks.kept, home.organiser
    principle = principle_actions.add_principle(
        organisation=home.organisation, text=f"No eviction {kept}", by=by
    )
    claims = list(sum_up.claims.all())
    demand = demand_actions.make_demand(
        organisation=home.organisation, text=f"A date {kept}", claims=claims, by=by
    )
    for member in (home.holder, home.organiser, home.member):
        demand_actions.judge_demand(demand=demand, principle=principle, verdict="keeps", by=member)
    home.rows |= {"demand": demand.pk, "principle": principle.pk}
    decide_more(home, demand)
    return decision_actions.record_decision(
        organisation=home.organisation,
        title=f"We go together {kept}",
        demands=[demand],
        why=f"No answer {kept}",
        dissent=f"One would wait {kept}",
        forecast=f"Eighty of us {kept}",
        would_change=f"A vote of the council {kept}",
        owner=home.holder,
        review_on=timezone.localdate() + timedelta(days=60),
        by=by,
    )


def call_out(home: Compartment, decision: Decision) -> Call:
    """One call that is out, and one that is still a draft."""
    call, draft = (compose(home, decision, mark) for mark in (home.marks.said, home.marks.kept))
    calls.publish_call(call=call, by=home.organiser)
    published = PublishedCall.objects.get(event__uuid=Event.objects.get(call=call).uuid)
    home.rows |= {
        "call": call.pk,
        "draft_call": draft.pk,
        "call_slug": published.slug,
        "code": published.code,
    }
    call_further(home, call, draft)
    return call


def compose(home: Compartment, decision: Decision, mark: str) -> Call:
    facts = marked(CallDraft, home.organisation, mark, language="")
    return calls.compose_call(decision=decision, by=home.organiser, facts=facts)


def come(home: Compartment, event: Event) -> None:
    """Somebody signs up and comes; somebody else's envelope is still sealed."""
    face = PublicOrganisation.objects.get(uuid=home.organisation.uuid)
    nth = Attendance.objects.count()
    for who in ("one", "two"):
        contents = {"name": f"{home.marks.nym} {who}", "contact": f"{home.marks.way}{nth}{who}@example.org"}
        envelope, secret = envelopes.leave_envelope(
            organisation=face,
            about=event.uuid,
            contents=contents | {"language": "", "help": ""},
            form_id=f"{home.slug} {nth} {who}",
            happens_on=timezone.localdate(event.ends_at),
        )
        Envelope.objects.filter(pk=envelope.pk).update(lost_slot=home.marks.said)
        if who == "one":
            sign_up_opening.open_sign_ups(organisation=home.organisation, vault=home.vault, by=home.holder)
    deed = Attendance.objects.select_related("contact").get(event=event)
    attendance_actions.record_presence(event=event, contact=deed.contact, presence="came", by=home.holder)
    step = next_steps.agree_next_step(
        contact=deed.contact,
        what=f"Bring one {home.marks.kept}",
        due_on=timezone.localdate() + timedelta(days=9),
        owner=home.organiser,
        by=home.organiser,
    )
    home.rows |= {"attendance": deed.pk, "contact": deed.contact.pk, "step": step.pk, "secret": secret}


def plan(home: Compartment, kind: str) -> Event:
    start = saturday(home.organisation, 18)
    hours = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    facts = marked(EventPlan, home.organisation, home.marks.said, kind=kind, **hours)
    return event_actions.plan_event(organisation=home.organisation, by=home.organiser, facts=facts)


def learn_from(home: Compartment, event: Event) -> ListeningRound:
    """The walk is over: the review, the lesson, the next mass meeting and the next question."""
    said, kept, by = home.marks.said, home.marks.kept, home.organiser
    meeting, shift = plan(home, "mass_meeting"), plan(home, "shift")
    event_actions.cancel_event(event=shift, reason=f"The hall is closed {said}", by=by)
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(
        starts_at=now - timedelta(hours=4), ends_at=now - timedelta(hours=2)
    )
    event.refresh_from_db()
    review = review_actions.hold_review(
        event=event,
        next_event=meeting,
        expected=f"Eighty {kept}",
        happened=f"More came {kept}",
        because=f"We asked by stairwell {kept}",
        keep=f"The stairwells {kept}",
        change=f"The hour {kept}",
        by=by,
    )
    lesson = lesson_actions.keep_lesson(
        review=review,
        claim=f"Ask {said}",
        context=f"A week {kept}",
        evidence=f"94 {kept}",
        no_names=True,
        by=by,
    )
    round_ = lesson_actions.open_next_round(
        lesson=lesson,
        question=f"What next {said}?",
        closes_on=timezone.localdate() + timedelta(days=14),
        seeds=[f"The yard {said}", f"The roof {said}"],
        by=by,
    )
    listened(home, round_)
    home.rows |= {"event": event.pk, "meeting": meeting.pk, "lesson": lesson.pk}
    home.rows |= {"public_event": event.uuid, "public_meeting": meeting.uuid}
    return round_
