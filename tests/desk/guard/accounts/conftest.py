"""What the stories of logins begin with: a key-holder with a code app."""

import pytest

from massline.desk.guard.accounts import totp
from massline.desk.people.models import Account, Organisation
from massline.desk.people.second_factor_models import CodeApp
from tests.desk.guard.accounts.code_app import SECRET


@pytest.fixture
def with_app(riverside: Organisation, amal: Account) -> Account:
    CodeApp.objects.create(account=amal, sealed=totp.seal_secret(SECRET))
    return amal
