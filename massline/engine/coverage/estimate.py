"""Coverage of sections: the people in each against the people spoken to, and the sections to visit next.

The 95 % margin of a section is what a fifty-fifty question put to the people heard there could be wrong by
(Jeffreys variance at one half with the finite population correction, Cochran 1977, ch. 2). The next
conversations go, one by one, to the section whose margin is widest, which lowers the widest margin fastest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from massline.engine.jeffreys_intervals import jeffreys_interval

NEXT = 20
_Z = 1.959963984540054


@dataclass(frozen=True)
class SectionHeard:
    """A section: how many there are, how many were heard, and what that is worth.

    Attributes
    ----------
    share, low, high : share heard, with the 95 % Jeffreys interval of the chance that one of them is reached
    margin : half width, 0 to 0.5, of the 95 % interval of a fifty-fifty answer in this section
    """

    section: str
    headcount: int
    heard: int
    share: float
    low: float
    high: float
    margin: float


@dataclass(frozen=True)
class NextStep:
    """Some of the next conversations, to be held in one section, and what they bring its margin down to."""

    section: str
    conversations: int
    margin_before: float
    margin_after: float


@dataclass(frozen=True)
class Coverage:
    """The coverage of every section.

    Attributes
    ----------
    sections : in the order of their names
    unheard : names of sections in which nobody was heard
    evenness : 1 where each section was heard in proportion; else the share of voices that would not have to
        come from another section (1 - total variation distance)
    next : where the next conversations tell the most
    widest_before, widest_after : the widest margin now, and after those conversations
    """

    sections: tuple[SectionHeard, ...]
    unheard: tuple[str, ...]
    evenness: float | None
    next: tuple[NextStep, ...]
    widest_before: float
    widest_after: float
    seed: int = 0


@dataclass(frozen=True)
class RoomShare:
    """A section in the room: its share there with interval, and its share of all the people it speaks for."""

    section: str
    came: int
    share: float
    low: float
    high: float
    expected: float

    @property
    def standing(self) -> str:
        """ "over" or "under" only where the interval leaves no doubt."""
        return "over" if self.low > self.expected else "under" if self.high < self.expected else "as expected"


def estimate(
    headcount: Mapping[str, int], heard: Mapping[str, int], *, conversations: int = NEXT, seed: int = 0
) -> Coverage:
    """Compare the people heard with the people there are.

    Parameters
    ----------
    headcount : people in each section, at least 1
    heard : different people spoken to in each section; a section not named was not heard
    conversations : how many to place next
    seed : kept for the document; nothing here is random

    Raises
    ------
    ValueError
        Where a section is unknown, empty or has more people heard than people.

    Examples
    --------
    >>> found = estimate({"Block A": 120, "Block C": 60}, {"Block A": 40})
    >>> found.unheard, found.next[0].section
    (('Block C',), 'Block C')
    """
    _check(headcount, heard, conversations)
    names = sorted(headcount)
    sections = tuple(_section(name, headcount[name], heard.get(name, 0)) for name in names)
    steps, after = _place(sections, conversations)
    return Coverage(
        sections=sections,
        unheard=tuple(s.section for s in sections if s.heard == 0),
        evenness=_evenness(sections),
        next=steps,
        widest_before=max((s.margin for s in sections), default=0.0),
        widest_after=after,
        seed=seed,
    )


def compare_room_shares(headcount: Mapping[str, int], came: Mapping[str, int]) -> tuple[RoomShare, ...]:
    """Compare who came to a meeting with who lives or works there."""
    _check(headcount, came, 0, at_most=False)
    total, everybody = sum(came.values()), sum(headcount.values())
    low, high = jeffreys_interval([came.get(n, 0) for n in sorted(headcount)], total)
    return tuple(
        RoomShare(
            section=name,
            came=came.get(name, 0),
            share=came.get(name, 0) / total if total else 0.0,
            low=float(np.atleast_1d(low)[i]),
            high=float(np.atleast_1d(high)[i]),
            expected=headcount[name] / everybody,
        )
        for i, name in enumerate(sorted(headcount))
    )


def margin_of_error(heard: int, headcount: int) -> float:
    """Half width of the 95 % interval of a fifty-fifty answer, 0 to 0.5."""
    return min(_spread(heard, headcount), 0.5)


def _check(
    headcount: Mapping[str, int], heard: Mapping[str, int], conversations: int, *, at_most: bool = True
) -> None:
    if conversations < 0:
        raise ValueError("the number of conversations to place is 0 or more")
    for name, people in headcount.items():
        if people < 1:
            raise ValueError(f"section {name!r} has a headcount of {people}; accepted is 1 or more")
    for name, people in heard.items():
        if name not in headcount:
            raise ValueError(f"section {name!r} has people heard but no headcount")
        if people < 0 or (at_most and people > headcount[name]):
            raise ValueError(f"section {name!r} has {people} people heard of {headcount[name]}")


def _section(name: str, headcount: int, heard: int) -> SectionHeard:
    low, high = jeffreys_interval(heard, headcount)
    return SectionHeard(
        name, headcount, heard, heard / headcount, float(low), float(high), margin_of_error(heard, headcount)
    )


def _spread(heard: int, headcount: int) -> float:
    if headcount == heard:
        return 0.0
    unheard = (headcount - heard) / max(headcount - 1, 1)
    return _Z * sqrt(0.25 / (heard + 2) * min(unheard, 1.0))


def _place(sections: Sequence[SectionHeard], conversations: int) -> tuple[tuple[NextStep, ...], float]:
    """Assign each conversation in turn to the section with the widest margin; among equals to the larger one."""
    given = {s.section: 0 for s in sections}
    by_name = {s.section: s for s in sections}

    def width(name: str) -> float:
        section = by_name[name]
        return _spread(section.heard + given[name], section.headcount)

    for _ in range(conversations if sections else 0):
        widest = max(given, key=lambda name: (width(name), by_name[name].headcount, name))
        if width(widest) == 0:
            break
        given[widest] += 1
    steps = tuple(
        NextStep(name, n, by_name[name].margin, min(width(name), 0.5))
        for name, n in sorted(given.items(), key=lambda item: (-item[1], item[0]))
        if n
    )
    return steps, min(max((width(name) for name in given), default=0.0), 0.5)


def _evenness(sections: Sequence[SectionHeard]) -> float | None:
    heard, headcount = sum(s.heard for s in sections), sum(s.headcount for s in sections)
    if not heard:
        return None
    return 1 - sum(abs(s.heard / heard - s.headcount / headcount) for s in sections) / 2
