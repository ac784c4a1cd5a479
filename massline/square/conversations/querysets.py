"""Named sets of conversations, statements and votes."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from massline.square.conversations.trust_levels import Level

if TYPE_CHECKING:
    from massline.square.conversations.models import Conversation, Participant, Statement, Vote  # noqa: F401


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def talks(self) -> "ConversationQuerySet":
        """Conversations proper, without halls that vote on motions."""
        return self.filter(is_hall=False)

    def open(self) -> "ConversationQuerySet":
        now = timezone.now()
        still = models.Q(closes_at=None) | models.Q(closes_at__gt=now)
        return self.filter(still, opens_at__lte=now)

    def begun(self) -> "ConversationQuerySet":
        """Open or closed, but no longer ahead."""
        return self.filter(opens_at__lte=timezone.now())


class StatementQuerySet(models.QuerySet["Statement"]):
    def shown(self) -> "StatementQuerySet":
        return self.filter(state="shown")

    def held(self) -> "StatementQuerySet":
        return self.filter(state="held")


class VoteQuerySet(models.QuerySet["Vote"]):
    def of(self, participant: "Participant | None") -> "VoteQuerySet":
        """A participant's answers to statements that are shown; none for somebody who has not begun."""
        if participant is None:
            return self.none()
        return self.filter(participant=participant, statement__state="shown")

    def counted(self, conversation: "Conversation") -> "VoteQuerySet":
        """The answers the present edition of the results rests on, to statements that are shown."""
        return self.filter(
            statement__conversation=conversation, statement__state="shown", shown_value__isnull=False
        )

    def rows_by_level(self) -> dict[Level, list[tuple[str, int, int]]]:
        """The counted rows of each level that has any, sorted, so that the same votes are the same rows."""
        found: dict[Level, list[tuple[str, int, int]]] = {}
        rows = self.values_list("shown_level", "participant__key", "statement__number", "shown_value")
        for level, key, number, value in rows:
            if value is not None:
                found.setdefault(Level(level), []).append((key, number, value))
        return {level: sorted(found[level]) for level in sorted(found, key=lambda level: level.rank)}
