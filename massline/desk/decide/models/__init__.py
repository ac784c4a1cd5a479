"""What the room of decisions keeps, by topic."""

from massline.desk.decide.models.assessments import Assessment, Criterion, Evidence, Forecast, Leaning, Point
from massline.desk.decide.models.decisions import Decision
from massline.desk.decide.models.demands import Comparison, Demand, Mark, Verdict
from massline.desk.decide.models.forces import Force, ForceKind, Influence, Move, Stance
from massline.desk.decide.models.line import Line
from massline.desk.decide.models.principles import Principle, PrincipleState, Roll, Rule
from massline.desk.decide.models.slogans import Slogan, SloganTrial

__all__ = [
    "Assessment",
    "Comparison",
    "Criterion",
    "Decision",
    "Demand",
    "Evidence",
    "Force",
    "ForceKind",
    "Forecast",
    "Influence",
    "Leaning",
    "Line",
    "Mark",
    "Move",
    "Point",
    "Principle",
    "PrincipleState",
    "Roll",
    "Rule",
    "Slogan",
    "SloganTrial",
    "Stance",
    "Verdict",
]
