"""Panels drawn by lot under quotas, so that the chances of all in the pool are as equal as the quotas allow.

`leximin_probabilities` finds them, `list_panels` turns them into a list whose rows are named by five dice, `document` writes down
what anybody may check.
"""

from massline.engine.lot.document import SCHEMA, LotDocument, document, restore_lot
from massline.engine.lot.leximin import PanelProbabilities, leximin_probabilities
from massline.engine.lot.panels import DICE, PanelList, list_panels
from massline.engine.lot.pool import Pool, Quota, gather_pool

__all__ = [
    "DICE",
    "SCHEMA",
    "LotDocument",
    "PanelList",
    "PanelProbabilities",
    "Pool",
    "Quota",
    "document",
    "gather_pool",
    "leximin_probabilities",
    "list_panels",
    "restore_lot",
]
