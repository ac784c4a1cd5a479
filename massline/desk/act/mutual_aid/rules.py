"""Reasons an action of a programme is refused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NoMatchingPair:
    def __str__(self) -> str:
        return _("One asks and one offers, in the same programme, and both are still open.")


@dataclass(frozen=True)
class MoreThanHelpers:
    def __str__(self) -> str:
        return _("More came over to run it than ran it at all. Count again.")


@dataclass(frozen=True)
class ProgrammeEnded:
    def __str__(self) -> str:
        return _("This programme has ended.")
