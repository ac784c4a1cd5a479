"""A folder of its own for what lies beside the databases, and Riverside's other key-holder."""

from pathlib import Path
from typing import Any

import pytest

from massline.desk.people.models import Account, Organisation


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    """The folder in which this story keeps its keys, heads and backups."""
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def eli(riverside: Organisation) -> Account:
    """Riverside's second key-holder."""
    return Account.objects.get(name="second holder of riverside")
