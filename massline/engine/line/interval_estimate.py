"""A number with its interval, as the line's document holds it."""

from dataclasses import dataclass

from massline.engine.result_documents import omit_default

Id = int | str


@dataclass(frozen=True, slots=True)
class IntervalEstimate:
    """A value between 0 and 1 with its 95 % interval; `part` names the section or group it speaks of."""

    low: float
    value: float
    high: float
    part: str = omit_default("")

    def beats(self, other: "IntervalEstimate") -> bool:
        """True if the intervals leave no doubt."""
        return self.low > other.high


def id_sort_key(identity: Id) -> tuple[bool, int, str]:
    """Sort ids: whole numbers first, then text."""
    return (isinstance(identity, str), identity if isinstance(identity, int) else 0, str(identity))
