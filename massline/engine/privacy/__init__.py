"""Nothing small leaves: cells under k are hidden, and cannot be had back by subtraction.

Counts live in a `Cube` (say section x answer). Tables are margins of it, published together and again later as
more people are heard. Hiding only the small cells is not enough: what is hidden alone in a row follows from the
row's total (Cox 1980; Hundepool et al., *Statistical Disclosure Control*, 2012, ch. 4). `choose_shown_cells` hides further
cells until an attacker who solves for each hidden number by linear programming is left with a span of at least
k; `audit_releases` is that attacker. A change of fewer than k people between two dates counts as a small cell too.
"""

from massline.engine.privacy.contingency_tables import Cell, Cube, Release, add_margins
from massline.engine.privacy.reconstruction_attack import Bounds
from massline.engine.privacy.release import audit_releases, choose_shown_cells
from massline.engine.privacy.rounding import RoundedShare, rounded_share, truncate_to_day
from massline.engine.privacy.threshold import Threshold

__all__ = [
    "Bounds",
    "Cell",
    "Cube",
    "Release",
    "RoundedShare",
    "Threshold",
    "add_margins",
    "audit_releases",
    "choose_shown_cells",
    "rounded_share",
    "truncate_to_day",
]
