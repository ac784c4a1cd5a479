"""A query that is written once gives what Django's own gives, for every organisation and moment, and keeps to the scope."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.desk.home import page_frame
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.prepared_query import PreparedQuery
from massline.desk.people.scope import OutOfScope, Unscoped, no_scope, scope_to

OPEN_ROUNDS = PreparedQuery(
    lambda organisation, now: ListeningRound.objects.filter(
        organisation=organisation, made_at__lte=now
    ).order_by("pk"),
    "OpenRound",
    ("question", "made_at"),
)


def make_round(organisation: Any, question: str, *, days_ago: int = 0) -> ListeningRound:
    now = timezone.now()
    return ListeningRound.objects.create(
        organisation=organisation,
        question=question,
        closes_on=now.date(),
        made_at=now - timedelta(days=days_ago),
    )


def open_at(organisation: Any, moment: datetime) -> list[str]:
    return [row.question for row in OPEN_ROUNDS.rows(organisation.pk, moment)]


def test_it_gives_each_organisation_its_own_rows_at_each_moment(riverside: Any, harbour: Any) -> None:
    now = timezone.now()
    old = make_round(riverside, "What is too dear?", days_ago=9)
    make_round(riverside, "What is broken?", days_ago=1)
    make_round(harbour, "Who comes?", days_ago=1)
    assert open_at(riverside, now) == ["What is too dear?", "What is broken?"]
    assert open_at(harbour, now) == ["Who comes?"]
    assert open_at(riverside, now - timedelta(days=5)) == ["What is too dear?"]
    assert OPEN_ROUNDS.rows(riverside.pk, now)[0].made_at == old.made_at


def test_the_frame_reads_what_the_query_itself_would_give(riverside: Any) -> None:
    make_round(riverside, "What is too dear?")
    now = timezone.now()
    prepared = page_frame._NEWEST_ROUND
    plain = page_frame._newest_round(riverside.pk, now).values_list(*prepared.columns)
    assert prepared.rows(riverside.pk, now) == list(plain)


def test_it_is_closed_without_a_scope_and_outside_of_it(riverside: Any, harbour: Any) -> None:
    with no_scope(), pytest.raises(Unscoped):
        OPEN_ROUNDS.rows(riverside.pk, timezone.now())
    with scope_to(harbour), pytest.raises(OutOfScope):
        OPEN_ROUNDS.rows(riverside.pk, timezone.now())
