"""Choices about a table that only a person can make: the order of day and month, the encoding, the sheet."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayOrder(models.TextChoices):
    """The order of day and month in days such as 3/4/2026."""

    TOLD = "", _("the table tells it")
    DAY_FIRST = "day", _("day first: 3/4 is 3 April")
    MONTH_FIRST = "month", _("month first: 3/4 is March 4")


def month_first(order: str) -> bool | None:
    """What a choice of order says about the month; None where nothing was chosen."""
    return None if order == DayOrder.TOLD else order == DayOrder.MONTH_FIRST
