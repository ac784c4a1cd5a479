"""Saying no with reasons: a verb gives all that stands in its way, a page or a form shows it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest


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


@contextmanager
def saying_why(request: HttpRequest, done: str = "") -> Iterator[None]:
    """Show the reasons of a refusal on the next page, or what was done."""
    try:
        yield
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
    else:
        if done:
            messages.success(request, done)
