"""What came of a call: the answer, the sign-up it changes, the next step and the voice that follow."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import refuse
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.messages.daily_address_keys import digest_address_for_today
from massline.desk.act.messages.models import DayReached
from massline.desk.act.phone_lists import refusal_reasons
from massline.desk.act.phone_lists.models import ListEntry, Outcome
from massline.desk.act.subscriptions.models import Subscription
from massline.desk.contacts.contact_correction import remove_contact_point
from massline.desk.contacts.decrypted_contacts import open_name_and_point
from massline.desk.contacts.next_steps import agree_next_step
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.vault import Vault
from massline.desk.listen.field_reports.actions import VoiceText, write_field_report
from massline.desk.listen.rounds.models import Channel, ListeningRound
from massline.desk.people.models import Account, Contact, Organisation
from massline.square.envelopes.actions import cancel_sign_up, read_again, restore_sign_up
from massline.square.envelopes.models import Envelope


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
        _name, point = open_name_and_point(contact, vault)
        if outcome not in {Outcome.NOT_REACHED, Outcome.WRONG_NUMBER}:
            DayReached.objects.get_or_create(
                organisation=phone_list.organisation,
                day=timezone.localdate(),
                digest=digest_address_for_today(phone_list.organisation, point),
            )
        follow_on_square = _change_presence(entry, outcome, point)
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
    if follow_on_square is not None:
        follow_on_square()


def _answered_already(entry: ListEntry, outcome: Outcome) -> list[refusal_reasons.AnsweredAlready]:
    """Why no answer is taken: one is here, and no new try is due. Who wants no more calls is heard at any time."""
    again = entry.outcome == Outcome.NOT_REACHED and entry.done_on != timezone.localdate()
    wants_no_more = outcome == Outcome.NO_MORE != entry.outcome
    if not entry.outcome or again or wants_no_more:
        return []
    return [refusal_reasons.AnsweredAlready(Outcome(entry.outcome))]


def _change_presence(entry: ListEntry, outcome: Outcome, point: str) -> Callable[[], None] | None:
    """Cancel a sign-up that no longer holds, or take a cancellation back; return what the square does when it is saved.

    Who came or did not come stays as it is. The square is told before that its sign-up is to be read once more: if the
    process dies in between, the next collection takes over what holds there.
    """
    event, contact = entry.phone_list.event, entry.contact
    presence = {Outcome.COMING: Presence.COMING, Outcome.NOT_NOW: Presence.CANCELLED}.get(outcome)
    if presence is None:
        return None
    if outcome == Outcome.COMING:
        Attendance.objects.get_or_create(event=event, contact=contact)
    open_ones = Attendance.objects.filter(presence__in=(Presence.COMING, Presence.CANCELLED))
    locked = open_ones.select_for_update(of=("self",))
    attendance = locked.filter(event=event, contact=contact).first()
    if attendance is None:
        return None
    attendance.presence = presence
    attendance.save(update_fields=["presence"])
    if attendance.envelope is None:
        return None
    read_again(attendance.envelope)
    if presence == Presence.CANCELLED:
        return partial(cancel_sign_up, attendance.envelope)
    return partial(restore_sign_up, attendance.envelope, {"contact": point, "language": contact.language})


def waits_for_place(entry: ListEntry) -> bool:
    """True if somebody who said that they come has no place, as the room is full."""
    attendance = Attendance.objects.filter(event=entry.phone_list.event, contact=entry.contact).first()
    if attendance is None or attendance.envelope is None:
        return False
    return Envelope.objects.standing().filter(uuid=attendance.envelope, awaits_place=True).exists()


def find_open_round(organisation: Organisation) -> ListeningRound | None:
    """The newest round that is open, into which a voice from the telephone goes."""
    return ListeningRound.objects.of(organisation).open().filter(exposures=None).first()


def _keep_voice(contact: Contact, said: str, by: Account) -> None:
    round_ = find_open_round(contact.organisation)
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
