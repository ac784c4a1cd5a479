"""What summing up keeps: sum-ups and their claims, estimates as they stood, words made safe, answers."""

from massline.desk.sumup.models.answering import Answer, AnsweredQuestion
from massline.desk.sumup.models.masking import Masking
from massline.desk.sumup.models.snapshots import MoodSnapshot, PulseSnapshot, ThemeSnapshot
from massline.desk.sumup.models.sum_up import Citation, Claim, SumUp, SumUpState, TakenOut

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
