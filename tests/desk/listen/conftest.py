"""What the stories of watching begin with: a newspaper that is asked, and issues that are tracked."""

from collections.abc import Iterator
from typing import Any

import pytest

from massline.desk.listen.watches import actions
from massline.desk.listen.watches.models import Watch
from massline.desk.people.models import Account, Organisation
from tests.desk.listen.feed_server import Paper, newspaper


@pytest.fixture
def paper(settings: Any) -> Iterator[Paper]:
    """A server of feeds on this machine, which may be asked."""
    settings.WATCH_OWN_NETWORK = True
    with newspaper() as paper:
        yield paper


@pytest.fixture
def evictions(riverside: Organisation, bea: Account) -> Watch:
    """An issue that is found by its words."""
    return actions.track_issue(organisation=riverside, name="Evictions", words="eviction, evicted", by=bea)


@pytest.fixture
def watch(riverside: Organisation, bea: Account) -> Watch:
    """An issue whose feeds are followed whole."""
    return actions.track_issue(organisation=riverside, name="Evictions", by=bea)
