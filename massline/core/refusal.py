"""Saying no with reasons: a verb gives all that stands in its way, a page or a form shows it."""

from collections.abc import Sequence
from typing import Protocol


class Reason(Protocol):
    """One thing that stands in the way; its words are what a person reads."""

    def __str__(self) -> str: ...


class Refused(Exception):
    """A verb was refused and nothing was changed; `reasons` says everything that stands in its way."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = tuple(reasons)


def refuse(reasons: Sequence[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
