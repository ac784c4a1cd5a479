"""Charts drawn on the server: plain data in, one SVG string out, readable without a script.

Each takes `title` (what is to be seen), `desc` (what it shows and rests on) and an `id` unique on the page;
words come from the caller, colours from `static/massline/charts.css`. A table of the same numbers belongs
beside each: `rows` has its cells.
"""

from massline.web.charts.allies_spectrum import Wedge, draw_spectrum_of_allies
from massline.web.charts.coverage import CoverageBar, draw_coverage_bars
from massline.web.charts.frontier import FrontierPoint, FrontierWords, draw_frontier
from massline.web.charts.interval_bands import Band
from massline.web.charts.mood import MoodPanel, draw_mood_panels
from massline.web.charts.opinion_map import GroupLabel, draw_opinion_map
from massline.web.charts.opinion_spectrum import draw_spectrum
from massline.web.charts.pulse import ForecastFan, PulseWords, draw_pulse_chart
from massline.web.charts.sparklines import draw_spark_bars, draw_spark_turn
from massline.web.charts.vote_bars import VoteRow, VoteWords, draw_vote_bar, draw_vote_bars

__all__ = [
    "Band",
    "CoverageBar",
    "ForecastFan",
    "FrontierPoint",
    "FrontierWords",
    "GroupLabel",
    "MoodPanel",
    "PulseWords",
    "VoteRow",
    "VoteWords",
    "Wedge",
    "draw_coverage_bars",
    "draw_frontier",
    "draw_mood_panels",
    "draw_opinion_map",
    "draw_pulse_chart",
    "draw_spark_bars",
    "draw_spark_turn",
    "draw_spectrum",
    "draw_spectrum_of_allies",
    "draw_vote_bar",
    "draw_vote_bars",
]
