"""Reasons a promise or an outcome is not recorded."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class SettledAlready:
    def __str__(self) -> str:
        return _("Somebody has already written down what came of it. Nothing was changed.")


@dataclass(frozen=True)
class NoLaterDay:
    def __str__(self) -> str:
        return _("Your text is still here. It was put off: to which later day?")
