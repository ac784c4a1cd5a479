"""Writing a call, putting it out, changing it everywhere at once, and calling it off in the open."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.desk.call.models import Call, CallState
from massline.desk.call.signals import call_cancelled, call_changed, call_published
from massline.desk.call.vagueness import TooVague, Vague, refusals
from massline.desk.decide.models import Decision
from massline.desk.guard import audit
from massline.desk.people.models import Account
from massline.square.calls import actions as square
from massline.square.calls.models import EventKind, PublishedCall
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack


class Facts(TypedDict, total=False):
    """The facts of a call that can be written and changed."""

    slogan: str
    what: str
    ask: str
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    bring: str
    access: str
    why: str
    called_by: str
    mass_meeting: bool


def compose(
    *,
    decision: Decision,
    by: Account | None,
    slogan: str,
    what: str,
    ask: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    place: str = "",
    bring: str = "",
    access: str = "",
    why: str = "",
    called_by: str = "",
    mass_meeting: bool = False,
) -> Call:
    """Write a call from a decision. A draft may be as vague as it likes."""
    organisation = decision.organisation
    with transaction.atomic(using="desk"):
        call = Call.objects.create(
            organisation=organisation,
            decision=decision,
            language=organisation.language,
            made_by=by,
            slogan=slogan,
            what=what,
            ask=ask,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            bring=bring,
            access=access,
            why=why,
            called_by=called_by or organisation.name,
            mass_meeting=mass_meeting,
        )
        audit.write(organisation, by, "wrote a call", call)
    return call


def publish(*, call: Call, by: Account | None) -> PublishedCall:
    """Put a call out on the square and make its event. Said twice, it is out once.

    Raises TooVague, with its reasons, where the call does not say enough yet.
    """
    face = PublicOrganisation.objects.filter(uuid=call.organisation.uuid).first()
    published = PublishedCall.objects.filter(uuid=call.uuid).first()
    if published is not None and call.state != CallState.DRAFT:
        return published
    reasons = refusals(call)
    if face is None:
        reasons.append(Vague("square", _("This organisation does not show itself on the square.")))
    if reasons or face is None:
        raise TooVague(reasons)
    with transaction.atomic(using="desk"):
        call.state = CallState.LIVE
        call.changed_at = timezone.now()
        call.save(update_fields=["state", "changed_at"])
        audit.write(call.organisation, by, "published a call", call)
        call_published.send(Call, call=call, by=by)
        event, words = _facts(call)
        return square.publish(
            organisation=face, uuid=call.uuid, event=event, call=words, report=_report(call, face)
        )


def change(*, call: Call, by: Account | None, **facts: Unpack[Facts]) -> Call:
    """Change what a call says. Once it is out, the change reaches the square and the event in the same step.

    Raises TooVague where a call that is out would become vague; nothing is changed then.
    """
    if call.state == CallState.CANCELLED:
        raise TooVague([Vague("live", _("This call was called off. Write a new one."))])
    changed = [name for name, value in facts.items() if getattr(call, name) != value]
    if not changed:
        return call
    before = {name: getattr(call, name) for name in changed}
    for name in changed:
        setattr(call, name, facts[name])  # type: ignore[literal-required]
    reasons = refusals(call) if call.is_out else []
    if reasons:
        for name, value in before.items():
            setattr(call, name, value)
        raise TooVague(reasons)
    with transaction.atomic(using="desk"):
        if call.is_out:
            call.state = CallState.CHANGED
        call.changed_at = timezone.now()
        call.save()
        audit.write(call.organisation, by, "changed a call", call)
        if call.is_out:
            call_changed.send(Call, call=call, by=by)
            event, words = _facts(call)
            square.change(uuid=call.uuid, event=event, call=words)
    return call


def cancel(*, call: Call, by: Account | None, reason: str) -> Call:
    """Call it off. A draft is put away; a call that is out stays where it stood and says that it is off."""
    if call.state == CallState.CANCELLED:
        return call
    with transaction.atomic(using="desk"):
        was_out = call.is_out
        call.state = CallState.CANCELLED
        call.changed_at = timezone.now()
        call.save(update_fields=["state", "changed_at"])
        audit.write(call.organisation, by, "called a call off", call)
        if was_out:
            call_cancelled.send(Call, call=call, by=by, reason=reason)
            square.cancel(uuid=call.uuid, reason=reason)
    return call


def published_of(call: Call) -> PublishedCall | None:
    """Give the square's page of a call, found by its uuid: no key crosses the wall."""
    found = PublishedCall.objects.filter(uuid=call.uuid)
    return found.select_related("organisation", "event__organisation", "report__organisation").first()


def _facts(call: Call) -> tuple[square.EventFacts, square.CallFacts]:
    if call.starts_at is None or call.ends_at is None:
        raise ValueError("A call without its hours has no facts to publish.")
    event = square.EventFacts(
        kind=EventKind.MASS_MEETING if call.mass_meeting else EventKind.ACTION,
        title=call.what,
        starts_at=call.starts_at,
        ends_at=call.ends_at,
        place=call.place,
        about=call.why,
        access=call.access,
    )
    words = square.CallFacts(
        slogan=call.slogan,
        ask=call.ask,
        called_by=call.called_by,
        why=call.why,
        bring=call.bring,
        language=call.language,
    )
    return event, words


def _report(call: Call, face: PublicOrganisation) -> ReportBack | None:
    """Give the report-back that this call's decision rests on."""
    slugs = call.decision.demands.exclude(claims__sum_up__report="").values_list(
        "claims__sum_up__report", flat=True
    )
    known = [slug for slug in slugs if slug]
    return ReportBack.objects.filter(organisation=face, slug__in=known).first()
