"""Reasons why the words somebody said are not changed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Quoted:
    """A finding quotes these words; what is quoted stays as it was heard."""

    finding: str

    def __str__(self) -> str:
        return _("The finding “%(finding)s” quotes these words. Take the quote out of it first.") % {
            "finding": self.finding
        }


@dataclass(frozen=True)
class HeldByLaw:
    """A legal hold is active, so nothing of the organisation is deleted or replaced."""

    def __str__(self) -> str:
        return _("There is a legal hold: nothing may be deleted until it ends.")
