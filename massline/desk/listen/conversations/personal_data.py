"""What helps to read the sentences people wrote: what they may repeat, and what in them may tell who somebody is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from massline.embed.pii.flags import Kind, find
from massline.engine.themes.duplicates import nearest_in_letters
from massline.square.conversations.models import Conversation, Statement

ALIKE = 0.45
A_PAGE = 25

KINDS: dict[Kind, object] = {
    "email": _("an e-mail address"),
    "phone": _("a phone number"),
    "link": _("a link"),
    "handle": _("an account name"),
    "number": _("a number that may belong to somebody"),
    "name": _("perhaps a name"),
}


@dataclass(frozen=True)
class Stretch:
    """A piece of a sentence; `kind` says what it may give away."""

    text: str
    kind: object = ""


@dataclass(frozen=True)
class Waiting:
    """A sentence that waits to be read. `like` is a shown statement it looks like; the person decides."""

    statement: Statement
    stretches: list[Stretch] = field(default_factory=list)
    like: Statement | None = None

    @property
    def flags(self) -> list[object]:
        """What it may give away, each kind once."""
        return list(dict.fromkeys(one.kind for one in self.stretches if one.kind))


def waiting_in(conversation: Conversation | None) -> list[Waiting]:
    """Give the sentences that wait, the oldest first, with what one should look at; a page takes 25."""
    if conversation is None:
        return []
    held = list(conversation.statements.held()[:A_PAGE])
    if not held:
        return []
    like = looks_like(held, list(conversation.statements.shown()))
    return [Waiting(one, stretches(one), like.get(one.pk)) for one in held]


def stretches(statement: Statement) -> list[Stretch]:
    """Cut a sentence where something in it may tell who somebody is; joined again it is the same to the byte.

    Sections have names that look like somebody's, and name nobody.
    """
    sections = {name.casefold() for name in statement.conversation.sections}
    cut, at = [], 0
    for flag in find(statement.text, language=statement.language or None):
        if flag.kind == "name" and statement.text[flag.start : flag.end].casefold() in sections:
            continue
        cut += [
            Stretch(statement.text[at : flag.start]),
            Stretch(statement.text[flag.start : flag.end], KINDS[flag.kind]),
        ]
        at = flag.end
    return [one for one in (*cut, Stretch(statement.text[at:])) if one.text]


def looks_like(held: Sequence[Statement], shown: Sequence[Statement]) -> dict[int, Statement]:
    """Find for each sentence the shown statement that shares most three-letter stretches with it, where one is near.

    Letters know no meaning: a sentence and its opposite look alike too. So this warns, and joins nothing.
    """
    if not shown:
        return {}
    nearest = nearest_in_letters([one.text for one in held], [one.text for one in shown])
    return {one.pk: shown[at] for one, (at, alike) in zip(held, nearest, strict=True) if alike >= ALIKE}
