"""The way from a question to a decision, short, for stories that begin after it."""

from datetime import date, datetime, timedelta
from typing import Any, get_type_hints
from uuid import NAMESPACE_OID, uuid5

from django.utils import timezone

from massline.desk.act.events import actions as act
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.call import actions as calls
from massline.desk.call.call_draft import CallDraft
from massline.desk.call.models import Call
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.demands.models import Demand
from massline.desk.listen.rounds import actions as listen
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims.models import Claim, SumUp
from massline.square.calls.facts import F, names_of
from massline.square.calls.states import EventKind
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.models import Envelope
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack


def decide(organisation: Organisation, by: Account) -> Decision:
    """A decision that rests on a claim of a published sum-up."""
    round_ = listen.open_round(
        organisation=organisation, question="What about the heating?", closes_on=date(2030, 1, 1), by=by
    )
    sum_up = SumUp.objects.create(round=round_, title="Cold since October", written_by=by, report="cold")
    face = PublicOrganisation.objects.get(uuid=organisation.uuid)
    ReportBack.objects.create(organisation=face, slug="cold", title="Cold since October", heard="Cold.")
    claim = Claim.objects.create(sum_up=sum_up, order=1, text="Many flats have been cold since October.")
    demand = Demand.objects.create(organisation=organisation, text="A repair date for every boiler")
    demand.claims.add(claim)
    decision = Decision.objects.create(
        organisation=organisation,
        title="We go to the housing office together",
        why="The letters had no answer.",
        forecast="Eighty of us, and a date in writing.",
        owner=by,
        review_on=date(2030, 1, 1),
    )
    decision.demands.add(demand)
    return decision


def saturday(organisation: Organisation, hour: int = 11) -> datetime:
    """Eleven o'clock, organisation time, a week from today."""
    day = timezone.localdate() + timedelta(days=7)
    return datetime(day.year, day.month, day.day, hour, tzinfo=organisation.zone)


def marked(kind: type[F], organisation: Organisation, mark: str, /, **known: Any) -> F:
    """Facts whose texts bear their names and the mark, by which they are known again; eleven to one in a week."""
    start = saturday(organisation)
    hours = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    is_text = {name: hint is str and name != "joining" for name, hint in get_type_hints(kind).items()}
    texts = {name: f"Its {name} {mark}" for name in names_of(kind) if is_text[name]}
    return kind(**{**texts, **{name: hours[name] for name in names_of(kind) if name in hours}, **known})


def plan_meeting(organisation: Organisation, by: Account) -> Event:
    """The next mass meeting: a week from today at six in the evening."""
    start = saturday(organisation, 18)
    return act.plan_event(
        organisation=organisation,
        by=by,
        facts=EventPlan(
            kind=EventKind.MASS_MEETING,
            title="Mass meeting",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            place="Harbour Hall",
        ),
    )


def write_call(decision: Decision, by: Account, **facts: object) -> Call:
    """A call that says enough to go out, unless a fact is changed."""
    start = saturday(decision.organisation)
    said: dict[str, object] = {
        "slogan": "Fix the heat before the frost.",
        "what": "Walk to the housing office",
        "ask": "Come with your letter",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "place": "Harbour Square, by the clock",
        "bring": "Your letter, one neighbour",
        "access": "No steps. Turkish and Arabic spoken.",
        "why": "214 letters, no answer.",
    }
    return calls.compose_call(decision=decision, by=by, facts=CallDraft(**{**said, **facts}))  # type: ignore[arg-type]


def say_yes(
    organisation: Organisation, about: object, name: str, point: str, form_id: str = "", offers: str = ""
) -> Envelope:
    """Somebody taps "I'm coming" on the square."""
    face = PublicOrganisation.objects.get(uuid=organisation.uuid)
    envelope, _secret = envelopes.leave_envelope(
        organisation=face,
        about=about,  # type: ignore[arg-type]
        contents={"name": name, "contact": point, "language": "", "help": offers},
        form_id=form_id or uuid5(NAMESPACE_OID, f"{name} {point} {about}").hex,
        happens_on=timezone.localdate() + timedelta(days=7),
    )
    return envelope
