"""Answers an estimate may give instead of a number."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NotEnough:
    """Too little has been gathered for an honest number.

    Attributes
    ----------
    have, need
        What is there and what it would take, in the unit that `what` names.
    what
        The unit, in the plural: "readings", "days of counts", "participants".
    """

    have: int
    need: int
    what: str = ""
