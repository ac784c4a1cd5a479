"""Who counts as another person, from who let in whom: whatever the names, one person's names stay one circle."""

from datetime import date, timedelta

from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.guard.second_person.models import Vouch
from massline.desk.guard.second_person.refusal_reasons import NotVouchedFor, TooNew
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership

TODAY = date(2026, 11, 30)
# Each account was let in by an earlier one; None stands for a founder.
FOREST = st.lists(st.one_of(st.none(), st.integers(0, 40)), min_size=1, max_size=12)


def circles_of(
    let_in_by: list[int | None], *, vouched: dict[int, date] | None = None, days: int = 20
) -> InvitationCircles:
    accounts = [Account(pk=number, name=f"name {number}") for number in range(len(let_in_by))]
    rows = {}
    for account, by in zip(accounts, let_in_by, strict=True):
        row = Membership(
            account=account, role=Role.HOLDER, since=TODAY - timedelta(days=days), let_in_by_id=by
        )
        if account.pk in (vouched or {}):
            row.vouch = Vouch(membership=row, vouched_on=(vouched or {})[account.pk])
        rows[account.pk] = row
    return InvitationCircles(rows, TODAY)


def account(number: int) -> Account:
    return Account(pk=number, name=f"name {number}")


@given(FOREST)
def test_whoever_came_in_through_somebody_is_never_independent_of_them(drawn: list[int | None]) -> None:
    forest = [None if by is None or not n else by % n for n, by in enumerate(drawn)]
    circles = circles_of(forest)
    for number, by in enumerate(forest):
        above = by
        while above is not None:
            assert not circles.are_independent(number, above)
            assert not circles.are_independent(above, number)
            above = forest[above]
    everybody = range(len(forest))
    for one in everybody:
        for other in everybody:
            same = circles.origin(one) == circles.origin(other)
            assert circles.are_independent(one, other) is not same


def test_a_vouch_counts_from_the_day_after_and_for_all_whom_the_newcomer_let_in() -> None:
    yesterday = localdate() - timedelta(days=1)
    forest = [None, None, 0, 2]
    today = circles_of(forest, vouched={2: localdate()})
    assert not today.are_independent(0, 2)
    vouched = circles_of(forest, vouched={2: yesterday})
    assert vouched.are_independent(0, 2)
    assert vouched.are_independent(0, 3)
    assert not vouched.are_independent(2, 3)


def test_where_somebody_could_vouch_no_waiting_helps() -> None:
    reason = circles_of([None, None, 0], days=400).reason_against(account(0), account(2))
    assert isinstance(reason, NotVouchedFor)


def test_where_nobody_could_vouch_fourteen_days_do() -> None:
    assert isinstance(circles_of([None, 0], days=13).reason_against(account(0), account(1)), TooNew)
    assert circles_of([None, 0], days=14).reason_against(account(0), account(1)) is None


def test_a_chain_that_leads_to_nobody_known_or_round_in_a_ring_is_independent_of_nobody() -> None:
    assert not circles_of([None, 9]).are_independent(0, 1)
    ring = circles_of([1, 0, None])
    assert not ring.are_independent(0, 2)
    assert not ring.are_independent(0, 1)
