"""Checking people in by code, and typing in the rows of the sign-in sheet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from massline.desk.act.attendance.actions import mark
from massline.desk.act.attendance.check_in_model import CheckIn
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.attendance.sheet_rows import open_rows
from massline.desk.act.check_in.codes import ROWS, plain
from massline.desk.act.events.models import Event
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account
from massline.square.envelopes.check_in_codes import door_code
from massline.square.envelopes.models import Envelope
from massline.square.envelopes.sealing import seal


@dataclass
class Arrived:
    """The codes that count now, as they were written, and why the others do not."""

    kept: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def check_in(*, event: Event, codes: Iterable[str], by: Account | None) -> Arrived:
    """Say that somebody came with each of these codes. Needs no name and no open vault; said again, it changes nothing.

    Whose sign-up lies in a sealed envelope is counted now, and marked by name as soon as the envelope is opened.
    """
    arrived, signed_up = Arrived(), _sign_ups(event)
    with transaction.atomic(using="desk"):
        for written in codes:
            code = plain(written)
            if not code:
                arrived.refused[written] = _("“%(code)s” is no code: look again.") % {"code": written}
            elif code not in ROWS and code not in signed_up:
                arrived.refused[written] = _(
                    "Nobody signed up to this event with “%(code)s”. Give them a row of the sign-in sheet."
                ) % {"code": written}
            else:
                _came(event, code, signed_up.get(code), by)
                arrived.kept.append(written)
        if arrived.kept:
            chain.write(event.organisation, by, "checked people in", event)
    return arrived


def _sign_ups(event: Event) -> dict[str, UUID]:
    """Which envelope each code belongs to; who cancelled and comes all the same is let in."""
    found = Envelope.objects.about(event.uuid).order_by("-pk").values_list("token_hash", "uuid")
    return {door_code(token_hash): uuid for token_hash, uuid in found}


def _came(event: Event, code: str, envelope: UUID | None, by: Account | None) -> None:
    one, _made = CheckIn.objects.get_or_create(event=event, code=code, defaults={"envelope": envelope})
    deed = Attendance.objects.filter(event=event, envelope=envelope).first() if envelope else None
    if deed is None:
        return
    if deed.presence != Presence.CAME:
        mark(event=event, contact=deed.contact, presence=Presence.CAME, by=by)
    if one.attendance_id != deed.pk:
        one.attendance = deed
        one.save(update_fields=["attendance"])


def type_in(*, event: Event, code: str, name: str, point: str, by: Account | None) -> CheckIn:
    """Keep what stands in one row, sealed for the key-holders; without a contact point the row is counted alone.

    The same row typed again takes the place of what was typed before, and counts once.
    """
    key = event.organisation.keys.first()
    if key is None:
        raise ValueError(f"{event.organisation} has no key yet, so nothing can be sealed for it.")
    contents = {"name": name, "contact": point, "language": ""}
    with transaction.atomic(using="desk"):
        row, _made = CheckIn.objects.update_or_create(
            event=event,
            code=code,
            defaults={"sealed": seal(contents, bytes(key.public_key)) if point else None},
        )
        chain.write(event.organisation, by, "typed in a row of the sign-in sheet", event)
    return row


def open_now(*, event: Event, vault: Vault, by: Account | None) -> int:
    """Open the rows that were typed in, where the vault is open anyhow; give how many."""
    opened = sum(one != "closed" for one in open_rows(organisation=event.organisation, vault=vault))
    if opened:
        chain.write(event.organisation, by, "opened rows of the sign-in sheet", event)
    return opened
