"""States of conversations, statements and votes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Value(models.IntegerChoices):
    AGREE = 1, _("Agree")
    DISAGREE = -1, _("Disagree")
    PASS = 0, _("Pass")


class WordsShown(models.TextChoices):
    """The moment at which people's own words appear."""

    HELD = "held", _("after a moderator read them")
    AT_ONCE = "at_once", _("at once")


class ResultsShown(models.TextChoices):
    LIVE = "live", _("while it runs")
    SEALED = "sealed", _("only after it closes")


class StatementState(models.TextChoices):
    HELD = "held", _("waiting")
    SHOWN = "shown", _("shown")
    TURNED_DOWN = "turned_down", _("turned down")
    CLOSED = "closed", _("closed")
