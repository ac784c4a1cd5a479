"""States of conversations, statements and votes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Value(models.IntegerChoices):
    AGREE = 1, _("Agree")
    DISAGREE = -1, _("Disagree")
    PASS = 0, _("Pass")


class WordsShown(models.TextChoices):
    """The moment at which people's own words appear."""

    HELD = "held", _("after a moderator has read them")
    AT_ONCE = "at_once", _("straight away")


class ResultsShown(models.TextChoices):
    LIVE = "live", _("while the conversation is open")
    SEALED = "sealed", _("only after it has closed")


class StatementState(models.TextChoices):
    HELD = "held", _("waiting to be read")
    SHOWN = "shown", _("shown")
    TURNED_DOWN = "turned_down", _("turned down")
    CLOSED = "closed", _("closed")
