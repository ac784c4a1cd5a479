"""The line: what unites the broadest number without giving up principles, and how far it goes.

`estimate` lays demands out by breadth (support where it is weakest) and advance (how far they go, by the
organisation's own comparisons), keeps out what breaks a principle, and proposes slates; `document` writes it
down. The software proposes, people decide.
"""

from massline.engine.line.advance import Comparison, Strengths, fit_bradley_terry
from massline.engine.line.ballots import Ballots, gather_ballots
from massline.engine.line.breadth import AnswerCount, DemandAnswers, demand_answers
from massline.engine.line.document import SCHEMA, LineDocument, document, restore_line
from massline.engine.line.estimate import Demand, Line, ReasonNotOffered, estimate
from massline.engine.line.frontier import Dominated
from massline.engine.line.interval_estimate import IntervalEstimate
from massline.engine.line.justified_representation import Underrepresented, find_underrepresented
from massline.engine.line.maximum_coverage import BestCoverage, find_best_coverage
from massline.engine.line.principles import BREAKS, KEEPS, TOUCHES, UNCHECKED, Mark, Verdict
from massline.engine.line.slates import ReducedSlate, Slate

__all__ = [
    "BREAKS",
    "KEEPS",
    "SCHEMA",
    "TOUCHES",
    "UNCHECKED",
    "AnswerCount",
    "Ballots",
    "BestCoverage",
    "Comparison",
    "Demand",
    "DemandAnswers",
    "Dominated",
    "IntervalEstimate",
    "Line",
    "LineDocument",
    "Mark",
    "ReasonNotOffered",
    "ReducedSlate",
    "Slate",
    "Strengths",
    "Underrepresented",
    "Verdict",
    "demand_answers",
    "document",
    "estimate",
    "find_best_coverage",
    "find_underrepresented",
    "fit_bradley_terry",
    "gather_ballots",
    "restore_line",
]
