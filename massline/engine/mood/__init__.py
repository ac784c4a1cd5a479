"""Mood of sections over time: a hierarchical dynamic model of sparse, irregular, biased readings."""

from massline.engine.mood.document import document, restore_mood
from massline.engine.mood.estimate import estimate
from massline.engine.mood.group_reports import Report
from massline.engine.mood.newest_days import Newest
from massline.engine.mood.readings import MoodReadings
from massline.engine.mood.result import Break, Hyper, Mood, SourceBias

__all__ = [
    "Break",
    "Hyper",
    "Mood",
    "MoodReadings",
    "Newest",
    "Report",
    "SourceBias",
    "document",
    "estimate",
    "restore_mood",
]
