"""Hide words of a statement that may point to somebody. Words are only taken out, never put in."""

from collections.abc import Collection

from django.db import transaction

from massline.core.db.erasure import erase_after_commit
from massline.desk.guard.audit import chain
from massline.desk.listen.conversations.moderation_warnings import split_at_personal_data
from massline.desk.listen.conversations.redaction_model import HiddenWords
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account
from massline.square.conversations import moderation
from massline.square.conversations.models import Statement

TAKEN_OUT = "[…]"


def without_marked_words(statement: Statement, places: Collection[int] | None = None) -> str:
    """The statement without its marked passages, or without those at the given places among them."""
    written, place = [], 0
    for passage in split_at_personal_data(statement):
        if not passage.kind:
            written.append(passage.text)
            continue
        written.append(TAKEN_OUT if places is None or place in places else passage.text)
        place += 1
    return "".join(written)


def show_without_passages(
    statement: Statement, *, places: Collection[int], round_: ListeningRound, by: Account
) -> None:
    """Show a statement without the marked passages at these places; what was said is kept for organisers."""
    with transaction.atomic(using="desk"), transaction.atomic(using="square"):
        said = statement.text
        statement.text, statement.has_hidden_words = without_marked_words(statement, places), True
        statement.save(update_fields=["text", "has_hidden_words"])
        HiddenWords.objects.create(round=round_, statement=statement.uuid, said=said)
        moderation.show_statement(statement)
        erase_after_commit("square")
        chain.append_line(round_.organisation, by, "showed a statement without some of its words", statement)


def restore_hidden_words(statement: Statement) -> None:
    """Give a statement its hidden words back, where they are still kept."""
    hidden = HiddenWords.objects.filter(statement=statement.uuid).first()
    if hidden is None:
        return
    statement.text, statement.has_hidden_words = hidden.said, False
    statement.save(update_fields=["text", "has_hidden_words"])
    hidden.delete()
