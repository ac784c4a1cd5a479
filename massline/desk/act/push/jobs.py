"""Worker job that hands a notice to the push service: not at night, and one unasked message a day at most."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from massline.core.time_zones import in_zone
from massline.desk.act.messages.daily_address_keys import digest_address_for_today
from massline.desk.act.messages.models import DayReached, DeliveryState
from massline.desk.act.messages.send_times import QUIET_UNTIL, is_quiet_hour
from massline.desk.act.push.actions import JOB, end_device
from massline.desk.act.push.models import PushDevice, PushKind, PushNotice
from massline.desk.act.push.notice_delivery import DeviceGone, PushRefused, send_notice
from massline.desk.act.push.subscription import Subscription, open_subscription
from massline.desk.call.urgent_calls.models import UrgentRequest
from massline.desk.people.choices import Role
from massline.desk.people.job_scope import organisation_key_of_row
from massline.desk.people.models import Membership, Organisation
from massline.jobs.lanes import MESSAGES
from massline.jobs.models import enqueue
from massline.jobs.registry import job


@job(
    JOB,
    repeatable=True,
    lane=MESSAGES,
    owner=lambda notice: organisation_key_of_row(PushNotice, pk=notice),
)
def deliver_push_notice(notice: int) -> None:
    """Send one notice. Raises PushLater, so that the job is tried again; a device that is gone is forgotten."""
    row = PushNotice.objects.select_related("organisation", "device__account").filter(pk=notice).first()
    if row is None or row.state != DeliveryState.WAITING:
        return
    device, organisation = row.device, row.organisation
    if device is None or row.kind not in device.kinds or not _is_organiser(device) or _is_overtaken(row):
        _finish(row, DeliveryState.LET_GO)
        return
    now = timezone.now()
    if is_quiet_hour(now, organisation.zone) and not row.may_ring_at_night:
        enqueue(JOB, using="desk", delay=_until_morning(now, organisation), notice=row.pk)
        return
    subscription = open_subscription(bytes(device.sealed))
    if subscription is None:
        _finish(row, DeliveryState.REFUSED)
        return
    if not _is_first_of_day(row, organisation, subscription):
        _finish(row, DeliveryState.LET_GO)
        return
    _send(row, device, subscription)


def _send(row: PushNotice, device: PushDevice, subscription: Subscription) -> None:
    try:
        send_notice(subscription, PushKind(row.kind), language=device.language)
    except DeviceGone:
        _finish(row, DeliveryState.NO_WAY)
        end_device(device, by=None)
    except PushRefused:
        _finish(row, DeliveryState.REFUSED)
    else:
        _finish(row, DeliveryState.SENT)


def _finish(row: PushNotice, state: DeliveryState) -> None:
    PushNotice.objects.filter(pk=row.pk).update(state=state)


def _is_organiser(device: PushDevice) -> bool:
    memberships = Membership.objects.live().filter(organisation=device.organisation_id)
    return memberships.filter(account=device.account_id, role__gte=Role.ORGANISER).exists()


def _is_overtaken(row: PushNotice) -> bool:
    """Whether no call waits for a second person any more, as in the morning after a night in which one was found."""
    if row.kind != PushKind.URGENT:
        return False
    asked = UrgentRequest.objects.filter(call__organisation=row.organisation_id).select_related("call")
    return not any(request.is_waiting for request in asked.filter(seconded_at=None))


def _is_first_of_day(row: PushNotice, organisation: Organisation, subscription: Subscription) -> bool:
    """Count it as the day's one message to this device; tried again, it is still that one."""
    today = timezone.localdate()
    if row.counted_on == today:
        return True
    digest = digest_address_for_today(organisation, subscription.digest())
    with transaction.atomic(using="desk"):  # a worker that dies between the two would let the notice go
        _row, made = DayReached.objects.get_or_create(organisation=organisation, day=today, digest=digest)
        PushNotice.objects.filter(pk=row.pk).update(counted_on=today if made else None)
    return made


def _until_morning(now: datetime, organisation: Organisation) -> timedelta:
    """Time until the quiet hours of this night are over; a minute more, so that the clock has surely passed."""
    local = in_zone(now, organisation.zone)
    day = local.date() + timedelta(days=local.time() >= QUIET_UNTIL)
    return datetime.combine(day, QUIET_UNTIL, tzinfo=organisation.zone) - now + timedelta(minutes=1)
