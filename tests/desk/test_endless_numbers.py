"""Numbers of some thousand digits in addresses and forms, which Python refuses to read, name no row and break no page."""

import pytest

from massline.core.row_numbers import read_row_number
from massline.desk.decide.assessments.evidence import parse_choice
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from tests.conftest import at_desk

ENDLESS = "9" * 5000


@pytest.mark.parametrize(
    ("typed", "number"), [("7", 7), ("٧", 7), ("", 0), (None, 0), ("x", 0), ("-7", 0), (ENDLESS, 0)]
)
def test_the_number_of_a_row_is_read_or_is_none(typed: object, number: int) -> None:
    assert read_row_number(typed) == number


@pytest.mark.parametrize(
    "address",
    [
        "decide/record/?election=",
        "decide/record/?motion=",
        "decide/record/?line=",
        "act/share-out/?event=",
    ],
)
def test_an_address_with_an_endless_number_opens(riverside: Organisation, bea: Account, address: str) -> None:
    assert at_desk(bea).get(f"/riverside/{address}{ENDLESS}").status_code == 200


def test_an_endless_number_cites_nothing(riverside: Organisation) -> None:
    assert parse_choice(riverside, f"claim:{ENDLESS}") is None


@pytest.mark.parametrize("address", ["?read=", "reading/?read="])
def test_moderation_opens_with_an_endless_number(
    riverside: Organisation, bea: Account, round_: ListeningRound, address: str
) -> None:
    assert at_desk(bea).get(f"/riverside/listen/{round_.pk}/{address}{ENDLESS}").status_code == 200
