"""Breadth of a demand: support where it is weakest, and support among everybody there is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt

from massline.engine.jeffreys_intervals import jeffreys_interval, jeffreys_mean, jeffreys_variance
from massline.engine.line.interval_estimate import Id, IntervalEstimate
from massline.engine.opinion.map_schema import AnswerCounts, MapDocument

_Z = 1.959963984540054


@dataclass(frozen=True)
class AnswerCount:
    """The number of people who answered, and of those who agree."""

    seen: int
    agree: int


@dataclass(frozen=True)
class DemandAnswers(AnswerCount):
    """Answers to the statement that speaks for a demand: of everybody, of each section and each opinion group."""

    id: Id
    text: str = ""
    by_section: Mapping[str, AnswerCount] = field(default_factory=dict)
    by_group: Mapping[int, AnswerCount] = field(default_factory=dict)


def demand_answers(opinion: MapDocument) -> list[DemandAnswers]:
    """Every statement of an opinion map as a demand."""
    return [
        DemandAnswers(
            answers.seen,
            answers.agree,
            answers.id,
            answers.text,
            {part.section: _answers(part) for part in answers.by_section},
            {part.group: _answers(part) for part in answers.by_group},
        )
        for answers in opinion.result.statements
    ]


def _answers(counts: AnswerCounts) -> AnswerCount:
    return AnswerCount(counts.seen, counts.agree)


def measure_breadth(demand: DemandAnswers, *, k: int) -> IntervalEstimate | None:
    """Support in the least favourable section or group that has answered; None where fewer than `k` have.

    The least favourable is the one with the lowest lower bound: a part that is small and lukewarm weighs
    against a demand until more of it have been heard.
    """
    if demand.seen < k:
        return None
    parts = [part for part in _parts(demand) if part[1].seen >= k] or [("", demand)]
    return min((_measure(name, answers) for name, answers in parts), key=lambda m: (m.low, m.part))


def unheard_parts(demand: DemandAnswers, *, k: int) -> list[str]:
    """Sections and groups of whom fewer than `k` have answered."""
    return [name for name, answers in _parts(demand) if answers.seen < k]


def measure_support(
    by_section: Mapping[str, AnswerCount], headcount: Mapping[str, int]
) -> IntervalEstimate | None:
    """Support among all people there are: sections weighted by headcount (post-stratified).

    Sections nobody answered from widen the interval as far as they could: all of them against, all in favour.
    None without headcounts of sections that answered.
    """
    answered = {name: answers for name, answers in by_section.items() if answers.seen > 0}
    heard = {name: people for name, people in headcount.items() if name in answered}
    reached, everybody = sum(heard.values()), sum(headcount.values())
    if not reached:
        return None
    value = variance = 0.0
    for name, people in heard.items():
        weight, answers = people / reached, answered[name]
        value += weight * float(jeffreys_mean(answers.agree, answers.seen))
        variance += weight**2 * float(jeffreys_variance(answers.agree, answers.seen))
    low, high = max(value - _Z * sqrt(variance), 0.0), min(value + _Z * sqrt(variance), 1.0)
    share = reached / everybody
    return IntervalEstimate(low * share, value, high * share + 1 - share)


def _parts(demand: DemandAnswers) -> Iterable[tuple[str, AnswerCount]]:
    for section, answers in demand.by_section.items():
        yield f"section {section}", answers
    for group, answers in demand.by_group.items():
        yield f"group {group}", answers


def _measure(name: str, answers: AnswerCount) -> IntervalEstimate:
    low, high = jeffreys_interval(answers.agree, answers.seen)
    return IntervalEstimate(float(low), answers.agree / answers.seen, float(high), name)
