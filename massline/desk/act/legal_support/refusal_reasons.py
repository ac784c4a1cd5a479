"""Reasons an action of legal support is refused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class ReviewNotAhead:
    def __str__(self) -> str:
        return _("The next check must be on a future day.")


@dataclass(frozen=True)
class CardReplaced:
    def __str__(self) -> str:
        return _("A newer version has replaced this card. Change that one.")


@dataclass(frozen=True)
class SameChecker:
    def __str__(self) -> str:
        return _("Someone other than the person who took the report must check it.")


@dataclass(frozen=True)
class MissingMethod:
    def __str__(self) -> str:
        return _(
            "Say how it was checked: by an observer, by two people who don’t know each other, or "
            "with a photo."
        )


@dataclass(frozen=True)
class ReportNotVerified:
    def __str__(self) -> str:
        return _("Only checked reports are shown in public.")


@dataclass(frozen=True)
class OrganisationNotPublic:
    def __str__(self) -> str:
        return _("This organisation has no public page.")


@dataclass(frozen=True)
class SlotTaken:
    def __str__(self) -> str:
        return _("Someone else has taken this shift.")
