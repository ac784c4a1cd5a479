"""Check people in by code, and enter the rows of the sign-in sheet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from massline.desk.act.attendance.actions import record_presence
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.attendance.sheet_row_opener import open_sheet_rows
from massline.desk.act.check_in.models import CheckIn
from massline.desk.act.check_in.typed_codes import SHEET_ROWS, parse_typed_code
from massline.desk.act.events.models import Event
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account
from massline.square.envelopes.check_in_codes import check_in_code
from massline.square.envelopes.models import Envelope
from massline.square.envelopes.sealing import seal_contents


@dataclass
class CheckInResult:
    """Codes accepted, as they were written, and the reason for each code refused."""

    kept: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def check_in(*, event: Event, codes: Iterable[str], by: Account | None) -> CheckInResult:
    """Record an arrival for each code. Needs no name and no open vault; repeating it changes nothing.

    A sign-up that is still sealed counts now; its attendance is recorded once the envelope is opened.
    """
    result, signed_up = CheckInResult(), _envelopes_by_code(event)
    with transaction.atomic(using="desk"):
        for written in codes:
            code = parse_typed_code(written)
            if not code:
                result.refused[written] = _("“%(code)s” is not a code. Please check it.") % {"code": written}
            elif code not in SHEET_ROWS and code not in signed_up:
                result.refused[written] = _(
                    "Nobody signed up for this event with “%(code)s”. Ask them to fill in a row of the "
                    "sign-in sheet."
                ) % {"code": written}
            else:
                _record_arrival(event, code, signed_up.get(code), by)
                result.kept.append(written)
        if result.kept:
            chain.append_line(event.organisation, by, "checked people in", event)
    return result


def _envelopes_by_code(event: Event) -> dict[str, tuple[UUID, UUID]]:
    """Map each check-in code to its envelope and to the person's first one, cancelled sign-ups included.

    Who cancelled may come all the same.
    """
    envelopes = Envelope.objects.about(event.uuid).order_by("-pk")
    rows = envelopes.values_list("token_hash", "uuid", "same_as")
    return {check_in_code(token_hash): (uuid, same_as or uuid) for token_hash, uuid, same_as in rows}


def _record_arrival(event: Event, code: str, envelopes: tuple[UUID, UUID] | None, by: Account | None) -> None:
    envelope = envelopes[0] if envelopes else None
    check_in, _made = CheckIn.objects.get_or_create(event=event, code=code, defaults={"envelope": envelope})
    attendance = Attendance.objects.filter(event=event, envelope__in=envelopes or ()).first()
    if attendance is None:
        return
    if attendance.presence != Presence.CAME:
        record_presence(event=event, contact=attendance.contact, presence=Presence.CAME, by=by)
    if check_in.attendance_id != attendance.pk:
        check_in.attendance = attendance
        check_in.save(update_fields=["attendance"])


def enter_sheet_row(*, event: Event, code: str, name: str, point: str, by: Account | None) -> CheckIn:
    """Store one row of the sheet, sealed for the key-holders; without a contact point it only counts.

    Entering a row again replaces it.
    """
    key = event.organisation.keys.first()
    if key is None:
        raise ValueError(f"{event.organisation} has no key yet, so nothing can be sealed for it.")
    contents = {"name": name, "contact": point, "language": ""}
    with transaction.atomic(using="desk"):
        row, _made = CheckIn.objects.update_or_create(
            event=event,
            code=code,
            defaults={"sealed": seal_contents(contents, bytes(key.public_key)) if point else None},
        )
        chain.append_line(event.organisation, by, "typed in a row of the sign-in sheet", event)
    return row


def open_entered_rows(*, event: Event, vault: Vault, by: Account | None) -> int:
    """Open the entered rows while the vault is open; return how many opened."""
    opened = sum(
        outcome != "closed" for outcome in open_sheet_rows(organisation=event.organisation, vault=vault)
    )
    if opened:
        chain.append_line(event.organisation, by, "opened rows of the sign-in sheet", event)
    return opened
