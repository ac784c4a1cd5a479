"""Index of this stage's models, which Django loads; import from the rooms instead."""

from massline.desk.sumup.analyses.models import AnalysedQuestion, Analysis
from massline.desk.sumup.claims.models import Citation, Claim, SumUp, SumUpState, TakenOut
from massline.desk.sumup.estimates.models import MoodSnapshot, PulseSnapshot, ThemeSnapshot
from massline.desk.sumup.masking.models import Masking
from massline.desk.sumup.questions.models import Answer, AnsweredQuestion
from massline.desk.sumup.quote_placement.models import LeftOut

__all__ = [
    "AnalysedQuestion",
    "Analysis",
    "Answer",
    "AnsweredQuestion",
    "Citation",
    "Claim",
    "LeftOut",
    "Masking",
    "MoodSnapshot",
    "PulseSnapshot",
    "SumUp",
    "SumUpState",
    "TakenOut",
    "ThemeSnapshot",
]
