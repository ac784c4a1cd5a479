"""Choices about a table that only a person can make: the order of day and month, and what a word means."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_WORDS = 20


class DayOrder(models.TextChoices):
    """The order of day and month in days such as 3/4/2026."""

    TOLD = "", _("the table tells it")
    DAY_FIRST = "day", _("day first: 3/4 is 3 April")
    MONTH_FIRST = "month", _("month first: 3/4 is March 4")


def is_month_first(order: str) -> bool | None:
    """What a choice of order says about the month; None where nothing was chosen."""
    return None if order == DayOrder.TOLD else order == DayOrder.MONTH_FIRST


def add_meaning_fields(
    form: forms.Form, words: Counter[str], prefix: str, choices: Sequence[tuple[str, "StrOrPromise"]]
) -> list[str]:
    """Add a field for each of the commonest words of a table that nobody could read; gives the words asked about."""
    asked = sorted(words, key=lambda word: (-words[word], word))[:MOST_WORDS]
    for number, word in enumerate(asked):
        form.fields[f"{prefix}_{number}"] = forms.ChoiceField(
            label=ngettext(
                "“%(word)s” is there %(n)d time. What does it mean?",
                "“%(word)s” is there %(n)d times. What does it mean?",
                words[word],
            )
            % {"word": word[:60], "n": words[word]},
            choices=choices,
            required=False,
        )
    return asked


def read_meanings(form: forms.Form, asked: Sequence[str], prefix: str) -> dict[str, str]:
    """The meaning that was chosen for each word; the form must be valid."""
    given = form.cleaned_data
    chosen = {word: given.get(f"{prefix}_{number}", "") for number, word in enumerate(asked)}
    return {word: meaning for word, meaning in chosen.items() if meaning}
