"""Reasons a hall is not opened, a motion is not asked there, or a vote by account is not taken."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class HallGone:
    def __str__(self) -> str:
        return _("The votes of this hall have ended. Open a new one for this meeting, with new cards.")


@dataclass(frozen=True)
class InHallAlready:
    def __str__(self) -> str:
        return _("The hall votes on this already. Nothing was changed.")


@dataclass(frozen=True)
class VotesByCard:
    def __str__(self) -> str:
        return _("Everybody votes with a card here, you too. Take one at the entrance.")
