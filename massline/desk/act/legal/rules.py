"""Reasons an action of legal support is refused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class ReviewNotAhead:
    def __str__(self) -> str:
        return _("The day on which it is looked at again has to lie ahead.")


@dataclass(frozen=True)
class CardReplaced:
    def __str__(self) -> str:
        return _("A newer version has taken the place of this card. Change that one.")


@dataclass(frozen=True)
class SameChecker:
    def __str__(self) -> str:
        return _("Somebody other than who took it in has to verify it.")


@dataclass(frozen=True)
class MissingMethod:
    def __str__(self) -> str:
        return _("Say how it was checked: seen by an observer, two who do not know each other, a picture.")


@dataclass(frozen=True)
class ReportNotVerified:
    def __str__(self) -> str:
        return _("Only what is verified is shown in public.")


@dataclass(frozen=True)
class OrganisationNotPublic:
    def __str__(self) -> str:
        return _("This organisation does not show itself on the square.")


@dataclass(frozen=True)
class SlotTaken:
    def __str__(self) -> str:
        return _("Somebody else has taken these hours.")
