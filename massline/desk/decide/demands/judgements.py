"""Members' judgements of demands by the principles, summed up by the same rule as in the engine."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from massline.desk.decide.demands.models import Demand, Mark, Verdict
from massline.desk.decide.principles.models import Principle
from massline.engine import line as engine


@dataclass(frozen=True)
class PrincipleJudgement:
    """The members' judgements of one demand by one principle."""

    principle: Principle
    keeps: int
    touches: int
    breaks: int

    @property
    def total(self) -> int:
        return self.keeps + self.touches + self.breaks

    @property
    def verdict(self) -> Verdict | None:
        """Broken where at least half say so; touched where anybody says touched or broken; None while nobody judged."""
        word = engine.Verdict(self.principle.text, self.keeps, self.touches, self.breaks).word
        return None if word == engine.UNCHECKED else Verdict(word)

    @property
    def is_broken(self) -> bool:
        return self.verdict == Verdict.BREAKS


@dataclass(frozen=True)
class DemandJudgement:
    """The members' judgements of one demand by all principles of the organisation."""

    demand: Demand
    judged: tuple[PrincipleJudgement, ...]

    @property
    def broken(self) -> list[PrincipleJudgement]:
        return [judgement for judgement in self.judged if judgement.is_broken]

    @property
    def unjudged(self) -> list[PrincipleJudgement]:
        return [judgement for judgement in self.judged if not judgement.total]

    @property
    def is_offered(self) -> bool:
        return not self.broken


def count_judgements(demands: Iterable[Demand], principles: Sequence[Principle]) -> list[DemandJudgement]:
    """Count the marks of any number of demands in one query."""
    demands = list(demands)
    marks = Mark.objects.filter(demand__in=demands).values_list("demand", "principle", "verdict")
    counts = Counter(marks)
    return [
        DemandJudgement(
            demand,
            tuple(
                PrincipleJudgement(
                    principle,
                    keeps=counts[demand.pk, principle.pk, Verdict.KEEPS],
                    touches=counts[demand.pk, principle.pk, Verdict.TOUCHES],
                    breaks=counts[demand.pk, principle.pk, Verdict.BREAKS],
                )
                for principle in principles
            ),
        )
        for demand in demands
    ]
