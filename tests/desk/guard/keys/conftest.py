"""A second organiser of Harbour, and no sitting that an earlier story left."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from massline.desk.guard.keys import courier_keys, joint_paper_recovery, joint_sheet_creation
from massline.desk.people.models import Account, Organisation
from tests.desk.guard.sheet_sittings import make_organiser


@pytest.fixture
def omar(harbour: Organisation, dina: Account) -> Iterator[Account]:
    """Organises at Harbour, let in by dina; what the two hold in memory is gone after the story."""
    yield make_organiser("omar", harbour, dina)
    joint_sheet_creation.MAKING.end(harbour.pk)
    joint_paper_recovery.OPENING.end(harbour.pk)


@pytest.fixture
def ready(data: Path) -> None:
    assert courier_keys.make_spare_keys() == courier_keys.SPARE
