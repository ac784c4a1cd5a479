"""Bringing a list in, sealed row by row; and taking all of it back while nobody has worked with it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from massline.desk.contacts.imports.column_mapping import Candidate
from massline.desk.contacts.imports.dry_run import look
from massline.desk.contacts.sign_up import SignUp, write_down
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import safety
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.contact_import import ContactImport
from massline.desk.people.models import Account, Contact, Organisation
from massline.desk.people.querysets import ContactQuerySet
from massline.desk.people.states import Source

# Long enough to call everybody once; whoever agrees on a next step stays by that.
KEPT = timedelta(days=30)
AT_MOST = timedelta(days=365)


class Touched(Exception):
    """Somebody of the list has been worked with since; nothing was taken back. `n` says how many."""

    def __init__(self, n: int) -> None:
        super().__init__(n)
        self.n = n


def bring_in(
    *,
    organisation: Organisation,
    vault: Vault,
    listed: list[Candidate],
    source: str,
    by: Account,
    leave_out: Iterable[int] = (),
) -> ContactImport:
    """Keep everybody on a list who is new and agreed. Whom we know stays as they are, also who said no more.

    Raises NotYetSafe while the loss of the organisation's key would lose its contacts.
    """
    safety.require_safe_storage(organisation)
    with transaction.atomic(using="desk"):
        run = look(organisation, vault, listed, leave_out)
        brought = ContactImport.objects.create(
            organisation=organisation,
            source=source,
            made_by=by,
            new=len(run.new),
            known=len(run.known),
            left_out=run.left_out,
        )
        Contact.objects.bulk_create(_contact(one, brought, vault) for one in run.new)
        chain.write(organisation, by, "brought in a list", brought)
    return brought


def _contact(one: Candidate, brought: ContactImport, vault: Vault) -> Contact:
    today = timezone.localdate()
    met_on = min(one.met_on or one.consent_on or today, today)
    contact = Contact(
        organisation=brought.organisation,
        source=Source.BROUGHT,
        language=one.language or brought.organisation.language,
        met_on=met_on,
        consent_on=min(one.consent_on or met_on, today),
        keep_until=_until(one.keep_until, today),
        brought_by=brought,
    )
    write_down(contact, vault, SignUp(one.name or one.point, one.point, contact.language))
    return contact


def _until(wanted: date | None, today: date) -> date:
    return min(max(wanted or today + KEPT, today), today + AT_MOST)


def touched(brought: ContactImport) -> ContactQuerySet:
    """Who of a list was worked with since: a deed, a step, a word."""
    theirs = Contact.objects.filter(brought_by=brought)
    deeds = ("attendances", "next_steps", "vouches", "holdings", "learnt")
    worked = Q(welcomed_on__isnull=False) | Q(buddy__isnull=False)
    for deed in deeds:
        worked |= Q(**{f"{deed}__isnull": False})
    return theirs.filter(worked).distinct()


def take_back(*, brought: ContactImport, by: Account) -> int:
    """Delete everybody a list brought; say how many. Raises Touched where somebody was worked with since."""
    with transaction.atomic(using="desk"):
        worked = touched(brought).count()
        if worked:
            raise Touched(worked)
        gone = Contact.objects.filter(brought_by=brought).delete()[1].get("people.Contact", 0)
        brought.taken_back_on = timezone.localdate()
        brought.save(update_fields=["taken_back_on"])
        chain.write(brought.organisation, by, "took a list back", brought)
    return gone
