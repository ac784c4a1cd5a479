"""Circles of members: everybody who came in through the same person, until another key-holder vouches for them.

Two members of one circle may be one person under two names. So they do not count as two, unless nobody outside the
circle could vouch: then they do after fourteen days. Members from before invitations were kept are independent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from massline.core.refusal import Reason
from massline.desk.guard.second_person.refusal_reasons import (
    NoLongerMember,
    NotVouchedFor,
    SamePerson,
    TooNew,
)
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation

UNVOUCHED_DAYS = 14


@dataclass(frozen=True)
class InvitationCircles:
    """Memberships of one organisation by account, ended ones too."""

    memberships: Mapping[int, Membership]
    today: date

    @classmethod
    def of(cls, organisation: Organisation) -> "InvitationCircles":
        rows = Membership.objects.filter(organisation=organisation).select_related("account", "vouch")
        return cls({row.account_id: row for row in rows}, timezone.localdate())

    def origin(self, account: int) -> int | None:
        """The account through which this one came in; itself if vouched for or let in by nobody.

        None if that cannot be told any more: such an account counts as independent of nobody.
        """
        seen: set[int] = set()
        while account not in seen:
            membership = self.memberships.get(account)
            if membership is None:
                return None
            if membership.let_in_by_id is None or is_vouched(membership):
                return account
            seen.add(account)
            account = membership.let_in_by_id
        return None

    def are_independent(self, first: int, second: int) -> bool:
        first_origin, second_origin = self.origin(first), self.origin(second)
        return first_origin is not None and second_origin is not None and first_origin != second_origin

    def holders(self) -> list[Account]:
        """Accounts that are key-holders now."""
        live = [membership for membership in self.memberships.values() if _is_live(membership)]
        return [membership.account for membership in live if membership.role == Role.HOLDER]

    def vouchers(self, account: int) -> list[Account]:
        """Key-holders who may vouch for this account."""
        return [holder for holder in self.holders() if self.are_independent(holder.pk, account)]

    def reason_against(self, first: Account, second: Account) -> Reason | None:
        """The reason the second does not count as another person than the first; None if they do."""
        if first == second:
            return SamePerson()
        members = [self.memberships.get(account.pk) for account in (first, second)]
        for account, membership in zip((first, second), members, strict=True):
            if membership is None or not _is_live(membership):
                return NoLongerMember(account.name)
        if self.are_independent(first.pk, second.pk):
            return None
        if any(self.are_independent(holder.pk, first.pk) for holder in self.holders()):
            return NotVouchedFor(first.name, second.name)
        newest = max(membership.since for membership in members if membership)
        counts_from = newest + timedelta(days=UNVOUCHED_DAYS)
        return TooNew(counts_from) if self.today < counts_from else None

    def reason_against_each(self, others: Iterable[Account], account: Account) -> Reason | None:
        """The first reason this account does not count as another person than one of the others; None if it does."""
        return next((reason for other in others if (reason := self.reason_against(other, account))), None)

    def reason_against_alone(self, account: Account) -> Reason | None:
        """The reason this account may not be given the key by nobody's hand while others hold it; None if it may.

        It may be another name of whoever let it in, or of every key-holder that there is.
        """
        others = [holder for holder in self.holders() if holder != account]
        membership = self.memberships.get(account.pk)
        if not others:
            return None
        if membership is None or not _is_live(membership):
            return NoLongerMember(account.name)
        reasons = [self.reason_against(holder, account) for holder in others]
        if all(reasons):
            return reasons[0]
        if membership.let_in_by is None or is_vouched(membership):
            return None
        return NotVouchedFor(membership.let_in_by.name, account.name)

    def seconds(self, first: Account, *, without: Iterable[Account | None] = ()) -> list[Account]:
        """Key-holders who may confirm what the first proposes."""
        left_out = set(without)
        holders = [holder for holder in self.holders() if holder not in left_out]
        return [holder for holder in holders if self.reason_against(first, holder) is None]


def is_vouched(membership: Membership) -> bool:
    return hasattr(membership, "vouch") and membership.vouch.counts


def _is_live(membership: Membership) -> bool:
    return membership.ended_on is None and membership.account.is_active
