"""Charts drawn on the server: plain data in, one SVG string out, readable without a script.

Each takes `title` (what is to be seen), `desc` (what it shows and rests on) and an `id` unique on the page;
words come from the caller, colours from `static/massline/charts.css`. A table of the same numbers belongs
beside each: `rows` has its cells.
"""

from massline.web.charts.allies import Wedge, spectrum_of_allies
from massline.web.charts.bands import Band
from massline.web.charts.coverage import CoverageBar, coverage_bars
from massline.web.charts.frontier import FrontierPoint, FrontierWords, frontier
from massline.web.charts.mood import MoodPanel, mood_panels
from massline.web.charts.opinion import GroupLabel, opinion_map
from massline.web.charts.pulse import Fan, PulseWords, pulse_chart
from massline.web.charts.spectrum import spectrum
from massline.web.charts.votes import VoteRow, VoteWords, vote_bar, vote_bars

__all__ = [
    "Band",
    "CoverageBar",
    "Fan",
    "FrontierPoint",
    "FrontierWords",
    "GroupLabel",
    "MoodPanel",
    "PulseWords",
    "VoteRow",
    "VoteWords",
    "Wedge",
    "coverage_bars",
    "frontier",
    "mood_panels",
    "opinion_map",
    "pulse_chart",
    "spectrum",
    "spectrum_of_allies",
    "vote_bar",
    "vote_bars",
]
