"""Making a list, sharing it out fairly, and keeping what came of each call."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import refuse
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.events.models import Event
from massline.desk.act.messages.daily_address_keys import digest_address_for_today
from massline.desk.act.messages.models import DayReached
from massline.desk.act.messages.send_times import is_quiet_hour
from massline.desk.act.phone_lists import rules
from massline.desk.act.phone_lists.models import Basis, ListEntry, Outcome, PhoneList
from massline.desk.act.subscriptions.models import Subscription
from massline.desk.call.models import Call
from massline.desk.contacts.contact_correction import remove_contact_point
from massline.desk.contacts.decrypted_contacts import open_name_and_point
from massline.desk.contacts.next_steps import agree_next_step
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.vault import Vault
from massline.desk.listen.field_reports.actions import VoiceText, write_field_report
from massline.desk.listen.rounds.models import Channel, ListeningRound
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Contact, Membership, Organisation, Section
from massline.square.calls.states import EventKind
from massline.square.envelopes.actions import cancel_sign_up, restore_sign_up


@dataclass(frozen=True)
class PersonToCall:
    """The next person to call, with name and contact point opened."""

    entry: ListEntry
    name: str
    point: str


def contacts_to_call(
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


def make_list(
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
    contacts = contacts_to_call(event, basis=basis, section=section, language=language)
    refuse([rules.EventIsOver()] if event.is_over else [])
    refuse([] if callers else [rules.NobodyCalls()])
    refuse([] if contacts else [rules.NobodyToTell()])
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


def next_person(
    phone_list: PhoneList, *, account: Account, vault: Vault, after: int = 0
) -> PersonToCall | None:
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
            return PersonToCall(entry, name, point)
    return None


def reopen_entry(entry: ListEntry, vault: Vault) -> PersonToCall:
    """Open the person of one entry again, where what was filled in is shown once more."""
    return PersonToCall(entry, *open_name_and_point(entry.contact, vault))


def _was_reached(organisation: Organisation, point: str) -> bool:
    today = DayReached.objects.filter(organisation=organisation, day=timezone.localdate())
    return today.filter(digest=digest_address_for_today(organisation, point)).exists()


def must_wait_for_morning(phone_list: PhoneList) -> bool:
    """True at night, unless two persons said that the call is about tonight."""
    return is_quiet_hour(timezone.now(), phone_list.organisation.zone) and not phone_list.may_ring_at_night


def record_outcome(
    *,
    entry: ListEntry,
    outcome: Outcome,
    vault: Vault,
    by: Account,
    next_what: str = "",
    next_on: date | None = None,
    said: str = "",
) -> None:
    """Keep what came of a call or text, once, and what the person said as a voice without a name.

    The entry is `by`'s from then on, whoever had it before. Who is coming is on the event's list, who can't make it is
    off it; a wrong number is deleted; who wants no more calls is left alone. Refused where an answer is there already.
    """
    phone_list, contact = entry.phone_list, entry.contact
    with transaction.atomic(using="desk"):
        locked = ListEntry.objects.select_for_update().get(pk=entry.pk)
        refuse(_answered_already(locked, outcome))
        locked.outcome, locked.done_on, locked.tries = outcome, timezone.localdate(), locked.tries + 1
        locked.owner = by
        locked.save(update_fields=["outcome", "done_on", "tries", "owner"])
        if outcome not in {Outcome.NOT_REACHED, Outcome.WRONG_NUMBER}:
            _name, point = open_name_and_point(contact, vault)
            DayReached.objects.get_or_create(
                organisation=phone_list.organisation,
                day=timezone.localdate(),
                digest=digest_address_for_today(phone_list.organisation, point),
            )
        if outcome == Outcome.COMING:
            Attendance.objects.get_or_create(event=phone_list.event, contact=contact)
        _change_presence(phone_list.event, contact, outcome)
        if outcome == Outcome.WRONG_NUMBER:
            remove_contact_point(contact=contact, vault=vault, by=by)
        if outcome == Outcome.NO_MORE:
            Subscription.objects.filter(contact=contact).delete()
            Contact.objects.filter(pk=contact.pk).update(consent_on=None)
        elif next_what.strip():
            agree_next_step(
                contact=contact,
                what=next_what.strip(),
                due_on=next_on or timezone.localdate() + timedelta(days=7),
                owner=by,
                by=by,
            )
        if said.strip() and outcome != Outcome.WRONG_NUMBER:
            _keep_voice(contact, said.strip(), by)
        chain.append_line(phone_list.organisation, by, "called somebody of a list", phone_list)


def _answered_already(entry: ListEntry, outcome: Outcome) -> list[rules.AnsweredAlready]:
    """Why no answer is taken: one is here, and no new try is due. Who wants no more calls is heard at any time."""
    again = entry.outcome == Outcome.NOT_REACHED and entry.done_on != timezone.localdate()
    wants_no_more = outcome == Outcome.NO_MORE != entry.outcome
    if not entry.outcome or again or wants_no_more:
        return []
    return [rules.AnsweredAlready(Outcome(entry.outcome))]


def _change_presence(event: Event, contact: Contact, outcome: Outcome) -> None:
    """Cancel a sign-up that no longer holds, here and on the square, or take a cancellation back.

    Who came or did not come stays as it is.
    """
    changes = {
        Outcome.COMING: (Presence.CANCELLED, Presence.COMING),
        Outcome.NOT_NOW: (Presence.COMING, Presence.CANCELLED),
    }
    if outcome in changes:
        before, after = changes[outcome]
        attendance = Attendance.objects.filter(event=event, contact=contact, presence=before).first()
        if attendance is None:
            return
        attendance.presence = after
        attendance.save(update_fields=["presence"])
        if attendance.envelope is not None:
            # Inside the transaction: if the process dies in between, the next collection reads it from the square.
            follow = restore_sign_up if after == Presence.COMING else cancel_sign_up
            follow(attendance.envelope)


def open_question(organisation: Organisation) -> ListeningRound | None:
    """The newest round that is open, into which a voice from the telephone goes."""
    return ListeningRound.objects.of(organisation).open().filter(exposures=None).first()


def _keep_voice(contact: Contact, said: str, by: Account) -> None:
    round_ = open_question(contact.organisation)
    if round_ is None:
        return
    wish = Subscription.objects.filter(contact=contact).select_related("section").first()
    write_field_report(
        round_=round_,
        by=by,
        section=wish.section if wish else None,
        channel=Channel.PHONE,
        voices=[VoiceText(said)],
    )
