"""Reasons a list is not made, nobody is called now, or an answer is not kept."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.desk.act.phone_lists.models import Outcome


@dataclass(frozen=True)
class NobodyToTell:
    def __str__(self) -> str:
        return _("Nobody new is to be told: nobody who asked for it is left, or all are on a list already.")


@dataclass(frozen=True)
class NobodyCalls:
    def __str__(self) -> str:
        return _("Choose at least one person who calls.")


@dataclass(frozen=True)
class NoEventYet:
    def __str__(self) -> str:
        return _("The call is not out yet. Publish it, then tell people.")


@dataclass(frozen=True)
class EventIsOver:
    def __str__(self) -> str:
        return _("This event is over, so nobody is called about it any more.")


@dataclass(frozen=True)
class AnsweredAlready:
    outcome: Outcome

    def __str__(self) -> str:
        sentence = _(
            "An answer for this person is saved already: “%(outcome)s”. Yours was not added. What you wrote is still here."
        )
        return sentence % {"outcome": self.outcome.label}
