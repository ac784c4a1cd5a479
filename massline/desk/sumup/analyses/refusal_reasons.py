"""Reasons an analysis is not written or not published."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NoPoints:
    def __str__(self) -> str:
        return _("Your text is still here. Write at least one point, with where people can check it.")


@dataclass(frozen=True)
class NoSource:
    text: str

    def __str__(self) -> str:
        return _("Your text is still here. Say where people can check this: “%(text)s”") % {"text": self.text}


@dataclass(frozen=True)
class OwnAnalysis:
    """The writer may not publish."""

    def __str__(self) -> str:
        return _("You wrote this. Another organiser must check the sources and publish it.")


@dataclass(frozen=True)
class PublishedAlready:
    def __str__(self) -> str:
        return _("It is published already. Nothing was changed.")
