"""Principles are red lines: what breaks one is never offered, and the page says which."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from massline.engine.line.interval_estimate import Id

KEEPS, TOUCHES, BREAKS = "keeps", "touches", "breaks"
MARKS = (KEEPS, TOUCHES, BREAKS)
UNCHECKED = "unchecked"


@dataclass(frozen=True)
class Mark:
    """A member's judgement: the demand keeps, touches or breaks the principle."""

    demand: Id
    principle: str
    mark: str
    member: str = ""

    def __post_init__(self) -> None:
        if self.mark not in MARKS:
            raise ValueError(f"a mark is keeps, touches or breaks, not {self.mark!r}")


@dataclass(frozen=True)
class Verdict:
    """The members' judgements of one demand by one principle."""

    principle: str
    keeps: int
    touches: int
    breaks: int

    @property
    def word(self) -> str:
        """`breaks` where at least half of the marks say so: a principle gets the benefit of the doubt."""
        total = self.keeps + self.touches + self.breaks
        if not total:
            return UNCHECKED
        if 2 * self.breaks >= total:
            return BREAKS
        return TOUCHES if self.touches + self.breaks else KEEPS

    @property
    def contested(self) -> bool:
        """Some say it breaks the principle, most say it does not."""
        return self.breaks > 0 and self.word != BREAKS


def judge_demand(demand: Id, principles: Sequence[str], marks: Sequence[Mark]) -> tuple[Verdict, ...]:
    """The verdict on a demand for every principle; a member who marks again has changed their mind."""
    latest = {(m.principle, m.member or i): m.mark for i, m in enumerate(marks) if m.demand == demand}
    counted = Counter((principle, mark) for (principle, _), mark in latest.items())
    return tuple(Verdict(p, counted[p, KEEPS], counted[p, TOUCHES], counted[p, BREAKS]) for p in principles)
