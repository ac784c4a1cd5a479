"""A line prepared for its page: each demand's place, the two ends, slates to choose from, and sections left out."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.decide.line.models import Line, SectionShare
from massline.desk.decide.line.slate_display import RULES, DemandOnLine, Slate
from massline.engine.line.interval_estimate import Id, IntervalEstimate
from massline.engine.privacy.threshold import Threshold
from massline.web.charts import FrontierPoint, FrontierWords, draw_frontier


class LinePresentation:
    """A line as its page shows it; one drawn under a lower threshold shows no figure of a group or section."""

    def __init__(self, line: Line, threshold: Threshold) -> None:
        self.line = line
        self.threshold = threshold
        self.asked = line.estimate.asked
        self.result = line.estimate.line.result
        self.rests_on = line.estimate.line.rests_on
        self.hides_parts = self.asked.least < threshold.k

    @cached_property
    def by_pk(self) -> dict[int, DemandOnLine]:
        speaks = self.asked.speaks
        rows = self.result.demands
        if self.hides_parts:
            rows = tuple(replace(row, breadth=None) for row in rows)
        return {int(row.id): DemandOnLine(row, speaks.get(str(row.id), "")) for row in rows}

    @cached_property
    def demands(self) -> list[DemandOnLine]:
        """Demands to choose from first, the broadest of them leading; those that are not offered last."""
        order = ["frontier", "dominated", "barred"]
        return sorted(
            self.by_pk.values(),
            key=lambda demand: (
                order.index(demand.status),
                -(demand.row.breadth.value if demand.row.breadth else -1),
                demand.pk,
            ),
        )

    @property
    def barred(self) -> list[DemandOnLine]:
        return [demand for demand in self.demands if demand.status == "barred"]

    @property
    def _sections(self) -> Sequence[Sequence[SectionShare]]:
        return () if self.hides_parts else self.asked.sections

    @property
    def knows_sections(self) -> bool:
        """True if enough people of any section declared it."""
        return any(section.share is not None for slate in self._sections for section in slate)

    @property
    def ends(self) -> tuple[DemandOnLine, DemandOnLine] | None:
        ends = self.result.ends
        if not ends or self.hides_parts:
            return None
        return self.by_pk[int(ends.broadest)], self.by_pk[int(ends.furthest)]

    @property
    def title(self) -> str:
        if self.ends is None:
            return _("Demands can’t be compared yet")
        n = len(self.result.frontier)
        return ngettext("One demand is ahead on both", "{n} demands to choose from", n).format(n=n)

    @cached_property
    def points(self) -> list[FrontierPoint]:
        return [
            FrontierPoint(demand.text, _span(demand.row.breadth), _span(demand.row.advance), demand.status)
            for demand in self.demands
            if demand.row.breadth and demand.row.advance
        ]

    def picture(self) -> str:
        return self._draw(narrow=False)

    def narrow_picture(self) -> str:
        return self._draw(narrow=True)

    def _draw(self, *, narrow: bool) -> str:
        if not self.points:
            return ""
        return draw_frontier(
            self.points,
            title=_("How broad, how bold"),
            desc=_(
                "Further right: more agree, even in the least convinced group. Further up: it "
                "changes more, by our own comparisons."
            ),
            id="line-narrow" if narrow else "line",
            words=FrontierWords(
                _("more people agree →"), _("changes more ↑"), _("the broadest"), _("the boldest")
            ),
            narrow=narrow,
        )

    def _by_ids(self, ids: Sequence[Id]) -> list[DemandOnLine]:
        return [self.by_pk[int(pk)] for pk in ids]

    @cached_property
    def slates(self) -> list[Slate]:
        """Each slate once, however many rules propose it."""
        slates: dict[frozenset[Id], Slate] = {}
        for number, row in enumerate(self.result.slates):
            key = frozenset(row.demands)
            if key in slates:
                slates[key].rules.append(str(RULES[row.rule]))
                continue
            slates[key] = Slate(
                demands=self._by_ids(row.demands),
                rules=[str(RULES[row.rule])],
                row=row,
                overlooked=self._by_ids(row.overlooked),
                changes=[
                    (self.by_pk[int(change.dropped)], self._by_ids(change.demands), change)
                    for change in row.without
                ],
                sections=list(self._sections[number]) if number < len(self._sections) else [],
                owed=self._by_ids([short.demand for short in row.underrepresented]),
                least=self.threshold.k,
            )
        return list(slates.values())


def _span(measure: IntervalEstimate) -> tuple[float, float, float]:
    low, value, high = measure.low, measure.value, measure.high
    return min(low, value), value, max(high, value)
