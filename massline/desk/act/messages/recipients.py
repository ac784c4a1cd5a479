"""Recipients of a mailing: each address that signed up is listed once, before anything is sent."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.utils import timezone

from massline.core.contact_points import ContactMethod, parse_contact_point
from massline.desk.act.messages.models import Delivery, DeliveryProblem, DeliveryState, Mailing, Occasion
from massline.desk.guard.keys.courier_keys import Address
from massline.square.envelopes.models import CourierCopy

Addresses = Callable[[UUID], Iterable[Address]]
BATCH_SIZE = 500


def add_recipients(
    mailing: Mailing, methods: Iterable[ContactMethod], addresses: Addresses, *, only: set[UUID] | None = None
) -> int:
    """Add every address that signed up so far to the mailing, once each; return how many were added.

    `only` limits it to these sign-ups.
    """
    known = sign_up_fingerprint(mailing.event.uuid) + (f", {len(only)}" if only is not None else "")
    if known == mailing.known:
        return 0
    configured = set(methods)
    listed = set(mailing.deliveries.values_list("digest", flat=True)) | _already_informed(mailing)
    welcomed = _welcomed(mailing) if mailing.occasion == Occasion.LINK else None
    fresh = []
    for address in addresses(mailing.event.uuid):
        is_listed = address.digest in listed or address.written_digest in listed
        is_meant = (only is None or address.copy in only) and (welcomed is None or address.digest in welcomed)
        if not is_listed and is_meant:
            listed.add(address.digest)
            fresh.append(_list_recipient(mailing, address, configured))
    for first in range(0, len(fresh), BATCH_SIZE):
        Delivery.objects.bulk_create(fresh[first : first + BATCH_SIZE], ignore_conflicts=True)
    Mailing.objects.filter(pk=mailing.pk).update(known=known)
    return len(fresh)


def _list_recipient(mailing: Mailing, address: Address, configured: set[ContactMethod]) -> Delivery:
    point = parse_contact_point(address.point)
    if point is not None and point.method in configured:
        return Delivery(mailing=mailing, digest=address.digest)
    problem = DeliveryProblem.ADDRESS if address.point else DeliveryProblem.SEALED
    return Delivery(
        mailing=mailing,
        digest=address.digest,
        state=DeliveryState.NO_WAY,
        problem=DeliveryProblem.NO_CHANNEL if point is not None else problem,
        envelope=address.envelope,
    )


def sign_up_fingerprint(about: UUID) -> str:
    """Return a value that changes whenever somebody signs up, changes their address or cancels."""
    copies = CourierCopy.objects.filter(key__about=about)
    last = copies.order_by("-pk").values_list("pk", flat=True).first()
    return f"{copies.count()} until {last or 0}"


def _welcomed(mailing: Mailing) -> set[str]:
    """Digests of people who have their welcome; whoever is still to get it finds the link in that."""
    welcomes = Delivery.objects.filter(mailing__event=mailing.event, mailing__occasion=Occasion.WELCOME)
    under_way = welcomes.filter(state__in=[DeliveryState.SENT, DeliveryState.GOING])
    return set(under_way.values_list("digest", flat=True))


def _already_informed(mailing: Mailing) -> set[str]:
    """Digests of people welcomed today, even at a new address: they need no reminder on the same day."""
    if mailing.occasion not in (Occasion.DAY_BEFORE, Occasion.SAME_DAY):
        return set()
    today = timezone.now().astimezone(mailing.event.organisation.zone).replace(hour=0, minute=0, second=0)
    welcomed = Delivery.objects.filter(
        mailing__event=mailing.event, mailing__occasion=Occasion.WELCOME, state=DeliveryState.SENT
    )
    return set(welcomed.filter(at__gte=today).values_list("digest", flat=True))
