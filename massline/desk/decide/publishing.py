"""Putting decisions and points of unity on the square, frozen as a report."""

from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import formats, translation
from django.utils.translation import gettext as _

from massline.desk.decide.models.decisions import Decision
from massline.desk.decide.models.unity import UnityText
from massline.desk.decide.rules import uniting
from massline.desk.decide.standing import standing
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports import actions as reports
from massline.square.reports.models import Kind, ReportBack
from massline.web.refusing import Refused

NOBODY = reports.RestsOn(voices=0, people=0, participants=0, votes=0, sections=0, sections_of=0)


def _uuid(text: UnityText) -> UUID:
    return uuid5(text.uuid, "points of unity on the square")


def published_unity(text: UnityText) -> ReportBack | None:
    return ReportBack.objects.select_related("organisation").filter(uuid=_uuid(text)).first()


def publish_unity(*, text: UnityText, by: Account) -> ReportBack:
    """Freeze the widest text with the names of those who endorse it; all of them have to, and only they are named."""
    found = standing(text)
    endorsed = [party for party in found.parties if party.endorsed_on]
    face = PublicOrganisation.objects.filter(uuid=text.organisation.uuid).first()
    if text.is_copy or face is None or not found.widest or len(endorsed) < len(found.parties):
        raise Refused([uniting.NotEndorsed(len(endorsed), len(found.parties))])
    last: date = max(party.endorsed_on for party in endorsed if party.endorsed_on)
    with translation.override(face.language):
        heard = _("Points of unity of: %(names)s.") % {"names": ", ".join(party.name for party in endorsed)}
        next_step = _("We act on it together. Each organisation endorsed it by %(day)s.") % {
            "day": _day(last)
        }
    report = reports.freeze(
        organisation=face,
        uuid=_uuid(text),
        kind=Kind.UNITY,
        title=text.title,
        heard=heard,
        next_step=next_step,
        claims=[reports.Frozen(one.words, minority=False, quotes=()) for one in found.widest],
        rests_on=NOBODY,
    )
    with transaction.atomic(using="desk"):
        chain.write(text.organisation, by, "published points of unity", text)
    return report


def _uuid_of(decision: Decision) -> UUID:
    return uuid5(decision.organisation.uuid, f"decision {decision.pk} on the square")


def published_decision(decision: Decision) -> ReportBack | None:
    return ReportBack.objects.select_related("organisation").filter(uuid=_uuid_of(decision)).first()


def publish_decision(*, decision: Decision, by: Account) -> ReportBack:
    """Tell everybody what was decided, on which demands, against whose dissent, and when we look at it again.

    Evidence, owner and plan stay at the desk.
    """
    face = PublicOrganisation.objects.filter(uuid=decision.organisation.uuid).first()
    if face is None:
        raise Refused([uniting.NotPublic()])
    with translation.override(face.language):
        heard, next_step = _told(decision), _("We look at it again on %(day)s.")
        next_step %= {"day": _day(decision.review_on)}
    report = reports.freeze(
        organisation=face,
        uuid=_uuid_of(decision),
        kind=Kind.DECISION,
        title=decision.title,
        heard=heard,
        next_step=next_step,
        claims=[reports.Frozen(demand.text, minority=False, quotes=()) for demand in decision.demands.all()],
        rests_on=NOBODY,
    )
    with transaction.atomic(using="desk"):
        chain.write(decision.organisation, by, "published a decision", decision)
    return report


def _told(decision: Decision) -> str:
    told = [decision.why]
    if decision.waits:
        told.append(_("We wait. What would change it: %(sign)s") % {"sign": decision.would_change})
    if decision.dissent:
        told.append(_("Who sees it differently: %(dissent)s") % {"dissent": decision.dissent})
    return "\n\n".join(told)


def _day(day: date) -> str:
    return formats.date_format(day, "j F Y")
