"""Reasons a decision is not recorded."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.desk.people.models import Account


@dataclass(frozen=True)
class NoDemands:
    def __str__(self) -> str:
        return _("A decision rests on at least one demand, or on a motion that was carried.")


@dataclass(frozen=True)
class MotionNotCarried:
    def __str__(self) -> str:
        return _("This motion was not carried here. A decision can rest on a motion once it is.")


@dataclass(frozen=True)
class MotionDecided:
    title: str

    def __str__(self) -> str:
        return _("This motion is written down already, as “%(title)s”.") % {"title": self.title}


@dataclass(frozen=True)
class ElectionNotCounted:
    def __str__(self) -> str:
        return _("This vote is not counted yet. A decision can rest on it once it is.")


@dataclass(frozen=True)
class ElectionDecided:
    title: str

    def __str__(self) -> str:
        return _("This result is written down already, as “%(title)s”.") % {"title": self.title}


@dataclass(frozen=True)
class NotWaiting:
    def __str__(self) -> str:
        return _("This decision does not wait. Nothing was changed.")


@dataclass(frozen=True)
class NoOwner:
    def __str__(self) -> str:
        return _("Choose who is responsible. Otherwise nobody will do it.")


@dataclass(frozen=True)
class OwnerNotHere:
    owner: Account

    def __str__(self) -> str:
        return _("%(owner)s is not a member here and can’t be responsible for this decision.") % {
            "owner": self.owner
        }


@dataclass(frozen=True)
class NoReviewDate:
    def __str__(self) -> str:
        return _("Choose a day to check how it went. Without one, nobody learns from it.")
