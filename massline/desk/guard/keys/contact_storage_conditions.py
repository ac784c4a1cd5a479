"""Conditions for storing contacts: two key-holders and proven recovery sheets, or the risk that a key-holder accepted."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from massline.core.refusal import Refused
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import joint_sheet_creation
from massline.desk.guard.keys.models import AcceptedRisk, HolderSeal, OrganisationKey, RecoverySeal
from massline.desk.people.models import Account, Organisation
from massline.desk.people.prepared_query import PreparedQuery


@dataclass(frozen=True)
class MissingSafeguard:
    """A missing condition; `say` is the sentence for the organiser."""

    missing: str
    say: str

    def __str__(self) -> str:
        return self.say


class NotYetSafe(Refused):
    """Contacts may not be stored yet; nothing was stored, and the envelopes stay sealed."""

    reasons: tuple[MissingSafeguard, ...]


def missing_safeguards(organisation: Organisation) -> list[MissingSafeguard]:
    """Missing conditions, in the order in which to meet them; empty if contacts may be stored."""
    reasons = []
    newest = organisation.keys.first()
    holders = HolderSeal.objects.filter(key=newest).count() if newest else 0
    if holders < 2:
        reasons.append(
            MissingSafeguard(
                "second holder",
                _("Only one person has the key. Invite a second key-holder and let them join."),
            )
        )
    paper = RecoverySeal.objects.filter(key=newest).first()
    pending = None if paper and paper.proven_on else joint_sheet_creation.pending_set(organisation)
    if pending is not None:
        reasons.append(MissingSafeguard("sheets", joint_sheet_creation.describe_proof_progress(pending)))
    elif paper is None:
        reasons.append(
            MissingSafeguard(
                "paper",
                _("There is no paper backup of the key yet. Make the sheets and lock the key to them."),
            )
        )
    elif paper.proven_on is None:
        reasons.append(
            MissingSafeguard("proof", _("Nobody has tested yet that the sheets work. Do it once."))
        )
    return reasons


def blocking_safeguards(organisation: Organisation) -> list[MissingSafeguard]:
    """Missing conditions because of which no contact may be stored; empty where a key-holder accepted the risk."""
    return [] if is_risk_accepted(organisation) else missing_safeguards(organisation)


def require_safe_storage(organisation: Organisation) -> None:
    """Raise NotYetSafe unless contacts may be stored."""
    reasons = blocking_safeguards(organisation)
    if reasons:
        raise NotYetSafe(reasons)


def is_risk_accepted(organisation: Organisation) -> bool:
    return AcceptedRisk.objects.filter(organisation=organisation).exists()


def accept_risk(organisation: Organisation, *, by: Account) -> None:
    """Let contacts be stored although the key could be lost; it is said on every page until keys are safe."""
    if not missing_safeguards(organisation):
        return
    with transaction.atomic(using="desk"):
        AcceptedRisk.objects.update_or_create(organisation=organisation, defaults={"account": by})
        chain.append_line(organisation, by, "accepted that names could be lost", organisation)


def end_risk_if_safe(organisation: Organisation) -> None:
    """Forget that the risk was accepted, once there is none."""
    if not missing_safeguards(organisation):
        AcceptedRisk.objects.filter(organisation=organisation).delete()


def _newest_key(organisation: int) -> QuerySet[OrganisationKey, Any]:
    newest = OrganisationKey.objects.filter(organisation=organisation).order_by("-epoch")[:1]
    return (
        OrganisationKey.objects.filter(pk__in=newest.values("pk"))
        .annotate(
            holders=Count("seals"),
            is_proven=Exists(RecoverySeal.objects.filter(key=OuterRef("pk"), proven_on__isnull=False)),
            is_accepted=Exists(AcceptedRisk.objects.filter(organisation=OuterRef("organisation"))),
        )
        .values_list("holders", "is_proven", "is_accepted", named=True)
    )


_NEWEST_KEY = PreparedQuery(_newest_key)


def key_state(organisation: Organisation) -> str:
    """Say how safe the key is, in one query: safe, waiting (sign-ups stay locked) or at-risk (opened all the same)."""
    newest = next(iter(_NEWEST_KEY.rows(organisation=organisation.pk)), None)
    if newest and newest.holders >= 2 and newest.is_proven:
        return "safe"
    return "at-risk" if newest and newest.is_accepted else "waiting"
