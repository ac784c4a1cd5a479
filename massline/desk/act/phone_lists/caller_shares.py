"""How far a list is: each caller's part, what is left of it, and taking some of another's part over."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from massline.desk.act.phone_lists.actions import possible_callers
from massline.desk.act.phone_lists.models import ListEntry, Outcome, PhoneList
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation

# How many people somebody takes over in one press.
AT_ONCE = 5


@dataclass(frozen=True)
class CallerShare:
    """One caller's part of a list."""

    account: Account
    given: int
    left: int

    @property
    def done(self) -> int:
        return self.given - self.left


def list_caller_shares(phone_list: PhoneList) -> list[CallerShare]:
    waiting = set(phone_list.entries.waiting().values_list("pk", flat=True))
    shares: dict[Account, list[int]] = {}
    for entry in phone_list.entries.select_related("owner").order_by("owner__name"):
        shares.setdefault(entry.owner, []).append(entry.pk)
    return [CallerShare(account, len(pks), len(waiting & set(pks))) for account, pks in shares.items()]


def entries_to_take_over(phone_list: PhoneList, *, account: Account) -> dict[int, list[int]]:
    """Entries that this account may take over, in the order they are called, by owner (keys of accounts and entries).

    An owner's first waiting entry is left to them: they may be on the telephone with that person now. Whoever can open
    no names any more has nobody open, and keeps nothing back.
    """
    if phone_list.event.is_over:
        return {}
    calling = {caller.pk for caller in possible_callers(phone_list.organisation)}
    waiting: dict[int, list[int]] = {}
    for owner, pk in phone_list.entries.waiting().exclude(owner=account).values_list("owner", "pk"):
        waiting.setdefault(owner, []).append(pk)
    free = {owner: pks[1:] if owner in calling else pks for owner, pks in waiting.items()}
    return {owner: pks for owner, pks in free.items() if pks}


def take_over_entries(phone_list: PhoneList, *, account: Account) -> int:
    """Give this account up to five entries of whoever has most left to call; return how many.

    They are the last ones of the other's part, so that the two callers do not meet.
    """
    free = entries_to_take_over(phone_list, account=account)
    if not free:
        return 0
    owner = min(free, key=lambda owner: (-len(free[owner]), owner))
    with transaction.atomic(using="desk"):
        rows = phone_list.entries.waiting().filter(pk__in=free[owner][-AT_ONCE:], owner=owner)
        chosen = [entry.pk for entry in rows.select_for_update(of=("self",))]
        taken = ListEntry.objects.filter(pk__in=chosen).update(owner=account)
        chain.append_line(phone_list.organisation, account, f"took over {taken} people to call", phone_list)
    return taken


def count_outcomes(phone_list: PhoneList) -> list[tuple[str, int]]:
    """How many of each outcome, and how many are left."""
    counts = dict(phone_list.entries.values_list("outcome").annotate(n=Count("pk")))
    return [(str(outcome.label), counts.get(outcome.value, 0)) for outcome in Outcome]


def lists_waiting_for(account: Account, organisation: Organisation) -> list[tuple[PhoneList, int]]:
    """Lists on which somebody still waits for this account's call, with how many."""
    waiting = ListEntry.objects.waiting().filter(phone_list__organisation=organisation, owner=account)
    counts = dict(waiting.values_list("phone_list").annotate(n=Count("pk")))
    lists = PhoneList.objects.filter(Q(pk__in=counts), event__ends_at__gt=timezone.now())
    return [(phone_list, counts[phone_list.pk]) for phone_list in lists.select_related("event")]
