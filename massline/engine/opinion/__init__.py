"""The opinion map: what divides people, what unites them, and how sure that is.

`estimate` takes a `VoteTable` and a seed and gives an `Opinion`; `document` writes it down; `place_participant` finds one
person on a finished map. Polis showed the way (Small et al. 2021); every number here also says how far it can
be trusted.
"""

from massline.engine.not_enough import NotEnough
from massline.engine.opinion.alike_answer_search import find_alike_sets
from massline.engine.opinion.alike_answer_test import Concordance
from massline.engine.opinion.bridging import CommonGround
from massline.engine.opinion.decision_radius import DecisionRadius, measure_decision_radius
from massline.engine.opinion.document import document
from massline.engine.opinion.estimate import Opinion, estimate
from massline.engine.opinion.group_outcome import Groups, Spectrum
from massline.engine.opinion.group_test import Separation
from massline.engine.opinion.groups import Partition
from massline.engine.opinion.holdout import PredictionScore
from massline.engine.opinion.incremental_map import update_map
from massline.engine.opinion.influence import Influence
from massline.engine.opinion.map_schema import SCHEMA, MapDocument
from massline.engine.opinion.participant_position import place_participant
from massline.engine.opinion.pca import Axes
from massline.engine.opinion.permutation_null import Dimensions
from massline.engine.opinion.polis_rules import PolisStatistics, polis_statistics
from massline.engine.opinion.projection import MapProjection, Sketch, sketch_map
from massline.engine.opinion.robustness import measure_robustness
from massline.engine.opinion.routing import (
    CorrectedShare,
    StatementDraw,
    corrected_share,
    corrected_shares,
    draw_statement,
    even_weights,
    statement_chances,
)
from massline.engine.opinion.statement_results import Counts, StatementTable
from massline.engine.opinion.vote_patterns import ArrivalBurst, VotePatternsFound, find_arrival_bursts
from massline.engine.opinion.vote_prediction import Predictor

__all__ = [
    "SCHEMA",
    "ArrivalBurst",
    "Axes",
    "CommonGround",
    "Concordance",
    "CorrectedShare",
    "Counts",
    "DecisionRadius",
    "Dimensions",
    "Groups",
    "Influence",
    "MapDocument",
    "MapProjection",
    "NotEnough",
    "Opinion",
    "Partition",
    "PolisStatistics",
    "PredictionScore",
    "Predictor",
    "Separation",
    "Sketch",
    "Spectrum",
    "StatementDraw",
    "StatementTable",
    "VotePatternsFound",
    "corrected_share",
    "corrected_shares",
    "document",
    "draw_statement",
    "estimate",
    "even_weights",
    "find_alike_sets",
    "find_arrival_bursts",
    "measure_decision_radius",
    "measure_robustness",
    "place_participant",
    "polis_statistics",
    "sketch_map",
    "statement_chances",
    "update_map",
]
