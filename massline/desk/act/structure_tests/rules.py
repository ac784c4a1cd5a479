"""What stands in the way of a structure test; page and verbs read the same words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NotBeforehand:
    def __str__(self) -> str:
        return _("The deed is chosen beforehand: a test begins today or later.")


@dataclass(frozen=True)
class EndsBefore:
    def __str__(self) -> str:
        return _("It ends before it begins.")


@dataclass(frozen=True)
class NotYet:
    def __str__(self) -> str:
        return _("This test has not begun. Nothing is counted before its first day.")


@dataclass(frozen=True)
class MoreThanThere:
    """More did it than live or work there."""

    section: str
    headcount: int

    def __str__(self) -> str:
        return _("%(section)s has %(n)d people. Count again, or correct how many live or work there.") % {
            "section": self.section,
            "n": self.headcount,
        }
