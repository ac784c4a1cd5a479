"""Publishing a decision on the square, as a frozen report."""

from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.core.disclosure_threshold import threshold
from massline.core.refusal import Refused
from massline.desk.decide import shared_refusal_reasons
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.elections.models import Election
from massline.desk.decide.motions.models import Motion, VotingMethod
from massline.desk.decide.published_report_parts import EMPTY_BASIS, format_day_with_year
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports import actions as reports
from massline.square.reports.models import ReportBack, ReportKind
from massline.web.absolute_urls import public_url
from massline.web.language_choice import in_language


def _report_uuid(decision: Decision) -> UUID:
    return uuid5(decision.organisation.uuid, f"decision {decision.pk} on the square")


def find_published_decision(decision: Decision) -> ReportBack | None:
    return ReportBack.objects.select_related("organisation").filter(uuid=_report_uuid(decision)).first()


def publish_decision(*, decision: Decision, by: Account) -> ReportBack:
    """Publish the reasons, demands, dissent and review date of a decision.

    Evidence, owner and plan are not published. Raises Refused for an organisation without a public face.
    """
    face = PublicOrganisation.objects.filter(uuid=decision.organisation.uuid).first()
    if face is None:
        raise Refused([shared_refusal_reasons.NotPublic()])
    with in_language(face.language):
        heard, next_step = _reasons(decision), _("We review it on %(day)s.")
        next_step %= {"day": format_day_with_year(decision.review_on)}
    report = reports.freeze_report(
        organisation=face,
        uuid=_report_uuid(decision),
        kind=ReportKind.DECISION,
        title=decision.title,
        heard=heard,
        next_step=next_step,
        claims=[
            reports.FrozenClaim(demand.text, minority=False, quotes=()) for demand in decision.demands.all()
        ],
        rests_on=EMPTY_BASIS,
    )
    with transaction.atomic(using="desk"):
        chain.append_line(decision.organisation, by, "published a decision", decision)
    return report


def _vote(motion: Motion) -> str:
    """The number of people in the room and the count by each voting method, for everybody to check.

    Where few voted on paper or by phone only the sum is published, because their answers are secret.
    """
    tallies = [tally for tally in motion.tallies.all() if tally.count.total]
    secret = [tally for tally in tallies if tally.way != VotingMethod.HANDS]
    least = threshold(motion.organisation).k
    rows = [(_("Together"), motion.count)]
    if all(tally.count.total >= least for tally in secret):
        rows = [(tally.get_way_display(), tally.count) for tally in tallies]
    counts = [
        _("%(way)s: %(for)d in favour, %(against)d against, %(abstained)d abstained")
        % {"way": way, "for": count.in_favour, "against": count.against, "abstained": count.abstained}
        for way, count in rows
    ]
    present = motion.present or 0
    sentence = ngettext(
        "Carried at “%(meeting)s”, %(n)d person in the room: “%(text)s”.",
        "Carried at “%(meeting)s”, %(n)d people in the room: “%(text)s”.",
        present,
    )
    facts = {"meeting": motion.meeting, "text": motion.text, "n": present}
    return "\n".join([sentence % facts, *counts])


def _choice(election: Election) -> str:
    """Who was elected, and the address of the count, where anybody counts again."""
    sentence = _("“%(title)s”: %(elected)s. The count: %(address)s")
    address = public_url(election.published.get_absolute_url()) if election.published else ""
    return sentence % {"title": election.title, "elected": election.outcome, "address": address}


def _reasons(decision: Decision) -> str:
    paragraphs = [decision.why, *map(_vote, decision.motions.prefetch_related("tallies"))]
    paragraphs += map(_choice, decision.elections.all())
    if decision.waits:
        paragraphs.append(
            _("We are waiting. What would change that: %(sign)s") % {"sign": decision.would_change}
        )
    if decision.dissent:
        paragraphs.append(_("Different view: %(dissent)s") % {"dissent": decision.dissent})
    return "\n\n".join(paragraphs)
