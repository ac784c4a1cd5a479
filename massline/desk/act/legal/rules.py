"""What stands in the way at the legal desk; page and verbs read the same words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class OldOnArrival:
    def __str__(self) -> str:
        return _("The day on which it is looked at again has to lie ahead.")


@dataclass(frozen=True)
class Replaced:
    def __str__(self) -> str:
        return _("A newer version has taken the place of this card. Change that one.")


@dataclass(frozen=True)
class SameEyes:
    def __str__(self) -> str:
        return _("Somebody other than who took it in has to verify it.")


@dataclass(frozen=True)
class NoHow:
    def __str__(self) -> str:
        return _("Say how it was checked: seen by an observer, two who do not know each other, a picture.")


@dataclass(frozen=True)
class NotVerified:
    def __str__(self) -> str:
        return _("Only what is verified is shown in public.")


@dataclass(frozen=True)
class NotPublic:
    def __str__(self) -> str:
        return _("This organisation does not show itself on the square.")


@dataclass(frozen=True)
class Taken:
    def __str__(self) -> str:
        return _("Somebody else has taken these hours.")
