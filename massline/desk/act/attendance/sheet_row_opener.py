"""Opening of entered sign-in sheet rows: each becomes a contact who came."""

from collections.abc import Iterator

from django.db import transaction
from nacl.exceptions import CryptoError

from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.check_in.models import CheckIn
from massline.desk.contacts.sign_up_contacts import find_or_create_contact, open_sign_up
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import ContactSource
from massline.desk.people.models import Contact, Organisation
from massline.square.envelopes.models import KEPT_AFTER_EVENT


def open_sheet_rows(*, organisation: Organisation, vault: Vault) -> Iterator[str]:
    """Open every sealed row; yield "new", "known" or "closed" for each."""
    rows = CheckIn.objects.filter(event__organisation=organisation).sealed_rows()
    for row in list(rows.select_related("event", "attendance")):
        try:
            sign_up = open_sign_up(vault, bytes(row.sealed or b""))
        except (CryptoError, ValueError, KeyError):
            yield "closed"
            continue
        with transaction.atomic(using="desk"):
            contact, made = find_or_create_contact(
                organisation,
                vault,
                sign_up,
                source=ContactSource.AT_EVENT,
                origin=row.uuid,
                agreed_on=row.day,
                keep_until=row.event.ends_at.date() + KEPT_AFTER_EVENT,
            )
            _record_arrival(row, contact)
        yield "new" if made else "known"


def _record_arrival(row: CheckIn, contact: Contact) -> None:
    """Record the arrival. If the row was corrected, the contact it named before no longer counts as having come."""
    attendance, _made = Attendance.objects.update_or_create(
        event=row.event, contact=contact, defaults={"presence": Presence.CAME}
    )
    before = row.attendance
    row.attendance, row.sealed = attendance, None
    row.save(update_fields=["attendance", "sealed"])
    if before is None or before == attendance or before.check_ins.exists():
        return
    if before.envelope is None:
        before.delete()
    else:
        Attendance.objects.filter(pk=before.pk).update(presence=Presence.COMING)
