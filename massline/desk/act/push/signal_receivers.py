"""When devices are told: an alarm, a call that waits for a second person, and the end of a membership."""

from typing import Any

from massline.desk.act.push.actions import end_device, tell_devices
from massline.desk.act.push.models import PushDevice, PushKind
from massline.desk.call.urgent_calls.models import UrgentRequest
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.people.models import Account, Membership
from massline.desk.sumup.estimates.models import MoodSnapshot, PulseSnapshot
from massline.desk.sumup.estimates.new_alarms import count_new_alarms, count_new_turns


def push_breakout(sender: type[PulseSnapshot], *, instance: PulseSnapshot, created: bool, **_: Any) -> None:
    if created and count_new_alarms(instance):
        tell_devices(instance.organisation, PushKind.ALARM)


def push_mood_turn(sender: type[MoodSnapshot], *, instance: MoodSnapshot, created: bool, **_: Any) -> None:
    if created and count_new_turns(instance):
        tell_devices(instance.organisation, PushKind.ALARM)


def push_urgent_request(sender: type[UrgentRequest], *, instance: UrgentRequest, **_: Any) -> None:
    """Tell everybody who may be the second person; a call about tonight may ring at night."""
    asked_by = instance.asked_by
    if instance.seconded_at is not None or asked_by is None:
        return
    organisation = instance.call.organisation
    circles = InvitationCircles.of(organisation)
    others = Account.objects.filter(pk__in=[pk for pk in circles.memberships if pk != asked_by.pk])
    may_be_second = [other.pk for other in others if circles.reason_against(asked_by, other) is None]
    tell_devices(organisation, PushKind.URGENT, accounts=may_be_second, may_ring_at_night=instance.tonight)


def end_devices_of_former_member(
    sender: type[Membership], *, membership: Membership, by: Account, **_: Any
) -> None:
    for device in PushDevice.objects.filter(organisation=membership.organisation, account=membership.account):
        end_device(device, by=by)


def end_devices_of_account(sender: type[Account], *, account: Account, **_: Any) -> None:
    """Tell no device any more of somebody who logged out everywhere: one of them may be in other hands."""
    for device in PushDevice.objects.filter(account=account).select_related("organisation"):
        end_device(device, by=account)
