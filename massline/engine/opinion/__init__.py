"""The opinion map: what divides people, what unites them, and how sure that is.

`estimate` takes a `VoteTable` and a seed and gives an `Opinion`; `document` writes it down; `place` finds one
person on a finished map. Polis showed the way (Small et al. 2021); every number here also says how far it can
be trusted.
"""

from massline.engine.not_enough import NotEnough
from massline.engine.opinion.bridging import CommonGround
from massline.engine.opinion.concordance import Concordance
from massline.engine.opinion.concordance_search import find_alike
from massline.engine.opinion.decision_radius import DecisionRadius, decision_radius
from massline.engine.opinion.document import document, place
from massline.engine.opinion.estimate import Opinion, estimate
from massline.engine.opinion.group_decision import Groups, Spectrum
from massline.engine.opinion.group_test import Separation
from massline.engine.opinion.groups import Partition
from massline.engine.opinion.holdout import Foresight
from massline.engine.opinion.manipulation import Burst, Hands, Influence, bursts
from massline.engine.opinion.map_document import SCHEMA, MapDocument
from massline.engine.opinion.pca import Axes
from massline.engine.opinion.permutation_null import Dimensions
from massline.engine.opinion.polis_rules import PolisStatistics, polis_statistics
from massline.engine.opinion.predict import Predictor
from massline.engine.opinion.projection import Chart, Sketch, sketch
from massline.engine.opinion.renewal import renewed
from massline.engine.opinion.robustness import robustness
from massline.engine.opinion.routing import (
    Draw,
    Share,
    chances,
    corrected_share,
    corrected_shares,
    draw,
    even_weights,
)
from massline.engine.opinion.statements import Counts, StatementTable

__all__ = [
    "SCHEMA",
    "Axes",
    "Burst",
    "Chart",
    "CommonGround",
    "Concordance",
    "Counts",
    "DecisionRadius",
    "Dimensions",
    "Draw",
    "Foresight",
    "Groups",
    "Hands",
    "Influence",
    "MapDocument",
    "NotEnough",
    "Opinion",
    "Partition",
    "PolisStatistics",
    "Predictor",
    "Separation",
    "Share",
    "Sketch",
    "Spectrum",
    "StatementTable",
    "bursts",
    "chances",
    "corrected_share",
    "corrected_shares",
    "decision_radius",
    "document",
    "draw",
    "estimate",
    "even_weights",
    "find_alike",
    "place",
    "polis_statistics",
    "renewed",
    "robustness",
    "sketch",
]
