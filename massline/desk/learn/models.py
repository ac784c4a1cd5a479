"""Index of this stage's models, which Django loads; import from the rooms instead."""

from massline.desk.learn.corrections.models import Correction
from massline.desk.learn.hypotheses.models import Evidence, Hypothesis, Verdict
from massline.desk.learn.lessons.models import Confidence, Lesson
from massline.desk.learn.reviews.models import AfterActionReview, Agreement
from massline.desk.learn.sharing.models import ForeignLesson, Gift, GiftKind, KnownKey, Trial

__all__ = [
    "AfterActionReview",
    "Agreement",
    "Confidence",
    "Correction",
    "Evidence",
    "ForeignLesson",
    "Gift",
    "GiftKind",
    "Hypothesis",
    "KnownKey",
    "Lesson",
    "Trial",
    "Verdict",
]
