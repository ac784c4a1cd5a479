"""Reasons an action at a meeting is refused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class MeetingClosed:
    def __str__(self) -> str:
        return _("This meeting is closed. What was written stays as it is.")


@dataclass(frozen=True)
class NoNextMeeting:
    def __str__(self) -> str:
        return _("Nobody leaves before the next meeting is announced. Choose it, or say why there is none.")


@dataclass(frozen=True)
class NextMeetingNotAhead:
    def __str__(self) -> str:
        return _("The next meeting has to lie after this one.")


@dataclass(frozen=True)
class MotionOpen:
    """A motion of this meeting is still open."""

    motion: str

    def __str__(self) -> str:
        return _("“%(motion)s” is still open. Count it, or withdraw it, then close the meeting.") % {
            "motion": self.motion
        }


@dataclass(frozen=True)
class ItemHasMotion:
    def __str__(self) -> str:
        return _("A motion is put here. Its own list of speakers is the one.")
