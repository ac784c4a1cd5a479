"""Reasons an action of a programme is refused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NoMatchingPair:
    def __str__(self) -> str:
        return _("Match one request with one offer from the same programme, both still open.")


@dataclass(frozen=True)
class MoreThanHelpers:
    def __str__(self) -> str:
        return _("More people first came for help than ran it. Please check the numbers.")


@dataclass(frozen=True)
class ProgrammeEnded:
    def __str__(self) -> str:
        return _("This programme has ended.")
