"""Two gates: no contact is stored before its loss is ruled out, and none leaves in a file by one person's word.

In: two holders, and paper that was proven to open the vault. Out: another key-holder confirmed it within a day,
no more contacts in thirty days than the quota, a mark in every file that says whose it is, and a line in the audit.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from massline.desk.guard.audit import chain
from massline.desk.guard.models import HolderSeal, RecoverySeal
from massline.desk.guard.states import What
from massline.desk.guard.two import Proposal
from massline.desk.people.models import Account, Organisation
from massline.web.refusing import Refused

GOOD_FOR = timedelta(hours=24)
QUOTA_DAYS = 30


@dataclass(frozen=True)
class Unsafe:
    """One thing that is missing before contacts may be kept; `say` is what a person reads."""

    missing: str
    say: str

    def __str__(self) -> str:
        return self.say


class NotYetSafe(Refused):
    """Contacts may not be stored yet; nothing was stored, and the envelopes stay sealed and safe."""

    reasons: tuple[Unsafe, ...]


def missing(organisation: Organisation) -> list[Unsafe]:
    """Give what is missing, in the order in which to do it; empty where contacts are safe."""
    reasons = []
    newest = organisation.keys.first()
    holders = HolderSeal.objects.filter(key=newest).count() if newest else 0
    if holders < 2:
        reasons.append(
            Unsafe(
                "second holder",
                _("One person alone holds the key. Invite a second key-holder and let them come in."),
            )
        )
    paper = RecoverySeal.objects.filter(key=newest).first()
    if paper is None:
        reasons.append(
            Unsafe("paper", _("There is no recovery on paper. Make the sheets and seal the key to them."))
        )
    elif paper.proven_on is None:
        reasons.append(Unsafe("proof", _("Nobody has shown yet that the sheets open the vault. Do it once.")))
    return reasons


def require(organisation: Organisation) -> None:
    """Raise NotYetSafe unless contacts may be stored."""
    reasons = missing(organisation)
    if reasons:
        raise NotYetSafe(reasons)


class NotAllowed(Refused):
    """Contacts may not leave now; the reasons say what is missing and what to do. Nothing was written anywhere."""

    reasons: tuple[Unsafe, ...]


@dataclass(frozen=True)
class Permit:
    """One export, now: its number, and the sentence that must stand in every file and on every page of it."""

    number: int
    watermark: str


def may_export(*, organisation: Organisation, by: Account, rows: int) -> Permit:
    """Take the permission for one export of so many contacts, and write down that it was used.

    Call it right before the file is made, with the vault open. Another key-holder has confirmed it under Guard;
    it is good once, for a day, for the one who asked. Raises NotAllowed with the reasons otherwise.
    """
    since = timezone.now() - GOOD_FOR
    with transaction.atomic(using="desk"):
        agreed = (
            Proposal.objects.filter(organisation=organisation, what=What.EXPORT, made_by=by)
            .filter(seconded_at__gte=since, used_at=None)
            .order_by("-seconded_at")
            .first()
        )
        reasons = _against_export(organisation, agreed, rows)
        if reasons or agreed is None:
            raise NotAllowed(reasons)
        taken = Proposal.objects.filter(pk=agreed.pk, used_at=None)
        if taken.update(used_at=timezone.now(), rows=rows) != 1:
            raise NotAllowed([_not_agreed()])
        chain.write(organisation, by, "took contacts out in a file", f"{rows} contacts, export {agreed.pk}")
    told = {
        "number": agreed.pk,
        "name": by.name,
        "organisation": organisation,
        "day": date_format(timezone.localdate(), "j F Y"),
    }
    return Permit(
        agreed.pk,
        _("Export %(number)d of %(organisation)s, for %(name)s, %(day)s. It is not to be passed on.") % told,
    )


def _not_agreed() -> Unsafe:
    return Unsafe(
        "second person",
        _(
            "Another key-holder has to agree first. Propose it under Guard; it is good for one file within a day."
        ),
    )


def _against_export(organisation: Organisation, agreed: Proposal | None, rows: int) -> list[Unsafe]:
    if agreed is None:
        return [_not_agreed()]
    if rows > agreed.most:
        return [
            Unsafe(
                "more than agreed",
                _("%(n)d contacts would leave, %(most)d were agreed on.") % {"n": rows, "most": agreed.most},
            )
        ]
    left = quota_left(organisation)
    if rows > left:
        return [
            Unsafe(
                "quota",
                _("%(n)d contacts would leave; in these thirty days %(left)d more may.")
                % {"n": rows, "left": left},
            )
        ]
    return []


def quota_left(organisation: Organisation) -> int:
    """How many contacts may still leave in the thirty days that end today."""
    since = timezone.now() - timedelta(days=QUOTA_DAYS)
    gone = Proposal.objects.filter(organisation=organisation, what=What.EXPORT, used_at__gte=since)
    return max(settings.EXPORT_QUOTA - int(gone.aggregate(n=Sum("rows"))["n"] or 0), 0)
