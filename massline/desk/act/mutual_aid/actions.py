"""Begin and end programmes, plan and count sessions, and match asks with offers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import refuse
from massline.desk.act.events import actions as act
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.mutual_aid import refusal_reasons
from massline.desk.act.mutual_aid.models import (
    AidPost,
    AidPostKind,
    AidPostState,
    Programme,
    Session,
    default_last_day,
)
from massline.desk.decide.plans.models import Plan
from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import Voice
from massline.desk.people.models import Account, Organisation, Section
from massline.square.calls.states import EventKind


def begin_programme(
    *,
    organisation: Organisation,
    name: str,
    need: str,
    by: Account,
    voices: Sequence[Voice] = (),
    plan: Plan | None = None,
) -> Programme:
    """Begin a programme; `voices` are needs in people's own words, `plan` is the plan that led to it."""
    with transaction.atomic(using="desk"):
        programme = Programme.objects.create(
            organisation=organisation, name=name.strip(), need=need, plan=plan
        )
        programme.voices.set(voices)
        chain.append_line(organisation, by, "began a programme", programme)
    return programme


def end_programme(*, programme: Programme, by: Account) -> None:
    with transaction.atomic(using="desk"):
        programme.ended_on = timezone.localdate()
        programme.save(update_fields=["ended_on"])
        chain.append_line(programme.organisation, by, "ended a programme", programme)


def plan_session(
    *, programme: Programme, starts_at: datetime, ends_at: datetime, place: str, run_by: str, by: Account
) -> Session:
    """Plan a session together with its event, so that people find it on the square and sign up sealed."""
    refuse([] if programme.is_on else [refusal_reasons.ProgrammeEnded()])
    with transaction.atomic(using="desk"):
        event = act.plan_event(
            organisation=programme.organisation,
            by=by,
            facts=EventPlan(
                kind=EventKind.SHIFT, title=programme.name, starts_at=starts_at, ends_at=ends_at, place=place
            ),
        )
        session = Session.objects.create(programme=programme, event=event, run_by=run_by)
        chain.append_line(programme.organisation, by, "planned a session", session)
    return session


def count_session(*, session: Session, served: int, ran: int, ran_once_served: int, by: Account) -> None:
    """Record how many were served and how many ran a session, without any name."""
    refuse([refusal_reasons.MoreThanHelpers()] if ran_once_served > ran else [])
    with transaction.atomic(using="desk"):
        session.served, session.ran, session.ran_once_served = served, ran, ran_once_served
        session.save(update_fields=["served", "ran", "ran_once_served"])
        act.record_headcount(event=session.event, headcount=served + ran, by=by)
        chain.append_line(session.programme.organisation, by, "counted a session", session)


def add_aid_post(
    *,
    programme: Programme,
    kind: str,
    words: str,
    by: Account,
    section: Section | None = None,
    voice: Voice | None = None,
) -> AidPost:
    """Add an ask or an offer, without name or reason; the account that adds it carries word between the two."""
    refuse([] if programme.is_on else [refusal_reasons.ProgrammeEnded()])
    with transaction.atomic(using="desk"):
        notice = AidPost.objects.create(
            programme=programme,
            kind=AidPostKind(kind),
            words=words.strip(),
            section=section,
            voice=voice,
            carried_by=by,
        )
        chain.append_line(programme.organisation, by, "noted an ask or an offer", notice)
    return notice


def match_aid_posts(*, ask: AidPost, offer: AidPost, by: Account) -> None:
    """Match an ask with an offer; refused unless both are open and belong to the same programme."""
    with transaction.atomic(using="desk"):
        pair = AidPost.objects.select_for_update().filter(pk__in=[ask.pk, offer.pk], state=AidPostState.OPEN)
        kinds = {notice.kind: notice for notice in pair if notice.programme_id == ask.programme_id}
        refuse(
            [] if set(kinds) == {AidPostKind.ASK, AidPostKind.OFFER} else [refusal_reasons.NoMatchingPair()]
        )
        asked, offered = kinds[AidPostKind.ASK], kinds[AidPostKind.OFFER]
        asked.met_by, asked.state, offered.state = offered, AidPostState.MATCHED, AidPostState.MATCHED
        asked.save(update_fields=["met_by", "state"])
        offered.save(update_fields=["state"])
        chain.append_line(asked.programme.organisation, by, "matched an ask with an offer", asked)


def settle_aid_post(*, notice: AidPost, by: Account) -> None:
    """Mark a notice as done, together with the one it was matched with."""
    with transaction.atomic(using="desk"):
        pair = [
            notice.pk,
            notice.met_by_id,
            *AidPost.objects.filter(met_by=notice).values_list("pk", flat=True),
        ]
        AidPost.objects.filter(pk__in=[pk for pk in pair if pk]).update(state=AidPostState.DONE)
        chain.append_line(notice.programme.organisation, by, "settled an ask or an offer", notice)


def renew_aid_post(*, notice: AidPost, by: Account) -> None:
    """Extend a notice by two weeks from today."""
    with transaction.atomic(using="desk"):
        notice.good_until = default_last_day()
        notice.save(update_fields=["good_until"])
        chain.append_line(notice.programme.organisation, by, "renewed an ask or an offer", notice)
