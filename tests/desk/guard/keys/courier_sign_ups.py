"""Sign-ups whose addresses the worker may read, and what is read of them."""

from datetime import timedelta

from django.utils import timezone

from massline.desk.guard.keys import courier_keys
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.models import CourierKey, Envelope
from massline.square.organisations.models import PublicOrganisation

DIGEST = "e59edcaab5c72a8a0396295de781bb8f"
ROSA = {"name": "Rosa", "contact": "rosa@post.example", "language": "es", "help": ""}


def say_yes(face: PublicOrganisation, form_id: str = "one", **more: str) -> Envelope:
    day = timezone.localdate() + timedelta(days=3)
    envelope, _secret = envelopes.leave_envelope(
        organisation=face, about=face.uuid, contents=ROSA | more, form_id=form_id, happens_on=day
    )
    return envelope


def points(face: PublicOrganisation) -> list[str]:
    return [one.point for one in courier_keys.open_addresses(face.uuid)]


def over(days: int) -> None:
    """So many days after the event."""
    day = timezone.localdate() - timedelta(days=days) + timedelta(days=2)
    CourierKey.objects.exclude(about=None).update(expires_on=day)
