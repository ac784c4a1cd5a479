"""The summary of a conversation that is taken out says how many are on its map, not how many ever answered."""

import csv
from pathlib import Path

from massline.square.conversations.actions import join_conversation, open_conversation
from massline.square.conversations.models import Conversation, Value
from massline.square.conversations.polis.folder_writer import export_conversation
from massline.square.conversations.results.snapshot import take_snapshot
from massline.square.organisations.models import PublicOrganisation
from tests.votes import tell_everything, vote

ENOUGH, TOO_FEW = 9, 4


def let_answer(talk: Conversation, who: str, answers: int) -> None:
    person = join_conversation(talk, token=who)
    for statement in talk.statements.order_by("number")[:answers]:
        vote(person, statement, value=Value.AGREE)


def summary_of(talk: Conversation, folder: Path) -> dict[str, str]:
    export_conversation(talk, folder)
    rows = csv.reader((folder / "summary.csv").read_text().splitlines())
    return {row[0]: row[1] for row in rows if len(row) > 1}


def test_who_answered_too_few_is_a_voter_and_not_on_the_map(face: PublicOrganisation, tmp_path: Path) -> None:
    """F5: both numbers were those of everybody who answered."""
    talk = open_conversation(
        organisation=face, question="What first?", seeds=[f"Mend {n}." for n in range(12)]
    )
    for number in range(ENOUGH):
        let_answer(talk, f"much {number}", 12)
    for number in range(TOO_FEW):
        let_answer(talk, f"little {number}", 1)
    tell_everything(talk)
    take_snapshot(talk)
    summary = summary_of(talk, tmp_path / "out")
    assert (summary["voters"], summary["voters-in-conv"]) == (str(ENOUGH + TOO_FEW), str(ENOUGH))


def test_answers_to_a_statement_that_was_turned_down_put_nobody_on_the_map(
    face: PublicOrganisation, tmp_path: Path
) -> None:
    talk = open_conversation(
        organisation=face, question="What first?", seeds=[f"Mend {n}." for n in range(12)]
    )
    for number in range(ENOUGH):
        let_answer(talk, f"much {number}", 12)
    tell_everything(talk)
    take_snapshot(talk)
    talk.statements.update(state="turned_down")
    summary = summary_of(talk, tmp_path / "out")
    assert (summary["voters"], summary["voters-in-conv"]) == (str(ENOUGH), "0")
