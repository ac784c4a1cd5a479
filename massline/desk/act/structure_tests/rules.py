"""Reasons an action of a structure test is refused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class TestNotBeforehand:
    def __str__(self) -> str:
        return _("The deed is chosen beforehand: a test begins today or later.")


@dataclass(frozen=True)
class EndsBeforeStart:
    def __str__(self) -> str:
        return _("It ends before it begins.")


@dataclass(frozen=True)
class TestNotBegun:
    def __str__(self) -> str:
        return _("This test has not begun. Nothing is counted before its first day.")


@dataclass(frozen=True)
class MoreThanHeadcount:
    """More people did it than live or work in the section."""

    section: str
    headcount: int

    def __str__(self) -> str:
        return _("%(section)s has %(n)d people. Count again, or correct how many live or work there.") % {
            "section": self.section,
            "n": self.headcount,
        }
