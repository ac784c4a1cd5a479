"""Small cells of the mood table stay hidden, also from somebody who can subtract and knows the rule."""

from itertools import product

import pytest

from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.source_material.mood_counts import ProtectedRow, protect_counts, section_moods
from tests.desk import heard_round


@pytest.mark.parametrize(
    ("counts", "shown", "covered"),
    [
        ([12, 9, 7, 5, 30], (12, 9, 7, 5, 30), False),
        ([12, 3, 1, 5, 30], (12, None, None, 5, 30), False),
        ([12, 9, 7, 6, 1], (12, 9, 7, None, None), True),
        ([12, 0, 0, 9, 30], (12, None, None, None, 30), True),
        ([12, 4, 4, 9, 30], (12, None, None, None, 30), True),
        ([20, 0, 0, 0, 0], (None,) * 5, True),
        ([1, 1, 0, 0, 0], (None,) * 5, True),
        ([4, 4, 4, 4, 4], (None,) * 5, True),
        ([12, 9, 9, 30, 1], (12, None, None, 30, None), True),
        ([0, 0, 0, 0, 0], (None,) * 5, True),
    ],
)
def test_rows_worked_by_hand(counts: list[int], shown: tuple[int | None, ...], covered: bool) -> None:
    assert protect_counts(counts, 5) == ProtectedRow(shown, covered)


@pytest.mark.parametrize("total", range(1, 15))
def test_every_hidden_cell_could_be_something_else(total: int) -> None:
    """Of all rows with the same known sum that would be shown the same way, each hidden cell differs in two."""
    least, rungs = 3, 4
    alike: dict[ProtectedRow, list[tuple[int, ...]]] = {}
    for row in product(range(total + 1), repeat=rungs):
        if sum(row) == total:
            alike.setdefault(protect_counts(row, least), []).append(row)
    for shown, candidates in alike.items():
        for rung, cell in enumerate(shown.cells):
            if cell is None:
                assert len({row[rung] for row in candidates}) > 1, (total, shown)


def test_a_section_hardly_heard_shows_no_mood_and_another_does(riverside: Organisation, bea: Account) -> None:
    round_: ListeningRound = heard_round.heating(riverside, bea)
    for mood, people in ((1, 9), (2, 2), (3, 4), (5, 6)):
        heard_round.write(round_, bea, "Block A", [], people=people, mood=mood)
    by_name = {row.section.name: row for row in section_moods(round_)}
    assert by_name["Block A"].row.cells == (9, None, None, None, 6)
    assert by_name["Block A"].people == 23
    assert by_name["Block C"].row.is_held_back
