"""A query that is written once gives what Django's own gives, for every organisation and moment, and keeps to the scope."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from massline.desk.guard import access
from massline.desk.home import page_frame
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.prepared_query import PreparedQuery
from massline.desk.people.scope import OutOfScope, Unscoped, no_scope, scope_to


def begun_rounds(organisation: int, now: datetime) -> QuerySet[ListeningRound]:
    return ListeningRound.objects.filter(organisation=organisation, made_at__lte=now).order_by("pk")


BEGUN_ROUNDS = PreparedQuery(begun_rounds)


def make_round(organisation: Any, question: str, *, days_ago: int = 0) -> ListeningRound:
    now = timezone.now()
    return ListeningRound.objects.create(
        organisation=organisation,
        question=question,
        closes_on=now.date(),
        made_at=now - timedelta(days=days_ago),
    )


def open_at(organisation: Any, moment: datetime) -> list[str]:
    return [row.question for row in BEGUN_ROUNDS.rows(organisation=organisation.pk, now=moment)]


def test_it_gives_each_organisation_its_own_rows_at_each_moment(riverside: Any, harbour: Any) -> None:
    now = timezone.now()
    old = make_round(riverside, "What is too dear?", days_ago=9)
    make_round(riverside, "What is broken?", days_ago=1)
    make_round(harbour, "Who comes?", days_ago=1)
    assert open_at(riverside, now) == ["What is too dear?", "What is broken?"]
    assert open_at(harbour, now) == ["Who comes?"]
    assert open_at(riverside, now - timedelta(days=5)) == ["What is too dear?"]
    assert BEGUN_ROUNDS.rows(organisation=riverside.pk, now=now)[0] == old


def test_the_frame_reads_what_the_query_itself_would_give(riverside: Any) -> None:
    make_round(riverside, "What is too dear?")
    now = timezone.now()
    plain = page_frame._newest_round(riverside.pk, now)
    assert page_frame._NEWEST_ROUND.rows(organisation=riverside.pk, now=now) == list(plain)


def test_access_is_of_one_account_one_organisation_and_the_role_that_is_needed(
    riverside: Any, harbour: Any, amal: Any, chen: Any
) -> None:
    cases = [(amal, "riverside", 3), (chen, "riverside", 3), (chen, "riverside", 1), (chen, "harbour", 1)]
    for account, slug, need in cases:
        values = {"account": account.pk, "slug": slug, "need": need}
        found = access._MEMBERSHIP.rows(**values)
        assert found == list(access._membership(**values))
        assert [row.organisation.slug for row in found] == (
            [slug] if (account, need) != (chen, 3) and slug != "harbour" else []
        )


def test_it_is_closed_without_a_scope_and_outside_of_it(riverside: Any, harbour: Any) -> None:
    with no_scope(), pytest.raises(Unscoped):
        open_at(riverside, timezone.now())
    with scope_to(harbour), pytest.raises(OutOfScope):
        open_at(riverside, timezone.now())
