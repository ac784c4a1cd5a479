"""What the room of decisions keeps, by topic."""

from massline.desk.decide.models.decisions import Decision
from massline.desk.decide.models.demands import Comparison, Demand, Mark, Verdict
from massline.desk.decide.models.line import Line
from massline.desk.decide.models.principles import Principle, PrincipleState, Roll, Rule

__all__ = [
    "Comparison",
    "Decision",
    "Demand",
    "Line",
    "Mark",
    "Principle",
    "PrincipleState",
    "Roll",
    "Rule",
    "Verdict",
]
