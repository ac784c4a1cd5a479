"""Pulse of watched issues: alarm, next seven days, growing or fading, and how long past waves lasted."""

from massline.engine.pulse.counts import DailyCounts, IssueCounts
from massline.engine.pulse.document import document, restore_pulse
from massline.engine.pulse.estimate import estimate
from massline.engine.pulse.part_day import PartDay, estimate_part_day
from massline.engine.pulse.result import IssuePulse, Pulse, SevenDayForecast, ShortIssue, TallDay
from massline.engine.pulse.wave_duration import WaveDuration

__all__ = [
    "DailyCounts",
    "IssueCounts",
    "IssuePulse",
    "PartDay",
    "Pulse",
    "SevenDayForecast",
    "ShortIssue",
    "TallDay",
    "WaveDuration",
    "document",
    "estimate",
    "estimate_part_day",
    "restore_pulse",
]
