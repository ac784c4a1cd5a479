"""What the stories of contacts begin with."""

import pytest

from massline.desk.people.models import Account, Organisation
from tests.conftest import DoorClient, unlocked


@pytest.fixture
def door(riverside: Organisation, amal: Account) -> DoorClient:
    """Amal's browser, with names unlocked."""
    return unlocked(amal, riverside)
