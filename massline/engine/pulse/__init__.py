"""Pulse of watched issues: alarm, next seven days, growing or fading, and how long past waves lasted."""

from massline.engine.pulse.counts import DailyCounts, IssueCounts
from massline.engine.pulse.document import document, restore_pulse
from massline.engine.pulse.estimate import estimate
from massline.engine.pulse.part_day import PartDay, estimate_part_day
from massline.engine.pulse.result import IssuePulse, NextSeven, Pulse, ShortIssue, TallDay
from massline.engine.pulse.wave_duration import Window

__all__ = [
    "DailyCounts",
    "IssueCounts",
    "IssuePulse",
    "NextSeven",
    "PartDay",
    "Pulse",
    "ShortIssue",
    "TallDay",
    "Window",
    "document",
    "estimate",
    "estimate_part_day",
    "restore_pulse",
]
