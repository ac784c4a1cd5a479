"""Index of this stage's models, which Django loads; import from the rooms instead."""

from massline.desk.learn.follow_up.models import Agreement, Correction, Evidence, Hypothesis, Verdict
from massline.desk.learn.lessons.models import Confidence, Lesson
from massline.desk.learn.reviews.models import AfterActionReview
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
