"""The threshold that pages, verbs and estimates hand on: one value per organisation."""

import hashlib
from typing import Protocol

from django.conf import settings

from massline.engine.privacy.threshold import LEAST, Threshold


class HasThreshold(Protocol):
    """An organisation with a threshold of its own, at the desk or on the public page."""

    @property
    def small_cell(self) -> int: ...


def threshold(organisation: HasThreshold) -> Threshold:
    """Return the larger of MASSLINE_SMALL_CELL and the organisation's own value, as they are now; never under 5."""
    return Threshold(max(LEAST, settings.SMALL_CELL, organisation.small_cell))


def digest_of_rows(rows: object, threshold: Threshold) -> str:
    """Return the digest of what an estimate is made from; a threshold above the least makes another estimate."""
    given = rows if threshold.k == LEAST else (threshold.k, rows)
    return hashlib.sha256(repr(given).encode()).hexdigest()
