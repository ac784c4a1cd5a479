"""Moderation of statements: show, reject with a reason, or undo either.

Either way the worker makes an edition at once, in which a statement counts with all the answers it was shown with, or
not at all. Who wrote it is looked at nowhere. Nothing is merged: a statement that repeats another is turned down with a link to
it, and stays as it was written.
"""

from django.utils import timezone

from massline.square.conversations.map_request import request_map
from massline.square.conversations.models import Statement, StatementState


def show_statement(statement: Statement) -> None:
    _decide(statement, StatementState.SHOWN)


def reject_statement(statement: Statement, *, reason: str, same_as: Statement | None = None) -> None:
    """Keep a statement off the page; the reason, and what says it already, are kept beside it."""
    _decide(statement, StatementState.TURNED_DOWN, reason=reason, same_as=same_as)


def reopen_statement(statement: Statement) -> None:
    """Let it wait again, as if nobody had read it. Its answers are kept and count once it is shown."""
    _decide(statement, StatementState.HELD)


def _decide(
    statement: Statement, state: StatementState, *, reason: str = "", same_as: Statement | None = None
) -> None:
    statement.state, statement.reason, statement.same_as = state, reason, same_as
    statement.read_on = None if state == StatementState.HELD else timezone.localdate()
    statement.save(update_fields=["state", "reason", "same_as", "read_on"])
    request_map(statement.conversation_id, at_once=True)
