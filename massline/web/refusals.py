"""Show the reasons of a refusal on the next page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from massline.core.refusal import Refused


@contextmanager
def show_reasons(request: HttpRequest, done: str = "") -> Iterator[None]:
    """Show the reasons of a refusal on the next page, or what was done."""
    try:
        yield
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
    else:
        if done:
            messages.success(request, done)
