"""Groups, a spectrum, or not enough to say."""

from collections import Counter
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.border_test import BorderTester, RememberedDraws, is_any_doubtful
from massline.engine.opinion.borders import CutReading, count_large_groups, find_knots
from massline.engine.opinion.continuous_null import CloudOfPeople
from massline.engine.opinion.group_outcome import Groups, SeedFinding, Spectrum
from massline.engine.opinion.group_stability import measure_stability
from massline.engine.opinion.group_test import (
    AGREEING,
    LEAST_STABILITY,
    NEAR,
    P_VALUE,
    SEEDS,
    ApartTest,
    Separation,
    TestLength,
    compare_with_clouds,
)
from massline.engine.opinion.groups import (
    THOROUGH,
    Partition,
    find_partitions,
    group_certainty,
    least_group_size,
    move_centres_to_means,
    partition_by,
)
from massline.engine.opinion.permutation_null import Dimensions, count_real_dimensions
from massline.engine.opinion.projection import MapProjection
from massline.engine.opinion.reading_choice import ReadingChoice

Floats = NDArray[np.float64]
TOO_CLOSE = "too close to call: some seeds find groups and others none"
CLEARLY_STABLE = 0.1


def decide_groups(
    trial: MapProjection, dimensions: Dimensions, *, seed: int, draws: int, redraws: int
) -> Spectrum | tuple[Partition, Separation]:
    """Find the grouping that stands apart and comes back most surely, or say why there is none.

    Where the verdict is near its border up to four more seeds are asked. Groups or a spectrum is what four of five
    find; otherwise it is too close to call. The number of groups is the one most of them find.
    """
    findings = [find_groups(trial, dimensions, seed=seed, draws=draws, redraws=redraws)]
    while findings[0].near and needs_another_seed(findings):
        key = int(np.random.SeedSequence([seed, 12, len(findings)]).generate_state(1)[0])
        fresh = count_real_dimensions(
            trial.table, trial.axes, rng=np.random.default_rng([key, 1]), draws=draws
        )
        findings.append(find_groups(trial, fresh, seed=key, draws=draws, redraws=redraws))
    verdicts = Counter(finding.groups for finding in findings)
    grouped = sum(finding.groups > 1 for finding in findings)
    alike = [finding for finding in findings if (finding.groups > 1) == (2 * grouped > len(findings))]
    number = Counter(finding.groups for finding in alike).most_common(1)[0][0]
    chosen = next(finding for finding in alike if finding.groups == number)
    separation = chosen.separation or findings[0].separation
    if separation is not None:
        separation = replace(separation, verdicts=dict(sorted(verdicts.items())))
        if not separation.agreed:
            return Spectrum(TOO_CLOSE, separation)
    if chosen.partition is None or separation is None:
        return Spectrum(chosen.reason, separation)
    if chosen.groups > 1:
        return chosen.partition, separation
    small = tuple(chosen.partition.sizes[list(find_knots(chosen.partition))].tolist())
    return Spectrum(chosen.reason, separation, small)


def needs_another_seed(findings: list[SeedFinding]) -> bool:
    """True if another seed may settle it: four do not agree on groups or a spectrum yet, and could."""
    grouped = sum(finding.groups > 1 for finding in findings)
    most = max(grouped, len(findings) - grouped)
    return most < AGREEING <= most + SEEDS - len(findings)


def find_groups(
    trial: MapProjection, dimensions: Dimensions, *, seed: int, draws: int, redraws: int
) -> SeedFinding:
    """Find groups by one seed, whatever other seeds would find."""
    along = dimensions.grouping
    if along == 0:
        return SeedFinding(None, "no dimension of opinion beats chance", None)
    points = trial.places[trial.placed, :along]
    found = find_partitions(points, rng=np.random.default_rng([seed, 2]), search=THOROUGH)
    if not found:
        return SeedFinding(None, "every grouping would leave a group too small to be one", None)
    cloud = CloudOfPeople(trial.table, trial.axes, along, dimensions.null, np.random.default_rng([seed, 3]))
    one_cloud = RememberedDraws(lambda: cloud.draw(trial.placed))
    length = TestLength.for_votes(trial.table.votes, draws)
    gate = compare_with_clouds(found, points, one_cloud, rng=np.random.default_rng([seed, 4]), length=length)
    passed = {k: cut for k, cut in found.items() if gate.p_values[k] <= P_VALUE}
    borders = TestLength.for_borders(trial.table.votes, draws)
    test = BorderTester(trial, dimensions, seed, borders, len(found), one_cloud, passed)
    back, redrawn = measure_stability(
        trial.table,
        trial.axes.loadings[:along],
        trial.placed,
        {k: [reading.partition for reading in readings.values()] for k, readings in test.readings.items()},
        rng=np.random.default_rng([seed, 5]),
        redraws=redraws,
    )
    choice = ReadingChoice(test, back)
    chosen = choice.choose()
    separation = compare_cuts(found, gate, test, choice, redrawn, len(points))
    return judge_reading(chosen, choice, separation)


def compare_cuts(
    found: dict[int, Partition],
    gate: ApartTest,
    test: BorderTester,
    choice: ReadingChoice,
    redrawn: int,
    people: int,
) -> Separation:
    """Write down what was compared."""
    return Separation(
        silhouettes={k: cut.silhouette for k, cut in found.items()},
        apartness=gate.apartness,
        p_values=gate.p_values,
        stability={k: choice.back[readings[0].key] for k, readings in choice.open.items() if readings},
        draws=gate.draws,
        redraws=redrawn,
        people=people,
        borders=test.p_values,
    )


def judge_reading(chosen: CutReading | None, choice: ReadingChoice, separation: Separation) -> SeedFinding:
    """Say what was found, and whether another seed might find groups where this one finds none, or none where it does."""
    test, near = choice.test, is_any_doubtful([min(separation.p_values.values())])
    if not test.passed:
        return SeedFinding(None, "people differ by degrees: no grouping stands apart", separation, near)
    groups = 1 if chosen is None else count_large_groups(chosen.partition, find_knots(chosen.partition))
    if groups == 1:
        near |= any(
            P_VALUE < test.p_values.get(reading.key, 1.0) < NEAR
            and count_large_groups(reading.partition, find_knots(reading.partition)) > 1
            for readings in test.readings.values()
            for reading in readings.values()
        )
    if chosen is None:
        return SeedFinding(None, "people differ by degrees: not every border stands apart", separation, near)
    stable = choice.back[chosen.key]
    if groups > 1:
        near |= is_any_doubtful([test.p_values.get(chosen.key, 0.0)])
        near |= abs(stable - LEAST_STABILITY) < CLEARLY_STABLE
    if stable < LEAST_STABILITY:
        return SeedFinding(None, "groupings do not come back when people are drawn again", separation, near)
    return SeedFinding(chosen.partition, "people differ by degrees beside a small knot", separation, near)


def group_everybody(
    chart: MapProjection,
    verdict: Spectrum | tuple[Partition, Separation],
    among: NDArray[np.intp] | None = None,
) -> Groups | Spectrum:
    """Group everybody as the people of the trial were grouped, who are at positions `among` where not all took part."""
    if isinstance(verdict, Spectrum):
        return verdict
    partition, separation = verdict
    if among is not None:
        k, along = partition.centers.shape
        spots = chart.places[among, :along]
        centers = np.stack([spots[partition.cells == cell].mean(axis=0) for cell in range(k)])
        centers = move_centres_to_means(spots, centers)[0]
        partition = partition_by(chart.places[chart.placed, :along], centers, partition.group_of)
        if partition.sizes.min() < least_group_size(len(partition.labels)):
            return Spectrum("every grouping would leave a group too small to be one", separation)
    return Groups(partition, membership_certainty(chart, partition), separation, find_knots(partition))


def membership_certainty(chart: MapProjection, partition: Partition) -> Floats:
    """The certainty of each placed person's group."""
    along = partition.centers.shape[1]
    sure = group_certainty(
        chart.places[:, :along],
        chart.everybody(partition),
        chart.matrix,
        chart.axes.loadings[:along],
        chart.table.votes_each,
    )
    return sure[chart.placed]
