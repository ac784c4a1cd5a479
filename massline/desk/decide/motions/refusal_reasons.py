"""Reasons an amendment is not taken into a motion."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class LetInForMotion:
    def __str__(self) -> str:
        return _(
            "You came in on the day this was put or later, through the same person as whoever put it. So you cannot "
            "vote on it by phone. Raise your hand in the room."
        )


@dataclass(frozen=True)
class TextChanged:
    def __str__(self) -> str:
        return _(
            "The text was changed while you were reading. Nothing was counted. Read it again, then vote."
        )


@dataclass(frozen=True)
class AmendmentCollides:
    now: str
    amendment: str

    def __str__(self) -> str:
        return _(
            "Nothing was changed. Another amendment to the same words was taken before. The motion now reads: "
            "“%(now)s”. This one says: “%(amendment)s”. Put it anew against the text as it reads now."
        ) % {"now": self.now, "amendment": self.amendment}


@dataclass(frozen=True)
class NothingCounted:
    def __str__(self) -> str:
        return _("The vote is still open. No vote is counted yet: enter the hands and paper votes above.")
