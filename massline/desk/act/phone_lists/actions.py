"""Making a list, sharing it out fairly, and opening the next person on it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import refuse
from massline.desk.act.attendance.models import Presence
from massline.desk.act.events.models import Event
from massline.desk.act.messages.daily_address_keys import digest_address_for_today
from massline.desk.act.messages.models import DayReached
from massline.desk.act.messages.send_times import is_quiet_hour
from massline.desk.act.phone_lists import refusal_reasons
from massline.desk.act.phone_lists.models import Basis, ListEntry, PhoneList
from massline.desk.call.models import Call
from massline.desk.contacts.decrypted_contacts import open_name_and_point
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Contact, Membership, Organisation, Section
from massline.square.calls.states import EventKind


@dataclass(frozen=True)
class PersonToPhone:
    """The next person to call, with name and contact point opened."""

    entry: ListEntry
    name: str
    point: str


def contacts_to_phone(
    event: Event, *, basis: str, section: Section | None = None, language: str = ""
) -> list[Contact]:
    """Contacts with consent whom this event concerns, and who are on no list for it yet.

    Whoever asked to be told about this kind of news and has not signed up; or whoever signed up and is coming.
    """
    contacts = Contact.objects.of(event.organisation).with_consent()
    if basis == Basis.SIGNED_UP:
        contacts = contacts.filter(attendances__event=event, attendances__presence=Presence.COMING)
    else:
        kind = "meetings" if event.kind == EventKind.MASS_MEETING else "calls"
        contacts = contacts.filter(**{f"subscription__{kind}": True}).exclude(attendances__event=event)
    if section is not None:
        contacts = contacts.filter(subscription__section=section)
    if language:
        contacts = contacts.filter(language=language)
    listed = ListEntry.objects.filter(phone_list__event=event, phone_list__basis=basis)
    return list(contacts.exclude(pk__in=listed.values("contact")).order_by("pk"))


def create_phone_list(
    *,
    event: Event,
    call: Call | None,
    basis: str,
    callers: Sequence[Account],
    by: Account,
    words: str = "",
    section: Section | None = None,
    language: str = "",
) -> PhoneList:
    """Make a list and share it out: in an order drawn by lot, nobody gets two more than another."""
    contacts = contacts_to_phone(event, basis=basis, section=section, language=language)
    refuse([refusal_reasons.EventIsOver()] if event.is_over else [])
    refuse([] if callers else [refusal_reasons.NobodyCalls()])
    refuse([] if contacts else [refusal_reasons.NobodyToTell()])
    secrets.SystemRandom().shuffle(contacts)
    with transaction.atomic(using="desk"):
        phone_list = PhoneList.objects.create(
            organisation=event.organisation,
            event=event,
            call=call,
            basis=basis,
            words=words.strip(),
            made_by=by,
        )
        turns = cycle(callers)
        ListEntry.objects.bulk_create(
            [ListEntry(phone_list=phone_list, contact=contact, owner=next(turns)) for contact in contacts]
        )
        chain.append_line(event.organisation, by, f"made a list of {len(contacts)} to call", phone_list)
    return phone_list


def possible_callers(organisation: Organisation) -> list[Account]:
    """Key-holders: nobody else may open a name or a number."""
    holders = Membership.objects.live().filter(organisation=organisation, role=Role.HOLDER)
    return [member.account for member in holders.select_related("account").order_by("account__name")]


def open_next_person(
    phone_list: PhoneList, *, account: Account, vault: Vault, after: int = 0
) -> PersonToPhone | None:
    """Open the next person of this account's share; None where nobody is left today, or the event is over.

    Somebody who was written to or called today already, by whatever way, has their turn tomorrow. Who was skipped, up to
    the entry `after`, comes again when all others were seen.
    """
    if phone_list.event.is_over:
        return None
    mine = phone_list.entries.waiting().filter(owner=account).select_related("contact")
    skipped = phone_list.entries.filter(pk=after).first()
    seen = (skipped.tries, skipped.pk) if skipped else (-1, 0)
    for entry in sorted(mine, key=lambda entry: (entry.tries, entry.pk) <= seen):
        name, point = open_name_and_point(entry.contact, vault)
        if point and not (phone_list.basis == Basis.ASKED and _was_reached(phone_list.organisation, point)):
            return PersonToPhone(entry, name, point)
    return None


def reopen_entry(entry: ListEntry, vault: Vault) -> PersonToPhone:
    """Open the person of one entry again, where what was filled in is shown once more."""
    return PersonToPhone(entry, *open_name_and_point(entry.contact, vault))


def _was_reached(organisation: Organisation, point: str) -> bool:
    today = DayReached.objects.filter(organisation=organisation, day=timezone.localdate())
    return today.filter(digest=digest_address_for_today(organisation, point)).exists()


def must_wait_for_morning(phone_list: PhoneList) -> bool:
    """True at night, unless two persons said that the call is about tonight."""
    return is_quiet_hour(timezone.now(), phone_list.organisation.zone) and not phone_list.may_ring_at_night
