"""Charts drawn on the server: plain data in, one SVG string out, readable without a script.

Each takes `title` (what is to be seen), `desc` (what it shows and rests on) and an `id` unique on the page;
words come from the caller, colours from `static/massline/charts.css`. A table of the same numbers belongs
beside each: `rows` has its cells.
"""

from massline.web.charts.opinion import GroupLabel, opinion_map
from massline.web.charts.spectrum import spectrum
from massline.web.charts.votes import VoteRow, VoteWords, vote_bar, vote_bars

__all__ = ["GroupLabel", "VoteRow", "VoteWords", "opinion_map", "spectrum", "vote_bar", "vote_bars"]
