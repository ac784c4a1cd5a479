"""Shared beginnings of stories about decisions."""

import pytest

from massline.desk.decide.elections import actions as election_actions
from massline.desk.decide.elections.models import Election
from massline.desk.people.models import Account, Organisation
from massline.square.organisations.models import PublicOrganisation
from tests.desk.decide.held_elections import prepare


@pytest.fixture
def running(riverside: Organisation, face: PublicOrganisation, bea: Account) -> Election:
    election = prepare(riverside, bea)
    election_actions.publish_election(election=election, by=bea)
    return Election.objects.get(pk=election.pk)
