"""Kinds and states of public events."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    MASS_MEETING = "mass_meeting", _("Mass meeting")
    ACTION = "action", _("Action")
    MEETING = "meeting", _("Meeting")
    SHIFT = "shift", _("Shift")


class Joining(models.TextChoices):
    """How people take part in an event."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    MIXED = "mixed", _("In person and online")


class EventState(models.TextChoices):
    PLANNED = "planned", _("planned")
    CHANGED = "changed", _("changed")
    CANCELLED = "cancelled", _("cancelled")
