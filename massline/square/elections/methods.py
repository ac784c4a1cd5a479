"""The methods by which an election is counted, each in a plain sentence, and what a ballot may say under it."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CountingMethod(models.TextChoices):
    """The engine's methods by their names there."""

    APPROVAL = "approval", _("Approval: tick everyone you accept; most ticks win")
    INSTANT_RUNOFF = "instant-runoff", _("Instant run-off: rank; the last drops out until one has half")
    SCHULZE = "schulze", _("Schulze: rank; whoever beats every other option, one against one, wins")
    STV = "stv", _("Single transferable vote: rank; seats go to groups in proportion")
    EQUAL_SHARES = "equal-shares", _("Equal shares: tick; seats go to groups in proportion")

    @property
    def is_ranked(self) -> bool:
        return self not in {CountingMethod.APPROVAL, CountingMethod.EQUAL_SHARES}

    @property
    def allows_equal_ranks(self) -> bool:
        return self not in {CountingMethod.INSTANT_RUNOFF, CountingMethod.STV}

    @property
    def fills_one_seat(self) -> bool:
        return self in {CountingMethod.INSTANT_RUNOFF, CountingMethod.SCHULZE}

    @property
    def explanation(self) -> Promise:
        """How it is counted, as the ballot page tells it to everybody."""
        return _EXPLANATIONS[self]

    @property
    def when_to_choose(self) -> Promise:
        return _WHEN[self]


def method_named(name: str) -> CountingMethod:
    """The method of this name; the plainest where none is known by it, so that one wrong name stops no page."""
    return CountingMethod(name) if name in CountingMethod.values else CountingMethod.APPROVAL


_EXPLANATIONS = {
    CountingMethod.APPROVAL: _(
        "Each ballot counts once for every option it ticks, and the options with the most ticks win."
    ),
    CountingMethod.INSTANT_RUNOFF: _(
        "First choices are counted; the option with the fewest drops out and its ballots go to their next "
        "choice, until one has more than half."
    ),
    CountingMethod.SCHULZE: _(
        "Every option is compared with every other: the winner is the one that most people put before each "
        "of the others, directly or by way of other options."
    ),
    CountingMethod.STV: _(
        "Whoever reaches the quota has a seat; votes above it and votes of those who drop out move on to the "
        "next choice, so that each group gets its share of the seats."
    ),
    CountingMethod.EQUAL_SHARES: _(
        "Everyone has the same share of the seats to spend on the options they tick, so that each group gets "
        "its share of the seats."
    ),
}
_WHEN = {
    CountingMethod.APPROVAL: _("Choose it for quick choices: a date, a place, a name, or several delegates."),
    CountingMethod.INSTANT_RUNOFF: _("Choose it for one office that needs more than half behind it."),
    CountingMethod.SCHULZE: _("Choose it for one option that most people can live with."),
    CountingMethod.STV: _("Choose it for a committee in which every larger group has a seat."),
    CountingMethod.EQUAL_SHARES: _(
        "Choose it for several projects or seats when ranking is too much to ask."
    ),
}
