"""Reasons an action of a structure test is refused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class TestNotBeforehand:
    def __str__(self) -> str:
        return _("Choose the action beforehand: a test starts today or later.")


@dataclass(frozen=True)
class EndsBeforeStart:
    def __str__(self) -> str:
        return _("The end is before the start.")


@dataclass(frozen=True)
class TestNotBegun:
    def __str__(self) -> str:
        return _("This test has not started. You can count from its first day.")


@dataclass(frozen=True)
class MoreThanHeadcount:
    """More people did it than live or work in the section."""

    section: str
    headcount: int

    def __str__(self) -> str:
        return _(
            "%(section)s has %(n)d people. Please check your count, or correct how many live or work there."
        ) % {
            "section": self.section,
            "n": self.headcount,
        }
