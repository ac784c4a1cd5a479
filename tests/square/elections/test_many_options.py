"""The pages of an election with as many options as there may be."""

import random

import pytest

from massline.desk.decide.elections.count import CastBallots, choose_what_to_tell, count_ballots
from massline.desk.decide.elections.forms import LONGEST_LINE, LONGEST_NAME, MOST_OPTIONS
from massline.engine.privacy.threshold import Threshold
from massline.square.elections import actions
from massline.square.elections.methods import CountingMethod
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import DoorClient
from tests.square.elections.election_phones import put_up, with_card

LARGEST_PAGE = 40 * 1024
OPTIONS = tuple(
    (f"Comrade number {n}".ljust(LONGEST_NAME, "o"), "字" * LONGEST_LINE) for n in range(MOST_OPTIONS)
)


@pytest.mark.parametrize("method", ["approval", "stv", "schulze"])
def test_a_ballot_of_many_options_is_no_heavy_page(face: PublicOrganisation, method: str) -> None:
    election = put_up(face, method, options=OPTIONS)
    page = with_card(election).get(election.get_absolute_url())
    assert page.content.count(b'name="option-') == MOST_OPTIONS
    assert len(page.content) <= LARGEST_PAGE


@pytest.mark.parametrize(
    ("method", "seats"), [("approval", 10), ("stv", 10), ("schulze", 1), ("instant-runoff", 1)]
)
def test_a_result_of_many_options_is_no_heavy_page(
    face: PublicOrganisation, nobody: DoorClient, method: str, seats: int
) -> None:
    election = put_up(face, method, options=OPTIONS, seats=seats)
    dice = random.Random(1)
    numbers = range(1, MOST_OPTIONS + 1)
    cast = CastBallots([dice.sample(numbers, MOST_OPTIONS) for _ in range(300)], [])
    counted, merged = count_ballots(
        cast, names=election.names, method=CountingMethod(method), seats=seats, seed=31662
    )
    actions.publish_count(
        election, choose_what_to_tell(counted, merged, cast, entitled=400, least=Threshold(5))
    )
    page = nobody.get(election.get_absolute_url())
    assert len(page.content) <= LARGEST_PAGE
