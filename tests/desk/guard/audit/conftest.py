"""What the stories of audit chains begin with: an inner organisation, and a copy of the published heads."""

import pytest

from massline.desk.guard.audit import chain, published_heads
from massline.desk.people.choices import OrganisationKind
from massline.desk.people.models import Account, Organisation
from tests.conftest import DoorClient


@pytest.fixture
def inner(riverside: Organisation, amal: Account) -> Organisation:
    """An inner organisation, which the square never mentions."""
    organisation = Organisation.objects.create(
        name="The inner circle", slug="inner", kind=OrganisationKind.INNER
    )
    chain.append_line(organisation, amal, "founded", organisation)
    return organisation


@pytest.fixture
def copy(riverside: Organisation, inner: Organisation) -> str:
    """What somebody printed yesterday."""
    published_heads.publish_heads()
    return DoorClient("square").get("/.well-known/massline-audit").content.decode()
