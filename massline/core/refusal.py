"""Refusals with their reasons: an action raises all of them at once, a page or a form shows them."""

from collections.abc import Sequence
from typing import Protocol


class Reason(Protocol):
    """A reason an action is refused; its text is what a person reads."""

    def __str__(self) -> str: ...


class CodedError(ValueError):
    """A refusal for one reason; `code` names it, the message is what a person reads."""

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class Refused(Exception):
    """An action was refused and nothing was changed; `reasons` holds every reason."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = tuple(reasons)


def refuse(reasons: Sequence[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
