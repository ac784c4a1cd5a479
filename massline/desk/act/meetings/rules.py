"""What stands in the way at a meeting; page and test read the same words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Closed:
    def __str__(self) -> str:
        return _("This meeting is closed. What was written stays as it is.")


@dataclass(frozen=True)
class NoNextMeeting:
    def __str__(self) -> str:
        return _("Nobody leaves before the next meeting is announced. Choose it, or say why there is none.")


@dataclass(frozen=True)
class NotAhead:
    def __str__(self) -> str:
        return _("The next meeting has to lie after this one.")


@dataclass(frozen=True)
class MotionOpen:
    """A motion of this meeting has not been voted on."""

    motion: str

    def __str__(self) -> str:
        return _("“%(motion)s” is still open. Count it, or withdraw it, then close the meeting.") % {
            "motion": self.motion
        }


@dataclass(frozen=True)
class HasMotion:
    def __str__(self) -> str:
        return _("A motion is put here. Its own list of speakers is the one.")
