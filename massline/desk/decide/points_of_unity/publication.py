"""Publishing points of unity on the square, as a frozen report."""

from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from massline.core.refusal import Refused
from massline.desk.decide.points_of_unity import refusal_reasons
from massline.desk.decide.points_of_unity.models import UnityText
from massline.desk.decide.points_of_unity.positions import read_positions
from massline.desk.decide.published_report_parts import EMPTY_BASIS, format_day_with_year
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports import actions as reports
from massline.square.reports.models import ReportBack, ReportKind
from massline.web.language_choice import in_language


def _report_uuid(text: UnityText) -> UUID:
    return uuid5(text.uuid, "points of unity on the square")


def find_published_text(text: UnityText) -> ReportBack | None:
    return ReportBack.objects.select_related("organisation").filter(uuid=_report_uuid(text)).first()


def publish_text(*, text: UnityText, by: Account) -> ReportBack:
    """Publish the widest text with the names of its parties. Raises Refused until all of them endorse it."""
    positions = read_positions(text)
    endorsed = [party for party in positions.parties if party.endorsed_on]
    face = PublicOrganisation.objects.filter(uuid=text.organisation.uuid).first()
    if text.is_copy or face is None or not positions.widest or len(endorsed) < len(positions.parties):
        raise Refused([refusal_reasons.NotEndorsed(len(endorsed), len(positions.parties))])
    last: date = max(party.endorsed_on for party in endorsed if party.endorsed_on)
    with in_language(face.language):
        heard = _("Points of unity between: %(names)s.") % {
            "names": ", ".join(party.name for party in endorsed)
        }
        next_step = _("We act on this together. Each organisation agreed to it by %(day)s.") % {
            "day": format_day_with_year(last)
        }
    report = reports.freeze_report(
        organisation=face,
        uuid=_report_uuid(text),
        kind=ReportKind.UNITY,
        title=text.title,
        heard=heard,
        next_step=next_step,
        claims=[
            reports.FrozenClaim(sentence.words, minority=False, quotes=()) for sentence in positions.widest
        ],
        rests_on=EMPTY_BASIS,
    )
    with transaction.atomic(using="desk"):
        chain.append_line(text.organisation, by, "published points of unity", text)
    return report
