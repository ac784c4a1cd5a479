"""Mood of sections over time: a hierarchical dynamic model of sparse, irregular, biased readings."""

from massline.engine.mood.document import document, restore_mood
from massline.engine.mood.estimate import estimate
from massline.engine.mood.group_reports import GroupReport
from massline.engine.mood.newest_day_counts import NewestDayHeard
from massline.engine.mood.readings import MoodReadings
from massline.engine.mood.result import Break, Hyperparameters, Mood, SourceBias

__all__ = [
    "Break",
    "GroupReport",
    "Hyperparameters",
    "Mood",
    "MoodReadings",
    "NewestDayHeard",
    "SourceBias",
    "document",
    "estimate",
    "restore_mood",
]
