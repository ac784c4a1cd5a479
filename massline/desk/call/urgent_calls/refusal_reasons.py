"""Reasons a call does not go out by the fast lane, or a debt is not settled."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NoReason:
    code = "no-urgency"

    def __str__(self) -> str:
        return _("Say in one sentence why it cannot wait. The second person reads it first.")


@dataclass(frozen=True)
class NotAsked:
    def __str__(self) -> str:
        return _("Nobody asks for this any more, or the words were changed since. Nothing went out.")


@dataclass(frozen=True)
class OutAlready:
    def __str__(self) -> str:
        return _("This call is out or was called off. Nothing was changed.")


@dataclass(frozen=True)
class NothingReported:
    def __str__(self) -> str:
        return _(
            "Choose the report-back. If there is none yet, sum up what people said and publish it first."
        )


@dataclass(frozen=True)
class NoWords:
    code = "no-debt-words"

    def __str__(self) -> str:
        return _("Say what came of it. Whoever reads the decision later needs it.")
