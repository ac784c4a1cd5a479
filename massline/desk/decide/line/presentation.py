"""A line prepared for its page: each demand's place, the two ends, slates to choose from, and sections left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from massline.desk.decide.line.models import Line, SectionShare
from massline.desk.decide.line.representation import describe_best, describe_due
from massline.engine.line import ReducedSlate
from massline.engine.line.document import PlacedDemand, ProposedSlate
from massline.engine.line.interval_estimate import Id, Measure
from massline.engine.privacy.threshold import LEAST, Threshold
from massline.web.charts import FrontierPoint, FrontierWords, draw_frontier

RULES = {
    "equal shares": gettext_lazy("method of equal shares"),
    "proportional approval": gettext_lazy("proportional approval voting"),
    "fewest left out": gettext_lazy("leaves the fewest people out"),
}


@dataclass(frozen=True)
class DemandOnLine:
    """A demand as a line places it."""

    row: PlacedDemand
    speaks: str

    @property
    def pk(self) -> int:
        return int(self.row.id)

    @property
    def text(self) -> str:
        return self.row.text

    @property
    def is_placed(self) -> bool:
        return bool(self.row.breadth and self.row.advance)

    @property
    def status(self) -> str:
        return self.row.status

    @property
    def status_word(self) -> str:
        if not self.row.offered:
            return _("not up for decision")
        if not self.is_placed:
            return _("not enough votes yet")
        return _("another demand is both broader and bolder") if self.row.dominated else _("a good choice")

    @property
    def weakest(self) -> str:
        part = self.row.breadth.part if self.row.breadth else ""
        if part.startswith("group "):
            return _("group %(letter)s") % {"letter": chr(ord("A") + int(part[6:]) % 26)}
        return part.removeprefix("section ") or _("everybody who answered")

    @property
    def why_not(self) -> list[str]:
        sentences = {
            "breaks": _("It breaks the principle “%(principle)s”."),
            "unchecked": _("Nobody has checked it against “%(principle)s” yet."),
            "few answers": _("Too few people have answered the statement behind it."),
        }
        return [sentences[why.reason] % {"principle": why.principle} for why in self.row.why]


@dataclass(frozen=True)
class Slate:
    """A few demands proposed together; `sections` holds the share of each section that it reaches."""

    demands: list[DemandOnLine]
    rules: list[str]
    row: ProposedSlate
    overlooked: list[DemandOnLine]
    changes: list[tuple[DemandOnLine, list[DemandOnLine], ReducedSlate]] = field(default_factory=list)
    sections: list[SectionShare] = field(default_factory=list)
    owed: list[DemandOnLine] = field(default_factory=list)
    least: int = LEAST

    @property
    def best(self) -> str:
        """A sentence on how near its coverage is to that of the best list of its length."""
        return describe_best(self.row, self.least)

    @property
    def due(self) -> str:
        """A sentence on whether everybody who wants the same has as many of its demands as they are due."""
        return describe_due(self.row, self.least)

    @property
    def left_out(self) -> list[SectionShare]:
        """Sections of which at most half support anything in it."""
        return [
            section
            for section in self.sections
            if section.share is not None and section.share <= 0.5 and section.bound != "at least"
        ]

    @property
    def unheard(self) -> list[str]:
        """Sections too few of whom answered; empty where nobody declared a section."""
        if all(section.share is None for section in self.sections):
            return []
        return [section.section for section in self.sections if section.share is None]

    @property
    def query(self) -> str:
        return "&".join(f"demands={demand.pk}" for demand in self.demands)

    @property
    def reason(self) -> str:
        """The numbers in favour of the slate, as a first draft of the reasons of a decision."""
        coverage, friction = self.row.coverage, self.row.friction
        return _(
            "%(c)d%% of voters support at least one of them (probably %(low)d to %(high)d%%); "
            "%(f)d%% reject at least one."
        ) % {
            "c": round(coverage.value * 100),
            "low": round(coverage.low * 100),
            "high": round(coverage.high * 100),
            "f": round(friction.value * 100),
        }

    @property
    def title(self) -> str:
        return ngettext("%(n)d demand", "%(n)d demands", len(self.demands)) % {"n": len(self.demands)}


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


def _span(measure: Measure) -> tuple[float, float, float]:
    low, value, high = measure.low, measure.value, measure.high
    return min(low, value), value, max(high, value)
