"""Kinds of organisations, roles, second-factor rules, states of next steps, and sources of contacts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    MASS = "mass", _("Mass organisation")
    CHAPTER = "chapter", _("Chapter")
    COALITION = "coalition", _("Coalition")
    INNER = "inner", _("Closed group")


class Role(models.IntegerChoices):
    """Roles in one organisation; each includes the rights of the one before."""

    MEMBER = 1, _("Member")
    ORGANISER = 2, _("Organiser")
    HOLDER = 3, _("Key-holder")


class SecondFactorRule(models.IntegerChoices):
    """Accounts that must use a second factor; each rule is stricter than the one before."""

    NOBODY = 0, _("for nobody")
    HOLDERS = 1, _("for key-holders")
    EVERYBODY = 2, _("for everyone")

    def applies_to(self, role: int) -> bool:
        return self == SecondFactorRule.EVERYBODY or (
            self == SecondFactorRule.HOLDERS and role == Role.HOLDER
        )


class NextStepState(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    NONE_WANTED = "none_wanted", _("wants no next step")


class ContactSource(models.TextChoices):
    """The origin of a contact: always a deed of their own, never bought."""

    SIGNED_UP = "signed_up", _("signed up")
    AT_EVENT = "at_event", _("came to an event")
    ASKED_TO_JOIN = "asked", _("asked to join")
    BROUGHT = "brought", _("on a list we imported")
