"""Reasons somebody may not stand as the second person, or may not be vouched for."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from massline.web.templatetags.massline import on_day


@dataclass(frozen=True)
class SamePerson:
    def __str__(self) -> str:
        return _("Another person must do this: two people, not the same person twice.")


@dataclass(frozen=True)
class NoLongerMember:
    name: str

    def __str__(self) -> str:
        return _("%(name)s is not a member here any more.") % {"name": self.name}


@dataclass(frozen=True)
class NotVouchedFor:
    """The two came in through the same person, and somebody who did not could vouch."""

    first: str
    second: str

    def __str__(self) -> str:
        return _(
            "%(first)s and %(second)s came in through the same person. Another key-holder must vouch first: under "
            "Guard, the newer one shows a code and reads it aloud. It counts from the next day."
        ) % {"first": self.first, "second": self.second}


@dataclass(frozen=True)
class TooNew:
    """The two came in through the same person, and nobody else could vouch."""

    day: date

    def __str__(self) -> str:
        return _(
            "You came in through the same person, and nobody else could vouch. From %(day)s you count as two people."
        ) % {"day": on_day(self.day)}


@dataclass(frozen=True)
class WrongCode:
    def __str__(self) -> str:
        return _("That code is wrong or too old. Nothing was changed. Ask them to show a new one.")


@dataclass(frozen=True)
class NotIndependent:
    name: str

    def __str__(self) -> str:
        return _(
            "You and %(name)s came in through the same person, so another key-holder must vouch for them."
        ) % {"name": self.name}
