"""Reasons an invitation is not made or not set aside: what concerns too few people would tell what each of them answered."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class InvitedTooFew:
    """An invitation for fewer people than may be told of together."""

    least: int

    def __str__(self) -> str:
        return _(
            "An invitation is for at least %(least)d people, so that nobody’s answers can be told from it. Nothing was made."
        ) % {"least": self.least}


@dataclass(frozen=True)
class CameTooFew:
    """An invitation by which somebody came in, and fewer than may be told of together."""

    least: int

    def __str__(self) -> str:
        return _(
            "Fewer than %(least)d people came in by it: leaving them out would show what they answered. Nothing was changed."
        ) % {"least": self.least}
