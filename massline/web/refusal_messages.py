"""Show the reasons of a refusal on the next page, or what was done.

A page names every notice (`data-part`), so that scripts and tests find it whatever it says.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from massline.core.refusal import Refused


@contextmanager
def show_reasons(request: HttpRequest, done: str = "", *, part: str = "") -> Iterator[None]:
    """Show the reasons of a refusal on the next page, or what was done; `part` names the latter."""
    try:
        yield
    except Refused as refused:
        show_refusal(request, refused)
    else:
        if done:
            messages.success(request, done, extra_tags=part)


def show_refusal(request: HttpRequest, refused: Refused) -> None:
    """Show every reason of a refusal on the next page."""
    for reason in refused.reasons:
        messages.error(request, str(reason), extra_tags=name_of_reason(reason))


def name_of_reason(reason: object) -> str:
    """Return a reason's code, what it says is missing, or its class: `NoOwner` is `no-owner`."""
    name = getattr(reason, "code", "") or getattr(reason, "missing", "") or type(reason).__name__
    return to_kebab_case(str(name))


def to_kebab_case(name: str) -> str:
    """Write a name in lower case, its words joined by hyphens."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[ _]", "-", name).lower()


def form_errors(refusal: Exception) -> list[ValidationError]:
    """Return a refusal as errors of a form, each with the name of its reason as its code."""
    reasons = refusal.reasons if isinstance(refusal, Refused) else (refusal,)
    return [ValidationError(str(reason), code=name_of_reason(reason)) for reason in reasons]
