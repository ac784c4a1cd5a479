"""What stories of calls and sign-ups begin with."""

import pytest
from nacl.public import PrivateKey

from massline.square.organisations.models import PublicOrganisation


@pytest.fixture
def private(face: PublicOrganisation) -> bytes:
    """The key that only the desk has; the square holds its public half."""
    key = PrivateKey.generate()
    PublicOrganisation.objects.filter(pk=face.pk).update(seal_key=bytes(key.public_key))
    face.refresh_from_db()
    return bytes(key)
