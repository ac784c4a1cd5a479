"""What summing up keeps: sum-ups and their claims, estimates as they stood, words made safe, answers."""

from massline.desk.sumup.answers.models import Answer, AnsweredQuestion
from massline.desk.sumup.claims.models import Citation, Claim, SumUp, SumUpState, TakenOut
from massline.desk.sumup.estimates.models import MoodSnapshot, PulseSnapshot, ThemeSnapshot
from massline.desk.sumup.masking.models import Masking

__all__ = [
    "Answer",
    "AnsweredQuestion",
    "Citation",
    "Claim",
    "Masking",
    "MoodSnapshot",
    "PulseSnapshot",
    "SumUp",
    "SumUpState",
    "TakenOut",
    "ThemeSnapshot",
]
