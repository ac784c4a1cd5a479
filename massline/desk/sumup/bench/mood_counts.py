"""The mood of each section in counts, with small cells hidden so that no subtraction brings them back.

How many were heard in a section is known from the round's coverage, so a row has a known sum. Cells under the
threshold are hidden, zeros too. Where that sum would still give one away, the smallest cell left is covered as
well, and the row no longer says which of its hidden cells are small: somebody who knows this rule must not be
able to undo it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from massline.core.disclosure import threshold
from massline.desk.listen.rounds.coverage import Spoken, spoken_to
from massline.desk.listen.rounds.models import ListeningRound, Mood
from massline.desk.people.models import Section


@dataclass(frozen=True)
class Shown:
    """One row as it may be shown: a count, or None where it is hidden.

    `covered` says that a larger cell may be among the hidden ones: then none of them is called small.
    """

    cells: tuple[int | None, ...]
    covered: bool = False

    @property
    def is_held_back(self) -> bool:
        return all(cell is None for cell in self.cells)


@dataclass(frozen=True)
class SectionMood:
    """One section's row of the ladder."""

    section: Section
    people: int
    row: Shown


def moods(round_: ListeningRound, *, spoken: Spoken | None = None) -> list[SectionMood]:
    """Give every section of the round with how many people were in which mood, counted already or not."""
    heard = spoken_to(round_) if spoken is None else spoken
    least = threshold(round_.organisation).k
    rows = []
    for section in round_.sections.all():
        counts = [heard[section.pk, mood] for mood in Mood]
        rows.append(SectionMood(section, sum(counts), protected(counts, least)))
    return rows


def protected(counts: Sequence[int], least: int) -> Shown:
    """Hide every cell under `least`, and the smallest of the others where the row's sum would give one away.

    Cells of equal size are treated alike. So whoever undoes the rule finds every hidden cell exchangeable with
    one of another size, or among small ones whose sum leaves each more than one value.
    """
    small = [count for count in counts if count < least]
    large = [count for count in counts if count >= least]
    if not small:
        return Shown(tuple(counts))
    covered = not _undetermined(small, least)
    edge = min(large, default=least) + 1 if covered else least
    cells = tuple(None if count < edge else count for count in counts)
    return Shown(cells, covered=covered or cells == (None,) * len(cells))


def _undetermined(small: Sequence[int], least: int) -> bool:
    """Say whether the sum of small cells leaves each of them more than one value."""
    return len(small) > 1 and 0 < sum(small) < (least - 1) * len(small)
