"""By lot: chances as equal as quotas allow, held against brute force; and a list of panels that dice choose from."""

import random
from collections import Counter
from itertools import combinations

import pytest

from massline.engine.lot import Pool, Quota, document, gather_pool, leximin_probabilities, list_panels
from massline.engine.lot.panels import ROWS, dice_of, row_of
from massline.engine.result_documents import canonical_bytes
from tests.engine.case_files import Case, cases
from tests.engine.lot.plain_leximin import every_panel, plain_leximin

People = dict[str, dict[str, str]]


def quota(feature: str, value: str, least: int, most: int) -> Quota:
    return Quota(feature=feature, value=value, least=least, most=most)


def some_pool(seed: int) -> tuple[People, list[Quota], int]:
    """Nine people of two features, drawn with a seed, and quotas that one of their panels meets."""
    chance = random.Random(seed)
    people = {
        f"p{n}": {"home": chance.choice(["block", "house", "boat"]), "work": chance.choice(["night", "day"])}
        for n in range(9)
    }
    size = chance.randint(3, 4)
    panel = chance.sample(sorted(people), size)
    quotas = []
    for feature, values in (("home", ("block", "house", "boat")), ("work", ("night", "day"))):
        for value in values:
            there = sum(people[id][feature] == value for id in panel)
            quotas.append(
                quota(feature, value, max(0, there - chance.randint(0, 1)), there + chance.randint(0, 1))
            )
    return people, quotas, size


def chances_of(pool: Pool) -> dict[str, float]:
    found = leximin_probabilities(pool)
    return {id: float(found.chance[kind]) for kind, ids in enumerate(pool.people) for id in ids}


@cases("lot")
def test_a_case_worked_by_hand(case: Case) -> None:
    people = {id: dict(zip(case["features"], values, strict=True)) for id, values in case["people"].items()}
    pool = gather_pool(people, [quota(*each) for each in case["quotas"]], size=case["size"])
    assert chances_of(pool) == pytest.approx(case["chances"], abs=1e-6)


@pytest.mark.parametrize("seed", range(25))
def test_chances_are_within_one_per_cent_of_brute_force(seed: int) -> None:
    people, quotas, size = some_pool(seed)
    pool = gather_pool(people, quotas, size=size)
    best = plain_leximin(sorted(people), every_panel(people, quotas, size))
    found = chances_of(pool)
    assert found == pytest.approx(best, rel=1e-4, abs=1e-5)
    rows = list_panels(pool, leximin_probabilities(pool)).chances()
    assert {id: rows.get(id, 0.0) for id in people} == pytest.approx(best, rel=0.01, abs=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_every_row_of_the_list_meets_the_quotas(seed: int) -> None:
    people, quotas, size = some_pool(seed)
    pool = gather_pool(people, quotas, size=size)
    panels = list_panels(pool, leximin_probabilities(pool))
    assert len(panels.rows) == ROWS
    assert set(panels.rows) <= set(every_panel(people, quotas, size))


def test_people_who_are_alike_have_rows_alike() -> None:
    people, quotas, size = some_pool(3)
    pool = gather_pool(people, quotas, size=size)
    rows = Counter(id for row in list_panels(pool, leximin_probabilities(pool)).rows for id in row)
    for ids in pool.people:
        assert max(rows[id] for id in ids) - min(rows[id] for id in ids) <= 1


def test_nobody_is_always_drawn_with_the_same_others() -> None:
    pool = gather_pool({f"p{n}": {} for n in range(9)}, [], size=3)
    rows = list_panels(pool, leximin_probabilities(pool)).rows
    pairs = Counter(pair for row in rows for pair in combinations(row, 2))
    # Three pairs in each of 7,776 rows, so each of the 36 is due 648.
    assert len(pairs) == 36
    assert all(abs(count - 648) < 150 for count in pairs.values())
    assert all(len(set(row)) == 3 for row in rows)


def test_the_order_of_people_and_quotas_changes_no_byte() -> None:
    people, quotas, size = some_pool(8)
    written = []
    for turned in (False, True):
        order = sorted(people, reverse=turned)
        pool = gather_pool({id: people[id] for id in order}, quotas[:: -1 if turned else 1], size=size)
        found = leximin_probabilities(pool)
        written.append(canonical_bytes(document(pool, found, list_panels(pool, found), dice="35216")))
    assert written[0] == written[1]


def test_five_dice_name_each_row_once() -> None:
    assert [row_of(dice_of(row)) for row in range(ROWS)] == list(range(ROWS))
    assert (dice_of(0), dice_of(1), dice_of(6), dice_of(ROWS - 1)) == ("11111", "11112", "11121", "66666")
    for wrong in ("", "1111", "111111", "11117", "1111x", "0" * 5):
        with pytest.raises(ValueError, match="five digits from 1 to 6"):
            row_of(wrong)


def test_whom_no_panel_has_room_for_is_counted_and_who_has_no_quota_left_out() -> None:
    people = {
        id: {"home": home} for id, home in (("a", "boat"), ("b", "block"), ("c", "block"), ("d", "tent"))
    }
    pool = gather_pool(people, [quota("home", "boat", 0, 0), quota("home", "block", 0, 2)], size=1)
    found = leximin_probabilities(pool)
    written = document(pool, found, list_panels(pool, found))
    assert (written.result.shut_out, written.result.least_chance) == (1, 0.0)
    assert written.left_out == {"value_without_a_quota": 1}
    assert written.result.drawn is None


@pytest.mark.parametrize(
    ("quotas", "size", "why"),
    [
        ([quota("home", "boat", 2, 3), quota("home", "block", 0, 3)], 2, "home boat at least 1 instead of 2"),
        ([quota("home", "boat", 0, 1), quota("home", "block", 0, 0)], 2, "home block at most 1 instead of 0"),
        ([quota("home", "boat", 2, 1)], 1, "at least 2 is more than at most 1"),
        ([quota("home", "boat", 0, 1)] * 2, 1, "a quota is there twice"),
        ([quota("home", "boat", 0, 1)], 2, "cannot be drawn from 1 people"),
    ],
)
def test_quotas_that_cannot_be_met_say_what_would_help(quotas: list[Quota], size: int, why: str) -> None:
    people = {"a": {"home": "boat"}, "b": {"home": "block"}, "c": {"home": "block"}}
    with pytest.raises(ValueError, match=why):
        leximin_probabilities(gather_pool(people, quotas, size=size))
