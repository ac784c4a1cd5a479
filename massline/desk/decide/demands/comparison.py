"""Which of two demands goes further: the pair that tells most, and the totals as the engine reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from massline.core.disclosure import threshold
from massline.desk.decide.ballots.models import Roll
from massline.desk.decide.demands.models import Comparison, Demand
from massline.desk.people.models import Account, Organisation
from massline.engine.line import Comparison as Answer
from massline.engine.line import bradley_terry
from massline.engine.line.interval_estimate import Measure
from massline.engine.privacy.threshold import Threshold


@dataclass(frozen=True)
class Pair:
    """Two demands to choose between; `left` counts the pairs this member has not answered."""

    one: Demand
    other: Demand
    left: int


def totals(organisation: Organisation) -> list[Comparison]:
    rows = Comparison.objects.filter(one__organisation=organisation).select_related("one", "other")
    return list(rows.order_by("one", "other"))


def answers(rows: Sequence[Comparison], threshold: Threshold) -> list[Answer]:
    """Unfold totals into single answers without a member, as the engine takes them; none where too few answered."""
    found: list[Answer] = []
    if not threshold.shows(sum(row.one_further + row.other_further for row in rows)):
        return found
    for row in rows:
        found += [Answer(row.one_id, row.other_id)] * row.one_further
        found += [Answer(row.other_id, row.one_id)] * row.other_further
    return found


def advance(organisation: Organisation) -> dict[int | str, Measure]:
    """How far each demand goes, with its interval; demands never compared have none."""
    return bradley_terry(answers(totals(organisation), threshold(organisation))).measures()


def next_pair(organisation: Organisation, demands: Sequence[Demand], account: Account) -> Pair | None:
    """The unanswered pair whose answer would tell most: p (1 - p) times the variance of the difference.

    That is the first-order gain in information of one more answer under the Bradley-Terry model.
    """
    seen = set(
        Roll.objects.filter(
            organisation=organisation, account=account, subject__startswith="comparison "
        ).values_list("subject", flat=True)
    )
    by_pk = {demand.pk: demand for demand in demands}
    waiting = [pair for pair in combinations(sorted(by_pk), 2) if Comparison.roll_name(*pair) not in seen]
    if not waiting:
        return None
    fit = bradley_terry(answers(totals(organisation), threshold(organisation)), items=sorted(by_pk))
    at = {item: i for i, item in enumerate(fit.items)}

    def told(pair: tuple[int, int]) -> float:
        i, j = at[pair[0]], at[pair[1]]
        chance = 1 / (1 + np.exp(fit.place[j] - fit.place[i]))
        spread = fit.covariance[i, i] + fit.covariance[j, j] - 2 * fit.covariance[i, j]
        return round(float(chance * (1 - chance) * spread), 12)

    best = max(waiting, key=lambda pair: (told(pair), [-n for n in pair]))
    return Pair(by_pk[best[0]], by_pk[best[1]], len(waiting))
