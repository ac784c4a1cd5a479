"""Reasons a list is not made, or nobody is called now."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NobodyToTell:
    def __str__(self) -> str:
        return _("Nobody new is to be told: nobody who asked for it is left, or all are on a list already.")


@dataclass(frozen=True)
class NobodyCalls:
    def __str__(self) -> str:
        return _("Choose at least one person who calls.")


@dataclass(frozen=True)
class NoEventYet:
    def __str__(self) -> str:
        return _("The call is not out yet. Publish it, then tell people.")
