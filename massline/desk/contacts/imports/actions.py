"""Import a list of contacts, sealed row by row, and undo an import while none of its contacts is in use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from massline.core.db.erasure import erase_after_commit
from massline.desk.contacts.contact_identity import seal_identity
from massline.desk.contacts.imports.dry_run import preview_import
from massline.desk.contacts.imports.forms import ColumnsForm
from massline.desk.contacts.imports.import_candidates import Candidate
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import contact_storage_conditions
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import ContactSource
from massline.desk.people.contact_import_model import ContactImport
from massline.desk.people.models import Account, Contact, Organisation
from massline.desk.people.querysets import ContactQuerySet
from massline.tables.vocabulary import normalise_heading

# Long enough to call everybody once; a next step extends it.
KEPT_AFTER_IMPORT = timedelta(days=30)
LONGEST_KEPT = timedelta(days=365)


class ImportInUse(Exception):
    """The import was not undone because `n` of its contacts are in use."""

    def __init__(self, n: int) -> None:
        super().__init__(n)
        self.n = n


@dataclass(frozen=True)
class ListOrigin:
    """Where a list comes from: its source, who vouches for it and since when, and the meaning of its columns."""

    source: str
    vouched_by: str = ""
    vouched_on: date | None = None
    columns: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, form: ColumnsForm, source: str, by: Account) -> "ListOrigin":
        choices = form.choices()
        columns = {
            normalise_heading(heading): str(meaning)
            for heading, meaning in zip(form.table.headers, form.meanings, strict=True)
            if normalise_heading(heading)
        }
        return cls(source, by.name if choices.vouched else "", choices.vouched_on, columns)


def remembered_columns(organisation: Organisation, headings: Sequence[str]) -> dict[str, str]:
    """What the columns meant when a list with the same headings was imported last; empty where there was none."""
    names = {normalise_heading(heading) for heading in headings if normalise_heading(heading)}
    latest = ContactImport.objects.filter(organisation=organisation).values_list("columns", flat=True)[:30]
    return next((dict(columns) for columns in latest if columns and columns.keys() == names), {})


def import_contacts(
    *,
    organisation: Organisation,
    vault: Vault,
    candidates: list[Candidate],
    origin: ListOrigin,
    by: Account,
    leave_out: Iterable[int] = (),
) -> ContactImport:
    """Create a contact for every new candidate who agreed. Known contacts stay as they are, withdrawn consent too.

    Raises NotYetSafe while the loss of the organisation's key would lose its contacts.
    """
    contact_storage_conditions.require_safe_storage(organisation)
    with transaction.atomic(using="desk"):
        run = preview_import(organisation, vault, candidates, leave_out)
        contact_import = ContactImport.objects.create(
            organisation=organisation,
            source=origin.source,
            columns=origin.columns,
            vouched_by=origin.vouched_by,
            vouched_on=origin.vouched_on,
            made_by=by,
            new=len(run.new),
            known=len(run.known),
            left_out=run.left_out,
        )
        Contact.objects.bulk_create(_build_contact(candidate, contact_import, vault) for candidate in run.new)
        chain.append_line(organisation, by, "brought in a list", contact_import)
    return contact_import


def _build_contact(candidate: Candidate, contact_import: ContactImport, vault: Vault) -> Contact:
    today = timezone.localdate()
    met_on = min(candidate.met_on or candidate.consent_on or today, today)
    contact = Contact(
        organisation=contact_import.organisation,
        source=ContactSource.BROUGHT,
        language=candidate.language or contact_import.organisation.language,
        met_on=met_on,
        consent_on=min(candidate.consent_on or met_on, today),
        keep_until=_bounded_keep_until(candidate.keep_until, today),
        brought_by=contact_import,
    )
    seal_identity(contact, vault, name=candidate.name or candidate.point, point=candidate.point)
    return contact


def _bounded_keep_until(wanted: date | None, today: date) -> date:
    return min(max(wanted or today + KEPT_AFTER_IMPORT, today), today + LONGEST_KEPT)


def contacts_in_use(contact_import: ContactImport) -> ContactQuerySet:
    """Contacts of an import with an attendance, a next step, a welcome or any other record since."""
    theirs = Contact.objects.filter(brought_by=contact_import)
    deeds = ("attendances", "next_steps", "vouches", "holdings", "learnt")
    worked = Q(welcomed_on__isnull=False) | Q(buddy__isnull=False)
    for deed in deeds:
        worked |= Q(**{f"{deed}__isnull": False})
    return theirs.filter(worked).distinct()


def undo_import(*, contact_import: ContactImport, by: Account) -> int:
    """Delete the contacts of an import; return how many. Raises ImportInUse if any of them is in use."""
    with transaction.atomic(using="desk"):
        in_use = contacts_in_use(contact_import).count()
        if in_use:
            raise ImportInUse(in_use)
        deleted = Contact.objects.filter(brought_by=contact_import).delete()[1].get("people.Contact", 0)
        erase_after_commit("desk")
        contact_import.taken_back_on = timezone.localdate()
        contact_import.save(update_fields=["taken_back_on"])
        chain.append_line(contact_import.organisation, by, "took a list back", contact_import)
    return deleted
