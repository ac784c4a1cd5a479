"""The status of an issue in one word, from its alarm and the chance of more, so that the two never contradict."""

YOUNG = 40
"""Days under which an issue without an alarm is too young to be called quiet."""
FRESH = 7
GROWING, AS_LIKELY, FADING = 0.6, 0.4, 0.3

BREAKING_OUT = "breaking out"
GROWS = "growing"
UNCERTAIN = "uncertain"
FADES = "fading"
TALL_DAY = "one tall day"
TOO_YOUNG = "too young to tell"
QUIET = "quiet"
STATUSES = (BREAKING_OUT, GROWS, UNCERTAIN, FADES, TALL_DAY, TOO_YOUNG, QUIET)
"""From the most urgent to the least."""
RISING = frozenset((BREAKING_OUT, GROWS))
AWAKE = frozenset((BREAKING_OUT, GROWS, UNCERTAIN, FADES))
"""Statuses of an issue whose alarm is on."""


def choose_status(*, alarm_age: int | None, tall: bool, days: int, growing: float) -> str:
    """Return the status.

    With an alarm, more must be about as likely as less for "breaking out" (in its first week) and clearly likelier
    for "growing" (later); where less is clearly likelier it is "fading", however young the alarm. Without one,
    a called day is "one tall day", and an issue of under 40 days is "too young to tell".

    Examples
    --------
    >>> choose_status(alarm_age=2, tall=False, days=200, growing=0.05)
    'fading'
    """
    if alarm_age is None:
        return TALL_DAY if tall else TOO_YOUNG if days < YOUNG else QUIET
    if growing < FADING:
        return FADES
    if alarm_age < FRESH and growing >= AS_LIKELY:
        return BREAKING_OUT
    return GROWS if growing > GROWING else UNCERTAIN
