"""Moderate statements that people wrote."""

from django.db import transaction

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account
from massline.square.conversations import moderation
from massline.square.conversations.models import Statement


def moderate_statement(
    statement: Statement,
    *,
    round_: ListeningRound,
    by: Account,
    show: bool,
    reason: str = "",
    same_as: Statement | None = None,
) -> None:
    """Show a statement publicly, or reject it with a reason and the statement it repeats."""
    with transaction.atomic(using="desk"):
        if show:
            moderation.show_statement(statement)
        else:
            moderation.reject_statement(statement, reason=reason, same_as=same_as)
        chain.append_line(
            round_.organisation, by, "showed a statement" if show else "turned a statement down", statement
        )
