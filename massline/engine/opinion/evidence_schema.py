"""Evidence for the verdict of an opinion map as frozen dataclasses: tests, dimensions, seeds, and patterns of votes."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SpectrumVerdict:
    """The reason no groups are drawn; `too_close` where other random draws give another answer."""

    reason: str
    too_close: bool = False


@dataclass(frozen=True, kw_only=True)
class MapDimensions:
    """The number of real dimensions: eigenvalues, their share of the variance, and the shuffled conversations they beat.

    `grouping` dimensions are used to find groups; `null` holds the largest eigenvalues of `draws` shuffles.
    """

    real: int
    eigenvalues: tuple[float, ...]
    explained: tuple[float, ...]
    grouping: int = 0
    null: tuple[float, ...]
    draws: int
    people_compared: int


@dataclass(frozen=True, kw_only=True)
class GroupingTest:
    """The test of a number of groups: silhouette, emptiness of its borders, chance of a cloud doing as well, and stability."""

    groups: int
    silhouette: float
    apartness: float | None = None
    p_value: float
    stability: float | None


@dataclass(frozen=True, kw_only=True)
class BorderTest:
    """A cut into `cells` read as so many `groups`, and the largest chance of it in worlds that lack a border."""

    cells: int
    groups: int
    p_value: float


@dataclass(frozen=True, kw_only=True)
class SeedVerdict:
    """The number of random seeds that found a number of groups."""

    groups: int
    seeds: int


@dataclass(frozen=True, kw_only=True)
class VotePatterns:
    """Patterns of votes by number only, and the largest change of agreement without them; nobody is named."""

    straight_liners: int
    copied_ballots: int
    largest_change: float
    removed: tuple[float, ...]
    eigenvalues_without_most_influential: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, kw_only=True)
class PredictionTest:
    """Mean log loss on `hidden` votes: by the map, and by each statement's shares alone."""

    log_loss: float
    shares_only: float
    hidden: int


@dataclass(frozen=True, kw_only=True)
class TestedOn:
    """The base of the tests of a map that was carried on: an estimate of so many votes, `changed` since."""

    votes: int
    changed: int
