"""Nothing small leaves: cells under k are hidden, and cannot be had back by subtraction.

Counts live in a `Cube` (say section x answer). Tables are margins of it, published together and again later as
more people are heard. Hiding only the small cells is not enough: what is hidden alone in a row follows from the
row's total (Cox 1980; Hundepool et al., *Statistical Disclosure Control*, 2012, ch. 4). `protect` hides further
cells until an attacker who solves for each hidden number by linear programming is left with a span of at least
k; `audit` is that attacker. A change of fewer than k people between two dates counts as a small cell too.
"""

from massline.engine.privacy.attack import Span
from massline.engine.privacy.release import audit, protect
from massline.engine.privacy.rounding import Share, rounded_share, to_day
from massline.engine.privacy.tables import Cell, Cube, Release, with_margins
from massline.engine.privacy.threshold import Threshold

__all__ = [
    "Cell",
    "Cube",
    "Release",
    "Share",
    "Span",
    "Threshold",
    "audit",
    "protect",
    "rounded_share",
    "to_day",
    "with_margins",
]
