"""Who came in when: organisers see bursts by day and way, and may leave newcomers of a day out of the count."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.desk.guard.audit.models import AuditLine
from massline.desk.listen.rounds import actions
from massline.desk.listen.rounds.models import ListeningRound
from massline.square.conversations.arrivals.arrival_counts import count_arrivals
from massline.square.conversations.models import Conversation, DaySetAside, Participant, Statement, Value
from massline.square.conversations.results.snapshot import take_snapshot
from massline.square.conversations.trust_levels import Level
from tests.conftest import DoorClient, at_desk
from tests.parts import parts, shows
from tests.votes import vote

DAY = date(2026, 3, 20)


@pytest.fixture
def round_(riverside: Any, bea: Any) -> Iterator[ListeningRound]:
    made = actions.open_round(
        organisation=riverside,
        question="What should change about the heating?",
        closes_on=timezone.localdate() + timedelta(days=7),
        seeds=["The landlord should publish the bill.", "Nobody pays more until it works."],
        by=bea,
    )
    Conversation.objects.update(opens_at=datetime(2026, 3, 11, tzinfo=UTC))
    yield made
    timezone.deactivate()


@pytest.fixture
def talk(round_: ListeningRound) -> Conversation:
    found = actions.conversation_of(round_)
    assert found is not None
    return found


def came(talk: Conversation, people: int, day: date, *, value: int, level: Level = Level.OPEN) -> None:
    """Let so many come in on a day and answer everything alike."""
    for n in range(people):
        person = Participant.objects.create(
            conversation=talk, key=f"{day} {level} {n}", level=level, joined_on=day
        )
        for statement in talk.statements.all():
            vote(person, statement, value=value)


@pytest.fixture
def flooded(talk: Conversation) -> Conversation:
    """Twenty come on each of three days and agree; on the fourth two hundred come and disagree, and three by card."""
    for back in (3, 2, 1):
        came(talk, 20, DAY - timedelta(days=back), value=Value.AGREE)
    came(talk, 202, DAY, value=Value.DISAGREE)
    came(talk, 3, DAY, value=Value.AGREE, level=Level.CARD)
    take_snapshot(talk)
    return talk


def aside(round_: ListeningRound, by: Any, day: date, reason: str) -> Any:
    return at_desk(by).post(
        f"/riverside/listen/{round_.pk}/day-aside/", {"day": day.isoformat(), "reason": reason}
    )


def agreed(talk: Conversation) -> tuple[int, int]:
    """How many agreed to the first statement, of how many, as the results tell it for the open door."""
    snapshot = take_snapshot(talk)
    first = Statement.objects.filter(conversation=talk).earliest("number").number
    row = next(row for row in snapshot.estimate.result.statements if row.id == first)
    return row.agree, row.seen


def test_a_burst_is_seen_by_day_and_way_and_nobody_in_it(
    round_: ListeningRound, flooded: Conversation, bea: Any
) -> None:
    page = at_desk(bea).get(f"/riverside/listen/{round_.pk}/").content.decode()
    days = parts(page, "arrivals-of-day")
    assert len(days) == 4
    assert "200 or more" in days[0]
    assert shows(page, "burst")
    assert all("20 or more" in day for day in days[1:])
    found = count_arrivals(flooded)
    assert found.levels == (Level.OPEN,)
    assert [day.is_burst for day in found.days] == [True, False, False, False]


def test_a_day_of_too_few_is_not_listed_and_counts_move_in_steps(talk: Conversation) -> None:
    came(talk, 4, DAY, value=Value.AGREE)
    assert count_arrivals(talk).days == ()
    came(talk, 9, DAY - timedelta(days=1), value=Value.AGREE)
    came(talk, 4, DAY - timedelta(days=1), value=Value.AGREE, level=Level.CODE)
    (day,) = count_arrivals(talk).days
    assert (day.people, day.by_open_door) == ((5,), 5)
    talk.organisation.small_cell = 10
    assert count_arrivals(talk).days == ()


def test_one_full_day_is_no_burst_and_the_first_after_silence_is(talk: Conversation) -> None:
    came(talk, 60, DAY, value=Value.AGREE)
    (day,) = count_arrivals(talk).days
    assert day.is_burst
    Conversation.objects.update(opens_at=timezone.now())
    talk.refresh_from_db()
    (day,) = count_arrivals(talk).days
    assert not day.is_burst


def test_a_member_sees_no_arrivals(round_: ListeningRound, flooded: Conversation, chen: Any) -> None:
    page = at_desk(chen).get(f"/riverside/listen/{round_.pk}/").content.decode()
    assert not shows(page, "arrivals")
    assert aside(round_, chen, DAY, "They came by bus.").status_code == 404
    assert not DaySetAside.objects.exists()


def test_newcomers_of_a_day_leave_the_count_with_the_reason_on_the_page_and_come_back(
    round_: ListeningRound, flooded: Conversation, bea: Any
) -> None:
    assert agreed(flooded) == (60, 262)
    assert aside(round_, bea, DAY, "They came by one link.").status_code == 302
    assert agreed(flooded) == (60, 60)
    results = DoorClient("square").get(flooded.get_results_url())
    assert shows(results, "day-not-counted", "They came by one link.")
    page = at_desk(bea).get(f"/riverside/listen/{round_.pk}/").content.decode()
    assert shows(page, "day-aside")
    came(flooded, 30, DAY + timedelta(days=1), value=Value.PASS)
    assert agreed(flooded)[1] == 90
    aside(round_, bea, DAY, "")
    assert agreed(flooded) == (60, 292)
    assert [line.verb for line in AuditLine._base_manager.order_by("-pk")[:2]] == [
        "counted newcomers of a day again",
        "set newcomers of a day aside",
    ]


def test_whoever_got_a_card_since_is_counted_by_it(flooded: Conversation) -> None:
    DaySetAside.objects.create(conversation=flooded, day=DAY, reason="They came by one link.")
    some = list(flooded.participants.filter(level=Level.OPEN, joined_on=DAY).values_list("pk")[:30])
    Participant.objects.filter(pk__in=[pk for (pk,) in some]).update(level=Level.CARD)
    snapshot = take_snapshot(flooded)
    assert snapshot.level == Level.CARD
    assert snapshot.estimate.rests_on.participants == 33


def test_fewer_than_may_be_told_of_are_not_set_aside_and_the_reason_stays(
    round_: ListeningRound, talk: Conversation, bea: Any
) -> None:
    came(talk, 4, DAY, value=Value.AGREE)
    answer = aside(round_, bea, DAY, "They came by one link.")
    assert answer.status_code == 422
    assert not DaySetAside.objects.exists()
    came(talk, 9, DAY - timedelta(days=1), value=Value.AGREE)
    long = "They came by one link. " * 20
    answer = aside(round_, bea, DAY - timedelta(days=1), long)
    assert answer.status_code == 422
    assert long.strip() in answer.content.decode()
    assert not DaySetAside.objects.exists()


def test_a_statement_that_too_few_of_the_day_answered_stays_as_it_was(talk: Conversation) -> None:
    first, second = Statement.objects.filter(conversation=talk).order_by("number")
    came(talk, 20, DAY - timedelta(days=1), value=Value.AGREE)
    for n in range(30):
        person = Participant.objects.create(conversation=talk, key=f"late {n}", joined_on=DAY)
        vote(person, first, value=Value.DISAGREE)
        if n < 4:
            vote(person, second, value=Value.DISAGREE)
    for n in range(20):
        vote(
            Participant.objects.create(conversation=talk, key=f"more {n}", joined_on=DAY - timedelta(days=1)),
            second,
            value=Value.PASS,
        )
    before = take_snapshot(talk)
    DaySetAside.objects.create(conversation=talk, day=DAY, reason="They came by one link.")
    after = take_snapshot(talk)
    seen = [[row.seen for row in one.estimate.result.statements] for one in (before, after)]
    assert seen == [[50, 44], [20, 44]]
