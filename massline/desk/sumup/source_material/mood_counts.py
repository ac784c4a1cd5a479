"""Mood counts of each section, with small cells hidden so that they cannot be computed by subtraction.

Only people talked with count towards the threshold. Entries of files are added to the cells that are shown anyway.

The sum of a row is known from the round's coverage. Cells under the threshold are hidden, including zeros. If the
sum would still reveal one, the smallest remaining cell is hidden as well, and the row no longer shows which of
its hidden cells are small, so that knowing this rule does not undo it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from massline.core.disclosure_threshold import threshold
from massline.desk.listen.rounds.coverage import RoundCounts, count_people_heard
from massline.desk.listen.rounds.models import ListeningRound, Mood
from massline.desk.people.models import Section


@dataclass(frozen=True)
class ProtectedRow:
    """A row that may be shown: counts, or None for hidden cells.

    If `covered`, a larger cell may be among the hidden ones, so none of them may be called small.
    """

    cells: tuple[int | None, ...]
    covered: bool = False

    @property
    def is_held_back(self) -> bool:
        return all(cell is None for cell in self.cells)


@dataclass(frozen=True)
class SectionMood:
    """Mood counts of one section; `people` are those talked with and the entries of files whose mood was told."""

    section: Section
    people: int
    row: ProtectedRow


def section_moods(round_: ListeningRound, *, counts: RoundCounts | None = None) -> list[SectionMood]:
    """Mood counts of every section of the round; pass `counts` if people were counted already."""
    counts = counts or count_people_heard(round_)
    least = threshold(round_.organisation).k
    rows = []
    for section in round_.sections.all():
        spoken, imported = (
            [source[section.pk, mood] for mood in Mood] for source in (counts.spoken, counts.imported)
        )
        row = _add_imported(protect_counts(spoken, least), imported)
        rows.append(SectionMood(section, sum(spoken) + sum(imported), row))
    return rows


def _add_imported(row: ProtectedRow, imported: Sequence[int]) -> ProtectedRow:
    """Add entries of files to the cells that are shown; where there are some, no hidden cell may be called small."""
    cells = zip(row.cells, imported, strict=True)
    return ProtectedRow(
        tuple(None if cell is None else cell + entries for cell, entries in cells),
        covered=row.covered or any(imported),
    )


def protect_counts(counts: Sequence[int], least: int) -> ProtectedRow:
    """Hide every cell under `least`, and the smallest other cell if the row's sum would reveal a hidden one.

    Cells of equal size are treated alike. An attacker who knows the rule can exchange every hidden cell with one
    of another size, or knows only a sum that leaves each small cell more than one value.
    """
    small = [count for count in counts if count < least]
    large = [count for count in counts if count >= least]
    if not small:
        return ProtectedRow(tuple(counts))
    covered = not _undetermined(small, least)
    edge = min(large, default=least) + 1 if covered else least
    cells = tuple(None if count < edge else count for count in counts)
    return ProtectedRow(cells, covered=covered or cells == (None,) * len(cells))


def _undetermined(small: Sequence[int], least: int) -> bool:
    """True if the sum of small cells leaves each of them more than one value."""
    return len(small) > 1 and 0 < sum(small) < (least - 1) * len(small)
