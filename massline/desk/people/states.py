"""The kinds and roles of the desk, and the sets of them that rules speak of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    MASS = "mass", _("Mass organisation")
    CHAPTER = "chapter", _("Chapter")
    COALITION = "coalition", _("Coalition")
    INNER = "inner", _("Inner organisation")


class Role(models.IntegerChoices):
    """What somebody may do in one organisation; each role may all that the one before may."""

    MEMBER = 1, _("Member")
    ORGANISER = 2, _("Organiser")
    HOLDER = 3, _("Key-holder")


class Asked(models.IntegerChoices):
    """Of whom a second factor is asked; each asks more than the one before."""

    NOBODY = 0, _("of nobody")
    HOLDERS = 1, _("of key-holders")
    EVERYBODY = 2, _("of everybody")

    def of(self, role: int) -> bool:
        return self == Asked.EVERYBODY or (self == Asked.HOLDERS and role == Role.HOLDER)


class StepState(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    NONE_WANTED = "none_wanted", _("none wanted")


class Source(models.TextChoices):
    """How somebody came to us. A deed of theirs, never a purchase of ours."""

    SIGNED_UP = "signed_up", _("signed up")
    AT_EVENT = "at_event", _("came to an event")
    ASKED_TO_JOIN = "asked", _("asked to join")
    BROUGHT = "brought", _("on a list we brought in")
