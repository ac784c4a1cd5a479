"""Structure tests compared over time, and the counts of one test that may be published."""

from dataclasses import dataclass

import numpy as np

from massline.core.disclosure_threshold import threshold
from massline.desk.act.structure_tests.models import SectionCount, StructureTest
from massline.desk.people.models import Organisation, Section
from massline.engine import privacy


@dataclass(frozen=True)
class SectionRow:
    """Counts of one section, oldest test first; None if it was not counted."""

    section: Section
    counts: list[SectionCount | None]

    @property
    def change(self) -> int | None:
        """Change in percentage points between the last two tests; None unless both were counted."""
        counted = [count for count in self.counts[-2:] if count is not None]
        return round(100 * (counted[1].share - counted[0].share)) if len(counted) == 2 else None


@dataclass(frozen=True)
class Comparison:
    tests: list[StructureTest]
    rows: list[SectionRow]


def compare_tests(organisation: Organisation, *, last: int = 5) -> Comparison:
    """Compare the last tests that have begun, section by section."""
    tests = [test for test in StructureTest.objects.filter(organisation=organisation) if test.has_begun][
        :last
    ]
    tests.reverse()
    counts = SectionCount.objects.filter(test__in=tests).select_related("section", "test")
    at = {(count.section_id, count.test_id): count for count in counts}
    sections = Section.objects.filter(organisation=organisation)
    return Comparison(
        tests,
        [SectionRow(section, [at.get((section.pk, test.pk)) for test in tests]) for section in sections],
    )


@dataclass(frozen=True)
class PublishableCount:
    """Counts of one section as anybody may read them; None is hidden."""

    section: str
    did: int | None
    headcount: int | None


def publishable_counts(test: StructureTest) -> tuple[list[PublishableCount], int | None]:
    """Counts of each section and the total; those below the threshold, and any that reveal one, are None."""
    counts = list(test.counts.select_related("section"))
    if not counts:
        return [], None
    names = tuple(count.section.name for count in counts)
    cube = privacy.Cube(
        ("section", "deed"),
        (names, ("did", "not")),
        np.array([[count.did, count.headcount - count.did] for count in counts], dtype=np.int64),
    )
    release = privacy.choose_shown_cells(
        cube, privacy.add_margins("section", "deed"), k=threshold(test.organisation).k
    )
    cells, whole, total = release.table("section", "deed"), release.table("section"), release.table("deed")
    return [PublishableCount(name, cells[name, "did"], whole[name,]) for name in names], total["did",]
