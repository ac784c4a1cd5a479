"""Independence of an organisation's key-holders: the number of persons they count as, for the pages that show it."""

from dataclasses import dataclass
from datetime import date, timedelta

from massline.desk.guard.second_person.invitation_circles import UNVOUCHED_DAYS, InvitationCircles, is_vouched
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation


@dataclass(frozen=True)
class HolderIndependence:
    """`is_alone`: no other key-holder; `slow_from`: none is independent of this account, and from when acts are slow."""

    is_alone: bool
    slow_from: date | None
    not_vouched: frozenset[int]


def measure_independence(organisation: Organisation, account: Account) -> HolderIndependence:
    """Measure independence as seen by this account; `not_vouched` holds accounts that were let in and not vouched for."""
    circles = InvitationCircles.of(organisation)
    others = [holder for holder in circles.holders() if holder != account]
    independent = any(circles.are_independent(account.pk, holder.pk) for holder in others)
    came = [circles.memberships[holder.pk].since for holder in (*others, account)]
    slow_from = min(sorted(came)[1:], default=None) if others and not independent else None
    return HolderIndependence(
        is_alone=not others,
        slow_from=slow_from + timedelta(days=UNVOUCHED_DAYS) if slow_from else None,
        not_vouched=frozenset(row.account_id for row in unvouched_members(circles)),
    )


def unvouched_members(circles: InvitationCircles) -> list[Membership]:
    """Organisers and key-holders who were let in by somebody and not vouched for yet, by name."""
    rows = [
        row
        for row in circles.memberships.values()
        if row.let_in_by_id is not None
        and row.ended_on is None
        and row.account.is_active
        and row.role >= Role.ORGANISER
        and not is_vouched(row)
    ]
    return sorted(rows, key=lambda row: row.account.name)
