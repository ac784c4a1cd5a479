"""Results change in editions: by so many people at a time that nobody's answer can be told from the difference."""

from collections.abc import Sequence

import pytest

from massline.square.conversations import moderation
from massline.square.conversations.access_codes import actions as access_code_actions
from massline.square.conversations.models import Conversation, Participant, Statement, Value, Vote
from massline.square.conversations.results.editions import EditionChange, choose_releasable_changes
from massline.square.conversations.results.snapshot import take_snapshot
from massline.square.conversations.trust_levels import Level
from tests.conftest import DoorClient
from tests.square.conftest import words_of
from tests.square.conversations.test_voting import answer_next
from tests.votes import vote

CARD, OPEN = Level.CARD.value, Level.OPEN.value


def entering(people: int, *, first: int = 0, level: str = OPEN) -> list[EditionChange]:
    return [EditionChange(first + n, 1, None, (level, 1)) for n in range(people)]


def first_of(moved: Sequence[EditionChange]) -> EditionChange:
    return moved[0]


@pytest.mark.parametrize(("people", "told"), [(1, 0), (5, 0), (6, 5), (7, 6), (19, 18), (20, 20), (300, 300)])
def test_a_cell_changes_by_enough_people_and_of_a_small_step_one_waits(people: int, told: int) -> None:
    assert len(choose_releasable_changes(entering(people), k=5)) == told


def test_who_waits_is_drawn_by_lot() -> None:
    moved = entering(6)
    left_out = {next(iter(set(moved) - set(choose_releasable_changes(moved, k=5)))) for _ in range(200)}
    assert left_out == set(moved)


def test_what_people_answered_changes_nothing_about_when_it_is_told() -> None:
    alike, mixed = entering(9), [EditionChange(n, 1, None, (OPEN, n % 3 - 1)) for n in range(9)]
    told = [
        [one.vote for one in choose_releasable_changes(moved, k=5, draw=first_of)] for moved in (alike, mixed)
    ]
    assert told[0] == told[1]


def test_an_answer_leaves_one_level_and_enters_another_together_or_not_at_all() -> None:
    moving = [EditionChange(n, 1, (OPEN, 1), (CARD, 1)) for n in range(3)]
    arriving = entering(6, first=100)
    alone = choose_releasable_changes([*moving, *arriving], k=5, draw=first_of)
    assert alone == arriving[1:]
    both = [*moving, *arriving, *entering(6, first=200, level=CARD)]
    told = set(choose_releasable_changes(both, k=5, draw=lambda moved: moved[-1]))
    assert set(moving) <= told
    assert len(told) == len(both) - 2


def test_one_vote_more_changes_no_byte_of_the_results(nobody: DoorClient, mapped: Conversation) -> None:
    pages = [
        mapped.get_results_url(),
        f"{mapped.get_results_url()}all/",
        f"{mapped.organisation.get_absolute_url()}",
    ]
    before = [words_of(nobody.get(page)) for page in pages]
    for _ in range(4):
        answer_next(DoorClient("square"), mapped, 1)
        take_snapshot(mapped)
        assert [words_of(DoorClient("square").get(page)) for page in pages] == before


def test_what_was_turned_down_is_gone_from_every_figure_and_comes_back_as_it_was(
    nobody: DoorClient, mapped: Conversation
) -> None:
    snapshot = mapped.latest_snapshot()
    assert snapshot is not None
    statement = mapped.statements.all()[3]
    seen = next(row.seen for row in snapshot.estimate.result.statements if row.id == statement.number)
    rests = snapshot.estimate.rests_on
    moderation.reject_statement(statement, reason="It names a neighbour.")
    page = words_of(nobody.get(mapped.get_results_url()))
    assert f"{rests.statements - 1} statements" in page
    assert f"{rests.votes - seen} answers" in page
    late = take_snapshot(mapped)
    assert late.votes_seen == rests.votes - seen
    assert f"{rests.votes - seen} answers" in words_of(nobody.get(mapped.get_results_url()))
    moderation.show_statement(statement)
    assert take_snapshot(mapped).votes_seen == rests.votes


def test_setting_an_invitation_aside_leaves_cells_alone_that_it_would_give_away(talk: Conversation) -> None:
    way = access_code_actions.create_batch(conversation=talk, level=Level.INVITED, name="Choir", most=30).way
    first, second, _third = Statement.objects.filter(conversation=talk)
    for n in range(40):
        person = Participant.objects.create(
            conversation=talk, key=f"{n}", level=Level.INVITED, way=way if n < 20 else None
        )
        vote(person, first, value=Value.AGREE if n % 2 else Value.PASS)
        if n == 0 or n > 19:
            vote(person, second, value=Value.AGREE if n % 2 else Value.PASS)
    before = take_snapshot(talk)
    access_code_actions.exclude_answers_of_invitation(way, reason="It was passed on.")
    after = take_snapshot(talk)
    seen = [[row.seen for row in one.estimate.result.statements] for one in (before, after)]
    assert seen == [[40, 21], [20, 21]]
    assert Vote.objects.filter(shown_value=None).count() == 20
