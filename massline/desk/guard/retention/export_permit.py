"""Permits for exporting contacts: agreed by two key-holders and within the quota."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from massline.core.refusal import Refused
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.contact_storage_conditions import MissingSafeguard
from massline.desk.guard.retention.models import DualControlAct, DualControlProposal
from massline.desk.people.models import Account, Organisation

GOOD_FOR = timedelta(hours=24)


QUOTA_DAYS = 30


class ExportRefused(Refused):
    """An export that is not allowed now; the reasons say what to do. Nothing was written."""

    reasons: tuple[MissingSafeguard, ...]


@dataclass(frozen=True)
class Permit:
    """An export: its number, and the watermark for every file and page of it."""

    number: int
    watermark: str


def take_export_permit(*, organisation: Organisation, by: Account, rows: int) -> Permit:
    """Use up the permit for one export of so many contacts, and record it.

    Call it right before the file is made, with the vault open. A permit is confirmed by another key-holder and
    valid once, for a day, for the account that proposed it. Raises ExportRefused with the reasons otherwise.
    """
    since = timezone.now() - GOOD_FOR
    with transaction.atomic(using="desk"):
        agreed = (
            DualControlProposal.objects.filter(
                organisation=organisation, what=DualControlAct.EXPORT, made_by=by
            )
            .filter(seconded_at__gte=since, used_at=None)
            .order_by("-seconded_at")
            .first()
        )
        reasons = _against_export(organisation, agreed, rows)
        if reasons or agreed is None:
            raise ExportRefused(reasons)
        taken = DualControlProposal.objects.filter(pk=agreed.pk, used_at=None)
        if taken.update(used_at=timezone.now(), rows=rows) != 1:
            raise ExportRefused([_not_agreed()])
        chain.append_line(
            organisation, by, "took contacts out in a file", f"{rows} contacts, export {agreed.pk}"
        )
    facts = {
        "number": agreed.pk,
        "name": by.name,
        "organisation": organisation,
        "day": date_format(timezone.localdate(), "j F Y"),
    }
    return Permit(
        agreed.pk,
        _("Export %(number)d from %(organisation)s, for %(name)s, %(day)s. Do not pass it on.") % facts,
    )


def _not_agreed() -> MissingSafeguard:
    return MissingSafeguard(
        "second person",
        _(
            "Another key-holder has to agree first. Ask for it under Security; you then have one "
            "day to make one file."
        ),
    )


def _against_export(
    organisation: Organisation, agreed: DualControlProposal | None, rows: int
) -> list[MissingSafeguard]:
    if agreed is None:
        return [_not_agreed()]
    if rows > agreed.most:
        return [
            MissingSafeguard(
                "more than agreed",
                _("Nothing was exported: there are %(n)d contacts, and you agreed on %(most)d at most.")
                % {"n": rows, "most": agreed.most},
            )
        ]
    left = quota_left(organisation)
    if rows > left:
        return [
            MissingSafeguard(
                "quota",
                _(
                    "Nothing was exported: there are %(n)d contacts, and only %(left)d more may leave in "
                    "these thirty days."
                )
                % {"n": rows, "left": left},
            )
        ]
    return []


def quota_left(organisation: Organisation) -> int:
    """Number of contacts that may still be exported within thirty days."""
    since = timezone.now() - timedelta(days=QUOTA_DAYS)
    gone = DualControlProposal.objects.filter(
        organisation=organisation, what=DualControlAct.EXPORT, used_at__gte=since
    )
    return max(settings.EXPORT_QUOTA - int(gone.aggregate(n=Sum("rows"))["n"] or 0), 0)
