"""Reasons for refusal that several rooms of this wing give."""

from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class ReviewNotAhead:
    day: date

    def __str__(self) -> str:
        return _("The review on %(day)s does not lie ahead. Choose a day to come.") % {
            "day": formats.date_format(self.day, "j F Y")
        }


@dataclass(frozen=True)
class NotPublic:
    def __str__(self) -> str:
        return _("This organisation has no public face: nothing of it goes to the square.")


@dataclass(frozen=True)
class NoWords:
    """A required text was left empty; `what` names it."""

    what: str

    @property
    def code(self) -> str:
        return f"no-{self.what}"

    def __str__(self) -> str:
        return {
            "title": _("Say in one sentence what was decided."),
            "why": _("Say why. Those who lost will read it."),
            "demand": _("Word the demand: what do we ask, and of whom?"),
            "principle": _("Say the principle in your own words."),
            "question": _("Say what it may be time for."),
            "leaning": _("Say why it leans that way."),
            "forecast": _("Say what we expect."),
            "criterion": _("Say how we shall know, so that nobody argues about it on the day."),
            "change": _("Say what would change it. A decision to wait without that is a decision to forget."),
            "phase": _("Name the phase."),
            "aim": _("Say what is different afterwards."),
            "what": _("Say what we do together."),
            "motion": _("Put it in one sentence that can be answered with yes or no."),
            "meeting": _("Name the meeting."),
            "speaker": _("Say whom to call."),
            "unity": _("Give it a title and at least one sentence."),
            "instead": _("Say which words you would take instead."),
            "left": _("Say why we leave."),
            "slogan": _("Say it as one would shout it."),
            "force": _("Name the organisation or the office."),
            "move": _("Say what it did."),
            "source": _("Say where that can be read. What nobody can check does not stand here."),
            "retired": _("Say why we let it go. Who asks in a year will read it."),
        }[self.what]


@dataclass(frozen=True)
class PrivatePerson:
    name: str

    def __str__(self) -> str:
        return _("“%(name)s” reads like a private person. Write the office or the organisation.") % {
            "name": self.name
        }


@dataclass(frozen=True)
class ThereAlready:
    name: str

    def __str__(self) -> str:
        return _("“%(name)s” stands here already. Nothing was added.") % {"name": self.name}


@dataclass(frozen=True)
class NotLikely:
    percent: int

    def __str__(self) -> str:
        return _("Nothing is certain: say a number from 1 to 99 instead of %(n)d.") % {"n": self.percent}


@dataclass(frozen=True)
class EndsBefore:
    day: date

    def __str__(self) -> str:
        return _("It ends before it begins.")
