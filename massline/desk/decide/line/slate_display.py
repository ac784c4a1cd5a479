"""Demands and slates as the page of a line shows them."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from massline.desk.decide.line.models import SectionShare
from massline.desk.decide.line.representation_sentences import describe_best, describe_due
from massline.engine.line import ReducedSlate
from massline.engine.line.document import PlacedDemand, ProposedSlate
from massline.engine.privacy.threshold import LEAST

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
