"""Cancelled sign-ups: the attendance goes, or passes to another sign-up of the same person."""

from django.db import transaction
from django.db.models import Q

from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.subscriptions.actions import end_subscriptions_of_envelopes
from massline.desk.people.models import Organisation
from massline.square.envelopes.models import Envelope


def record_cancellation(envelope: Envelope, organisation: Organisation) -> None:
    """Cancel the attendance, unless the person came all the same, or another sign-up of theirs still stands.

    What they asked to be told by it ends too.
    """
    end_subscriptions_of_envelopes(envelope.uuid, envelope.same_as)
    attendances = Attendance.objects.filter(envelope=envelope.uuid, event__organisation=organisation)
    with transaction.atomic(using="desk"):
        for attendance in attendances.select_for_update(of=("self",)).filter(presence=Presence.COMING):
            if find_other_sign_up(envelope) is not None:
                hand_over_attendance(attendance, without=envelope)
            else:
                attendance.presence = Presence.CANCELLED
                attendance.save(update_fields=["presence"])


def record_standing(envelope: Envelope, organisation: Organisation) -> None:
    """A sign-up that the desk has read before stands on the square: if it was cancelled here, the person comes.

    An hour or role that the square no longer holds for them is taken off.
    """
    attendances = Attendance.objects.filter(envelope=envelope.uuid, event__organisation=organisation)
    attendances.filter(presence=Presence.CANCELLED).update(presence=Presence.COMING)
    theirs = Envelope.objects.standing().filter(Q(uuid=envelope.uuid) | Q(same_as=envelope.uuid))
    if not theirs.exclude(slot=None).exists():
        attendances.update(role="")


def hand_over_attendance(attendance: Attendance, *, without: Envelope) -> None:
    """Let an attendance go on with the person's other sign-up; without one it is deleted."""
    other = find_other_sign_up(without)
    if other is None:
        attendance.delete()
        return
    attendance.envelope, attendance.people = other.uuid, other.people
    attendance.save(update_fields=["envelope", "people"])
    Envelope.objects.filter(same_as=without.uuid).exclude(pk=other.pk).update(same_as=other.uuid)
    Envelope.objects.filter(pk=other.pk).update(same_as=None)


def find_other_sign_up(envelope: Envelope) -> Envelope | None:
    """The next sign-up of the same person for the same event that still stands and was opened before."""
    return Envelope.objects.standing().filter(same_as=envelope.uuid).order_by("pk").first()
