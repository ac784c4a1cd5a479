"""Comparisons of how far demands go: the pair to ask about next, and the totals as the engine reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from massline.core.disclosure_threshold import threshold
from massline.desk.decide.ballots.models import Roll
from massline.desk.decide.demands.models import Comparison, Demand
from massline.desk.people.models import Account, Organisation
from massline.engine import line as engine
from massline.engine.privacy.threshold import Threshold


@dataclass(frozen=True)
class DemandPair:
    """Two demands to choose between; `left` counts the pairs this member has not answered."""

    one: Demand
    other: Demand
    left: int


def load_totals(organisation: Organisation) -> list[Comparison]:
    comparisons = Comparison.objects.filter(one__organisation=organisation).select_related("one", "other")
    return list(comparisons.order_by("one", "other"))


def expand_totals(totals: Sequence[Comparison], threshold: Threshold) -> list[engine.Comparison]:
    """Expand totals into single answers without a member, as the engine takes them; none from too few answers."""
    answers: list[engine.Comparison] = []
    if not threshold.shows(sum(total.one_further + total.other_further for total in totals)):
        return answers
    for total in totals:
        answers += [engine.Comparison(total.one_id, total.other_id)] * total.one_further
        answers += [engine.Comparison(total.other_id, total.one_id)] * total.other_further
    return answers


def measure_advance(organisation: Organisation) -> dict[int | str, engine.IntervalEstimate]:
    """Return how far each demand goes, with its interval; demands never compared are left out."""
    answers = expand_totals(load_totals(organisation), threshold(organisation))
    return engine.fit_bradley_terry(answers).measures()


def choose_pair(organisation: Organisation, demands: Sequence[Demand], account: Account) -> DemandPair | None:
    """Return the unanswered pair whose answer is worth most: p (1 - p) times the variance of the difference.

    That is the first-order gain in information of one more answer under the Bradley-Terry model.
    """
    rolls = Roll.objects.filter(organisation=organisation, account=account, subject__startswith="comparison ")
    answered = set(rolls.values_list("subject", flat=True))
    by_pk = {demand.pk: demand for demand in demands}
    waiting = [pair for pair in combinations(sorted(by_pk), 2) if Comparison.roll_name(*pair) not in answered]
    if not waiting:
        return None
    answers = expand_totals(load_totals(organisation), threshold(organisation))
    fit = engine.fit_bradley_terry(answers, items=sorted(by_pk))
    rank = {item: i for i, item in enumerate(fit.items)}

    def information_gain(pair: tuple[int, int]) -> float:
        i, j = rank[pair[0]], rank[pair[1]]
        chance = 1 / (1 + np.exp(fit.place[j] - fit.place[i]))
        spread = fit.covariance[i, i] + fit.covariance[j, j] - 2 * fit.covariance[i, j]
        return round(float(chance * (1 - chance) * spread), 12)

    one, other = max(waiting, key=lambda pair: (information_gain(pair), [-pk for pk in pair]))
    return DemandPair(by_pk[one], by_pk[other], len(waiting))
