"""Reasons an action at a meeting is refused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class MeetingClosed:
    def __str__(self) -> str:
        return _("This meeting is closed and can’t be changed.")


@dataclass(frozen=True)
class NoNextMeeting:
    def __str__(self) -> str:
        return _("Announce the next meeting before people leave. Choose it, or say why there is none.")


@dataclass(frozen=True)
class NextMeetingNotAhead:
    def __str__(self) -> str:
        return _("The next meeting must be after this one.")


@dataclass(frozen=True)
class MotionOpen:
    """A motion of this meeting is still open."""

    motion: str

    def __str__(self) -> str:
        return _("“%(motion)s” is still open. Count the votes or withdraw it, then close the meeting.") % {
            "motion": self.motion
        }


@dataclass(frozen=True)
class ItemHasMotion:
    def __str__(self) -> str:
        return _("There is a motion here. Use the motion’s own list of speakers.")
