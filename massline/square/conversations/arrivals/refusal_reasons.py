"""Reasons a day's newcomers are not set aside: what concerns too few people would tell what each of them answered."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class DayOfTooFew:
    """A day on which fewer came through the open door than may be told of together."""

    least: int

    def __str__(self) -> str:
        return _(
            "Fewer than %(least)d people joined through the open link that day: leaving them out would show what they answered. Nothing changed."
        ) % {"least": self.least}
