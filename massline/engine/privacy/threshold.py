"""The disclosure threshold: the least number of people behind a figure that is shown."""

from dataclasses import dataclass

LEAST = 5


@dataclass(frozen=True)
class Threshold:
    """No figure of fewer than `k` people is shown; `k` is never under 5.

    Raises
    ------
    ValueError
        Where `k` is under 5.

    Examples
    --------
    >>> Threshold(10).shows(6), Threshold(10).shows(10), Threshold(5).leads(9)
    (False, True, False)
    """

    k: int

    def __post_init__(self) -> None:
        if self.k < LEAST:
            raise ValueError(f"a threshold is never under {LEAST}: {self.k}")

    def shows(self, people: int) -> bool:
        """True if a figure of so many people may be shown."""
        return people >= self.k

    def shows_all(self, *people: int) -> bool:
        """True if each part may be shown; a single hidden part could be found by subtraction."""
        return all(count >= self.k for count in people)

    def leads(self, people: int) -> bool:
        """True if so many people are enough for a result to rest on them alone."""
        return people >= 2 * self.k
