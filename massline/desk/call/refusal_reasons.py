"""Reasons no call is written from a decision."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class DecisionWaits:
    def __str__(self) -> str:
        return _("We decided to wait. Take the decision up again before anybody is called.")
