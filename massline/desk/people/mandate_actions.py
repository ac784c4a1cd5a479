"""Giving, sharing out, handing over and closing mandates."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from massline.desk.people.mandate_models import Holding, Mandate, Part
from massline.desk.people.models import Account, Contact, Organisation
from massline.desk.people.signals import send_row_changed


def give_mandate(
    *, organisation: Organisation, what: str, given_by: str, ends_on: date, by: Account | None
) -> Mandate:
    """Create a mandate with a term; its parts are assigned one by one."""
    with transaction.atomic(using="desk"):
        mandate = Mandate.objects.create(
            organisation=organisation, what=what, given_by=given_by, ends_on=ends_on
        )
        send_row_changed(organisation, by, "gave a mandate", mandate)
    return mandate


def assign_part(
    *,
    mandate: Mandate,
    part: str,
    by: Account,
    account: Account | None = None,
    contact: Contact | None = None,
) -> Holding:
    """Assign a part to an account or a contact; its previous holder ends today. A new main ends a stall.

    Raises ValueError unless exactly one person is named.
    """
    if (account is None) == (contact is None):
        raise ValueError("A part is taken by one person.")
    today = timezone.localdate()
    with transaction.atomic(using="desk"):
        replaced = Q(part=Part(part)) | Q(account=account, contact=contact)
        mandate.holdings.filter(replaced, until=None).update(until=today)
        holding = Holding.objects.create(mandate=mandate, part=Part(part), account=account, contact=contact)
        if part == Part.MAIN:
            mandate.stalled_on = None
            mandate.save(update_fields=["stalled_on"])
        send_row_changed(mandate.organisation, by, f"made somebody {Part(part).name.lower()}", mandate)
    return holding


def mark_stalled(*, mandate: Mandate, by: Account) -> Mandate:
    """Mark a mandate as stalled from today, so that the deputy is asked to go on."""
    with transaction.atomic(using="desk"):
        mandate.stalled_on = mandate.stalled_on or timezone.localdate()
        mandate.save(update_fields=["stalled_on"])
        send_row_changed(mandate.organisation, by, "said a mandate stalls", mandate)
    return mandate


def hand_over_mandate(*, mandate: Mandate, by: Account) -> Mandate:
    """Make the deputy main and the learner deputy. Raises ValueError, and changes nothing, without a deputy."""
    with transaction.atomic(using="desk"):
        parts = {holding.part: holding for holding in mandate.holdings.filter(until=None)}
        deputy, learner = parts.get(Part.DEPUTY), parts.get(Part.LEARNER)
        if deputy is None:
            raise ValueError("Nobody is deputy.")
        assign_part(mandate=mandate, part=Part.MAIN, account=deputy.account, contact=deputy.contact, by=by)
        if learner is not None:
            assign_part(
                mandate=mandate, part=Part.DEPUTY, account=learner.account, contact=learner.contact, by=by
            )
        mandate.refresh_from_db()
    return mandate


def close_mandate(*, mandate: Mandate, by: Account) -> Mandate:
    """Close a mandate and end all its parts today."""
    today = timezone.localdate()
    with transaction.atomic(using="desk"):
        mandate.closed_on = today
        mandate.save(update_fields=["closed_on"])
        mandate.holdings.filter(until=None).update(until=today)
        send_row_changed(mandate.organisation, by, "closed a mandate", mandate)
    return mandate
