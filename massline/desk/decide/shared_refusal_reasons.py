"""Reasons for refusal that several rooms of this wing give."""

from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class ReviewNotAhead:
    day: date

    def __str__(self) -> str:
        return _("The review day %(day)s is in the past. Choose a future day.") % {
            "day": formats.date_format(self.day, "j F Y")
        }


@dataclass(frozen=True)
class NotPublic:
    def __str__(self) -> str:
        return _("This organisation has no public page, so nothing can be published.")


@dataclass(frozen=True)
class NoWords:
    """A required text was left empty; `what` names it."""

    what: str

    @property
    def code(self) -> str:
        return f"no-{self.what}"

    def __str__(self) -> str:
        return {
            "title": _("Say in one sentence what you decided."),
            "answer": _("Write what we say to the offer, as somebody would say it at a door."),
            "why": _("Say why. People who voted against will read it."),
            "demand": _("Write the demand: what do you want, and from whom?"),
            "principle": _("Write the principle in your own words."),
            "question": _("Say what it might be time for."),
            "leaning": _("Say why it points that way."),
            "forecast": _("Say what you expect."),
            "criterion": _("Say how you will know, so nobody argues on the day."),
            "change": _("Say what would change it. Otherwise waiting turns into forgetting."),
            "phase": _("Give the phase a name."),
            "aim": _("Say what will be different afterwards."),
            "what": _("Say what you will do together."),
            "motion": _("Write one sentence that people can answer with yes or no."),
            "meeting": _("Name the meeting."),
            "speaker": _("Give a name to call out."),
            "unity": _("Add a title and at least one sentence."),
            "instead": _("Say which words you would accept instead."),
            "left": _("Say why you are leaving."),
            "slogan": _("Write it as you would shout it."),
            "force": _("Enter the organisation or the office."),
            "move": _("Say what they did."),
            "source": _("Say where people can read about it. We only show what can be checked."),
            "retired": _("Say why you drop it. Someone will ask in a year."),
        }[self.what]


@dataclass(frozen=True)
class PrivatePerson:
    name: str

    def __str__(self) -> str:
        return _("“%(name)s” looks like a private person. Enter the office or the organisation.") % {
            "name": self.name
        }


@dataclass(frozen=True)
class ThereAlready:
    name: str

    def __str__(self) -> str:
        return _("“%(name)s” is already here. Nothing was added.") % {"name": self.name}


@dataclass(frozen=True)
class NotLikely:
    percent: int

    def __str__(self) -> str:
        return _("Nothing is certain: choose a number from 1 to 99, not %(n)d.") % {"n": self.percent}


@dataclass(frozen=True)
class EndsBefore:
    day: date

    def __str__(self) -> str:
        return _("The end is before the start.")
