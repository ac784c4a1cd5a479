"""Reasons why nothing can be done about one person now."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class UnreadRequest:
    """A new link on paper would end the one by which they asked for something that nobody has opened yet."""

    def __str__(self) -> str:
        return _(
            "They asked for something by the link they have, and nobody has opened it yet. Open the sign-ups first; then "
            "make a new link."
        )
