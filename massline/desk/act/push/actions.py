"""Asking to be told on a device, ending it, and queueing notices without content."""

from collections.abc import Collection

from django.db import transaction

from massline.core.db.erasure import erase_after_commit
from massline.desk.act.push.models import PushDevice, PushKind, PushNotice
from massline.desk.act.push.subscription import Subscription, seal_subscription
from massline.desk.guard.audit import chain
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation
from massline.jobs.models import enqueue

JOB = "act.push"


def add_device(
    *, organisation: Organisation, account: Account, subscription: Subscription, kinds: Collection[PushKind]
) -> PushDevice:
    """Keep where this browser can be told, for the kinds that were ticked; asked again, the newer wish holds."""
    with transaction.atomic(using="desk"):
        device, _made = PushDevice.objects.update_or_create(
            organisation=organisation,
            digest=subscription.digest(),
            defaults={
                "account": account,
                "sealed": seal_subscription(subscription),
                "kinds": sorted(kinds),
                "language": account.language,
            },
        )
        chain.append_line(organisation, account, "asked to be told on a device", organisation)
    return device


def end_device(device: PushDevice, *, by: Account | None) -> None:
    """Forget where a device is told. What was still to go there is let go with it."""
    with transaction.atomic(using="desk"):
        chain.append_line(device.organisation, by, "ended the notices to a device", device.organisation)
        device.delete()
        erase_after_commit("desk")


def tell_devices(
    organisation: Organisation,
    kind: PushKind,
    *,
    accounts: Collection[int] | None = None,
    may_ring_at_night: bool = False,
) -> int:
    """Queue a notice for each device whose owner asked for this kind and is still an organiser; return how many.

    `accounts` are those it may go to; None means all of them.
    """
    organisers = Membership.objects.live().filter(organisation=organisation, role__gte=Role.ORGANISER)
    devices = PushDevice.objects.filter(organisation=organisation, account__in=organisers.values("account"))
    wanted = [
        device
        for device in devices
        if kind in device.kinds and (accounts is None or device.account_id in accounts)
    ]
    for device in wanted:
        notice = PushNotice.objects.create(
            organisation=organisation, device=device, kind=kind, may_ring_at_night=may_ring_at_night
        )
        enqueue(JOB, using="desk", key=f"{JOB} {notice.pk}", notice=notice.pk)
    return len(wanted)
