"""What stories of calls and sign-ups begin with."""

import pytest
from nacl.public import PrivateKey

from massline.square.calls.models import PublishedCall
from massline.square.organisations.models import PublicOrganisation
from tests.square.calls.translated_walk import ARABIC, SPANISH, change


@pytest.fixture
def private(face: PublicOrganisation) -> bytes:
    """The key that only the desk has; the square holds its public half."""
    key = PrivateKey.generate()
    PublicOrganisation.objects.filter(pk=face.pk).update(seal_key=bytes(key.public_key))
    face.refresh_from_db()
    return bytes(key)


@pytest.fixture
def spoken(walk: PublishedCall) -> PublishedCall:
    """The walk, in Arabic and Spanish too."""
    change(walk, translations=(ARABIC, SPANISH))
    return walk
