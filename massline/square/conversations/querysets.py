"""Named sets of conversations, statements and votes."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

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
