"""From a need to a programme, its sessions, and the matching of what is asked with what is offered."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import refuse
from massline.desk.act.events import actions as act
from massline.desk.act.events.facts import EventPlan
from massline.desk.act.programmes import rules
from massline.desk.act.programmes.models import Kind, Notice, NoticeState, Programme, Session, good_until
from massline.desk.decide.plans.models import Plan
from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import Voice
from massline.desk.people.models import Account, Organisation, Section
from massline.square.calls.states import EventKind


def begin(
    *,
    organisation: Organisation,
    name: str,
    need: str,
    by: Account,
    voices: Sequence[Voice] = (),
    plan: Plan | None = None,
) -> Programme:
    """Begin a programme; `voices` are the needs people spoke of, word for word, `plan` is what led to it."""
    with transaction.atomic(using="desk"):
        made = Programme.objects.create(organisation=organisation, name=name.strip(), need=need, plan=plan)
        made.voices.set(voices)
        chain.write(organisation, by, "began a programme", made)
    return made


def end(*, programme: Programme, by: Account) -> None:
    with transaction.atomic(using="desk"):
        programme.ended_on = timezone.localdate()
        programme.save(update_fields=["ended_on"])
        chain.write(programme.organisation, by, "ended a programme", programme)


def plan_session(
    *, programme: Programme, starts_at: datetime, ends_at: datetime, place: str, run_by: str, by: Account
) -> Session:
    """Set a session; people find it where they find every event, and sign up in a sealed envelope."""
    refuse([] if programme.is_on else [rules.Ended()])
    with transaction.atomic(using="desk"):
        event = act.plan(
            organisation=programme.organisation,
            by=by,
            facts=EventPlan(
                kind=EventKind.SHIFT, title=programme.name, starts_at=starts_at, ends_at=ends_at, place=place
            ),
        )
        made = Session.objects.create(programme=programme, event=event, run_by=run_by)
        chain.write(programme.organisation, by, "planned a session", made)
    return made


def count_session(*, session: Session, served: int, ran: int, ran_once_served: int, by: Account) -> None:
    """Write down how many were served and how many ran it: numbers of deeds, and nobody's name."""
    refuse([rules.MoreThanRan()] if ran_once_served > ran else [])
    with transaction.atomic(using="desk"):
        session.served, session.ran, session.ran_once_served = served, ran, ran_once_served
        session.save(update_fields=["served", "ran", "ran_once_served"])
        act.record_headcount(event=session.event, headcount=served + ran, by=by)
        chain.write(session.programme.organisation, by, "counted a session", session)


def note(
    *,
    programme: Programme,
    kind: str,
    words: str,
    by: Account,
    section: Section | None = None,
    voice: Voice | None = None,
) -> Notice:
    """Note what somebody asks for or offers. Nobody is asked why, and who it is stays with who carries it."""
    refuse([] if programme.is_on else [rules.Ended()])
    with transaction.atomic(using="desk"):
        made = Notice.objects.create(
            programme=programme,
            kind=Kind(kind),
            words=words.strip(),
            section=section,
            voice=voice,
            carried_by=by,
        )
        chain.write(programme.organisation, by, "noted an ask or an offer", made)
    return made


def match(*, ask: Notice, offer: Notice, by: Account) -> None:
    """Bring an offer to an ask. The first to come is met: nobody is weighed against anybody."""
    with transaction.atomic(using="desk"):
        pair = Notice.objects.select_for_update().filter(pk__in=[ask.pk, offer.pk], state=NoticeState.OPEN)
        kinds = {one.kind: one for one in pair if one.programme_id == ask.programme_id}
        refuse([] if set(kinds) == {Kind.ASK, Kind.OFFER} else [rules.NotBoth()])
        asked, offered = kinds[Kind.ASK], kinds[Kind.OFFER]
        asked.met_by, asked.state, offered.state = offered, NoticeState.MATCHED, NoticeState.MATCHED
        asked.save(update_fields=["met_by", "state"])
        offered.save(update_fields=["state"])
        chain.write(asked.programme.organisation, by, "matched an ask with an offer", asked)


def settle(*, notice: Notice, by: Account) -> None:
    """Say that it is done; what it was matched with is done too."""
    with transaction.atomic(using="desk"):
        pair = [
            notice.pk,
            notice.met_by_id,
            *Notice.objects.filter(met_by=notice).values_list("pk", flat=True),
        ]
        Notice.objects.filter(pk__in=[one for one in pair if one]).update(state=NoticeState.DONE)
        chain.write(notice.programme.organisation, by, "settled an ask or an offer", notice)


def renew(*, notice: Notice, by: Account) -> None:
    """Let it stand for another two weeks: somebody asked, and it still holds."""
    with transaction.atomic(using="desk"):
        notice.good_until = good_until()
        notice.save(update_fields=["good_until"])
        chain.write(notice.programme.organisation, by, "renewed an ask or an offer", notice)
