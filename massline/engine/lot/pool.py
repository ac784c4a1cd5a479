"""The pool a panel is drawn from: people of one kind for the quotas are alike, and are counted together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Quota:
    """How many on the panel have a value of a feature, from `least` to `most`."""

    feature: str
    value: str
    least: int
    most: int


@dataclass(frozen=True, eq=False)
class Pool:
    """Who may be drawn, by kind.

    Attributes
    ----------
    quotas : (q,) in their sorted order
    size : how many a panel has
    people : of each of t kinds the ids, sorted
    has : (t, q) whether a kind has the value of a quota
    left_out : people who have a value that no quota names
    """

    quotas: tuple[Quota, ...]
    size: int
    people: tuple[tuple[str, ...], ...]
    has: NDArray[np.int64]
    left_out: int

    @property
    def sizes(self) -> NDArray[np.int64]:
        """(t,) people of each kind."""
        return np.array([len(ids) for ids in self.people], np.int64)


def gather_pool(people: Mapping[str, Mapping[str, str]], quotas: Sequence[Quota], *, size: int) -> Pool:
    """Gather people, each with a value for each feature, by their kind.

    Raises ValueError where a quota is there twice or asks for more than it allows, or the panel is larger than the pool.
    """
    ordered = tuple(sorted(quotas, key=lambda quota: (quota.feature, quota.value)))
    if len({(quota.feature, quota.value) for quota in ordered}) < len(ordered):
        raise ValueError("a quota is there twice; accepted is one for each value of a feature")
    for quota in ordered:
        if not 0 <= quota.least <= quota.most:
            raise ValueError(
                f"{quota.feature} {quota.value}: at least {quota.least} is more than at most {quota.most}"
            )
    known = {(quota.feature, quota.value) for quota in ordered}
    features = sorted({quota.feature for quota in ordered})
    kinds: dict[tuple[str, ...], list[str]] = {}
    left_out = 0
    for id, values in people.items():
        if all((feature, values[feature]) in known for feature in features):
            kinds.setdefault(tuple(values[feature] for feature in features), []).append(id)
        else:
            left_out += 1
    if not 1 <= size <= sum(map(len, kinds.values())):
        raise ValueError(f"a panel of {size} cannot be drawn from {sum(map(len, kinds.values()))} people")
    has = [
        [dict(zip(features, kind, strict=True))[quota.feature] == quota.value for quota in ordered]
        for kind in sorted(kinds)
    ]
    members = tuple(tuple(sorted(kinds[kind])) for kind in sorted(kinds))
    return Pool(ordered, size, members, np.array(has, np.int64).reshape(len(members), -1), left_out)
