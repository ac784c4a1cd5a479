"""What takes the place of something secret asks in the same step that the earlier leaves the database's log."""

from datetime import date, timedelta

import pytest

from massline.desk.guard.keys import paper_recovery, recovery_sheets
from massline.desk.guard.keys.unlock import open_by_passphrase
from massline.desk.guard.keys.vault import Vault
from massline.desk.listen.conversations.redaction import show_without_passages
from massline.desk.listen.rounds.actions import open_round
from massline.desk.people.models import Account, Organisation
from massline.square.conversations.actions import add_statement
from massline.square.conversations.models import Conversation
from tests.conftest import PASSPHRASE
from tests.desk.conftest import LogsCut


@pytest.fixture
def vault(riverside: Organisation, amal: Account) -> Vault:
    opened = open_by_passphrase(amal, riverside, PASSPHRASE)
    assert opened is not None
    return opened


def test_a_key_sealed_to_other_paper(
    logs_cut_by: LogsCut, riverside: Organisation, amal: Account, vault: Vault
) -> None:
    public = recovery_sheets.make_sheets(need=2, of=3).public
    assert "desk" in logs_cut_by(
        lambda: paper_recovery.set_up_paper_recovery(riverside, public=public, vault=vault, by=amal)
    )


def test_words_hidden_from_a_statement(
    logs_cut_by: LogsCut, riverside: Organisation, bea: Account, today: date
) -> None:
    closes_on = today + timedelta(days=7)
    round_ = open_round(organisation=riverside, question="What first?", closes_on=closes_on, by=bea)
    said = add_statement(Conversation.objects.get(), text="Ring me on 0151 23456789.", token="somebody")
    assert "square" in logs_cut_by(lambda: show_without_passages(said, places=[0], round_=round_, by=bea))
    said.refresh_from_db()
    assert "0151" not in said.text
