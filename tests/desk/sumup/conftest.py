"""What the stories of summing up begin with: a round that was heard, and a summary in writing."""

import pytest

from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims.models import SumUp
from tests.desk import heard_round


@pytest.fixture
def heating(riverside: Organisation, bea: Account) -> ListeningRound:
    """Two sections, nine people spoken to, four voices, two statements, twelve people's votes, one map."""
    return heard_round.heating(riverside, bea)


@pytest.fixture
def written(heating: ListeningRound, bea: Account) -> SumUp:
    """Its summary, which lacks nothing but the second signature."""
    return heard_round.written(heating, bea)
