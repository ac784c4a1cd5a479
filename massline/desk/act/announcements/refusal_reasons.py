"""Reasons an announcement is not made."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NobodyReachable:
    def __str__(self) -> str:
        return _("Nobody can be told by a message now. Use a phone list for those who asked to be told.")


@dataclass(frozen=True)
class NotReady:
    def __str__(self) -> str:
        return _("The program that sends messages is not running yet. Start it, then try again in a minute.")
