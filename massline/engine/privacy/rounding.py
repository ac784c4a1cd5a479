"""Shares and moments so coarse that they give nobody away."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from math import ceil, floor


@dataclass(frozen=True)
class RoundedShare:
    """A share that may be shown: rounded, and only a bound where few people are on one side."""

    value: float
    bound: str = ""  # "", "at most" or "at least"


def rounded_share(part: int, whole: int, *, k: int) -> RoundedShare | None:
    """Round a share so that it does not give away single people; None where the whole is under k.

    Steps of 5 points below 100 people, of 1 point from there on. Where fewer than k people stand on a side the
    share is only bounded, also when nobody does: "everybody" would say what each of them thinks.

    Examples
    --------
    >>> rounded_share(33, 80, k=5), rounded_share(79, 80, k=5), rounded_share(2, 4, k=5)
    (Share(value=0.4, bound=''), Share(value=0.9, bound='at least'), None)
    """
    if not 0 <= part <= whole:
        raise ValueError(f"a part lies between 0 and the whole: {part} of {whole}")
    if whole < k:
        return None
    steps = 20 if whole < 100 else 100
    if part < k and whole - part < k:
        return None
    if part < k:
        return RoundedShare(ceil(k / whole * steps) / steps, "at most")
    if whole - part < k:
        return RoundedShare(floor((1 - k / whole) * steps) / steps, "at least")
    return RoundedShare(round(part / whole * steps) / steps)


def truncate_to_day(moment: datetime, zone: tzinfo) -> date:
    """The day of a moment where it happened; the hour, which could tell who it was, is dropped."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone to be put on a day")
    return moment.astimezone(zone).date()
