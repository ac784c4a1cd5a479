"""Index of this stage's models, which Django loads; import from the rooms instead."""

from massline.desk.decide.assessments.models import (
    Assessment,
    Criterion,
    Evidence,
    Forecast,
    Leaning,
    Point,
    Reading,
)
from massline.desk.decide.ballots.models import BallotBox, Roll
from massline.desk.decide.decisions.models import Decision, WaitSign
from massline.desk.decide.demands.models import Comparison, Demand, Mark, Verdict
from massline.desk.decide.elections.models import Election, ElectionState, PaperBatch
from massline.desk.decide.forces.models import Force, ForceKind, Influence, Move, Stance
from massline.desk.decide.line.models import Line
from massline.desk.decide.motions.models import Amendment, Motion, MotionState, Speaker, Tally, VotingMethod
from massline.desk.decide.phone_votes.models import PhoneVoteHall
from massline.desk.decide.plans.models import Mobilisation, Phase, Plan, Reach, Readiness, Safeguard
from massline.desk.decide.points_of_unity.models import Party, Position, Stand, UnitySentence, UnityText
from massline.desk.decide.principles.models import Principle, PrincipleState
from massline.desk.decide.promises.models import DemandOutcome, Promise, PromiseState, PromiseStep
from massline.desk.decide.slogans.models import Slogan, SloganTrial

__all__ = [
    "Amendment",
    "Assessment",
    "BallotBox",
    "Comparison",
    "Criterion",
    "Decision",
    "Demand",
    "DemandOutcome",
    "Election",
    "ElectionState",
    "Evidence",
    "Force",
    "ForceKind",
    "Forecast",
    "Influence",
    "Leaning",
    "Line",
    "Mark",
    "Mobilisation",
    "Motion",
    "MotionState",
    "Move",
    "PaperBatch",
    "Party",
    "Phase",
    "PhoneVoteHall",
    "Plan",
    "Point",
    "Position",
    "Principle",
    "PrincipleState",
    "Promise",
    "PromiseState",
    "PromiseStep",
    "Reach",
    "Readiness",
    "Reading",
    "Roll",
    "Safeguard",
    "Slogan",
    "SloganTrial",
    "Speaker",
    "Stance",
    "Stand",
    "Tally",
    "UnitySentence",
    "UnityText",
    "Verdict",
    "VotingMethod",
    "WaitSign",
]
