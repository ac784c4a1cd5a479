"""Warnings for moderators: possible personal data in a statement, and shown statements it resembles."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from massline.embed.pii.flags import FlagKind, find_flags
from massline.engine.themes.duplicates import find_nearest_by_letters
from massline.square.conversations.models import Conversation, Statement

LEAST_SIMILARITY = 0.45
STATEMENTS_PER_PAGE = 25

KINDS: dict[FlagKind, object] = {
    "email": _("an e-mail address"),
    "phone": _("a phone number"),
    "link": _("a link"),
    "handle": _("a username"),
    "number": _("a number that may be someone’s"),
    "name": _("maybe a name"),
}


@dataclass(frozen=True)
class Passage:
    """Part of a statement; `kind` names the personal data it may hold, or is empty."""

    text: str
    kind: object = ""


@dataclass(frozen=True)
class HeldStatement:
    """A statement in the moderation queue; `like` is a shown statement that it resembles."""

    statement: Statement
    stretches: list[Passage] = field(default_factory=list)
    like: Statement | None = None

    @property
    def marked(self) -> list[Passage]:
        """The passages that may hold personal data, in their order."""
        return [passage for passage in self.stretches if passage.kind]

    @property
    def flags(self) -> list[object]:
        """Kinds of personal data it may hold, each once."""
        return list(dict.fromkeys(passage.kind for passage in self.stretches if passage.kind))


def count_held(conversation: Conversation | None) -> int:
    """How many statements wait to be read, all of them."""
    return conversation.statements.held().count() if conversation else 0


def statements_to_moderate(conversation: Conversation | None) -> list[HeldStatement]:
    """The oldest 25 statements of the moderation queue, with their warnings."""
    if conversation is None:
        return []
    return _with_warnings(conversation, list(conversation.statements.held()[:STATEMENTS_PER_PAGE]))


def statement_to_moderate(conversation: Conversation, number: int) -> HeldStatement | None:
    """The statement with this number, with its warnings; None if it does not wait."""
    held = conversation.statements.held().filter(number=number)
    return next(iter(_with_warnings(conversation, list(held))), None)


def next_to_moderate(conversation: Conversation, *, after: int = -1) -> HeldStatement | None:
    """The first statement that waits after the one numbered `after`, else the first of all; None if none waits."""
    held = conversation.statements.held()
    statement = held.filter(number__gt=after).order_by("number").first() or held.order_by("number").first()
    return next(iter(_with_warnings(conversation, [statement])), None) if statement else None


def _with_warnings(conversation: Conversation, held: list[Statement]) -> list[HeldStatement]:
    if not held:
        return []
    similar = find_similar_statements(held, list(conversation.statements.shown()))
    return [
        HeldStatement(statement, split_at_personal_data(statement), similar.get(statement.pk))
        for statement in held
    ]


def split_at_personal_data(statement: Statement) -> list[Passage]:
    """Split a statement at possible personal data; joined, the passages equal the text byte for byte.

    Names of the conversation's sections are not flagged.
    """
    sections = {name.casefold() for name in statement.conversation.sections}
    passages, at = [], 0
    for flag in find_flags(statement.text, language=statement.language or None):
        if flag.kind == "name" and statement.text[flag.start : flag.end].casefold() in sections:
            continue
        passages += [
            Passage(statement.text[at : flag.start]),
            Passage(statement.text[flag.start : flag.end], KINDS[flag.kind]),
        ]
        at = flag.end
    return [passage for passage in (*passages, Passage(statement.text[at:])) if passage.text]


def find_similar_statements(held: Sequence[Statement], shown: Sequence[Statement]) -> dict[int, Statement]:
    """Map held statements by key to the most similar shown one, by shared three-letter sequences.

    A sentence and its opposite share most letters too, so this is a warning and nothing is merged by it.
    """
    if not shown:
        return {}
    nearest = find_nearest_by_letters(
        [statement.text for statement in held], [statement.text for statement in shown]
    )
    return {
        statement.pk: shown[at]
        for statement, (at, alike) in zip(held, nearest, strict=True)
        if alike >= LEAST_SIMILARITY
    }
