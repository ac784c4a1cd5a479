"""Leave the newcomers of one day out of the count, or count them again."""

from datetime import date

from django.db import transaction

from massline.core.disclosure_threshold import threshold
from massline.core.refusal import refuse
from massline.square.conversations.arrivals.models import DaySetAside
from massline.square.conversations.arrivals.refusal_reasons import DayOfTooFew
from massline.square.conversations.map_request import request_map
from massline.square.conversations.models import Conversation
from massline.square.conversations.trust_levels import Level
from massline.square.conversations.voting.change_marks import mark_all_changed


def exclude_newcomers_of_day(conversation: Conversation, *, day: date, reason: str) -> None:
    """Leave out whoever first answered on a day through the open door, and say why; an empty reason counts them again.

    Raises Refused where fewer came than may be told of together. Whoever came in by a card, a code or an invitation
    since is counted there.
    """
    least = threshold(conversation.organisation).k
    came = conversation.participants.filter(level=Level.OPEN, joined_on=day).count()
    refuse([DayOfTooFew(least)] if reason and came < least else [])
    with transaction.atomic(using="square"):
        if reason:
            DaySetAside.objects.update_or_create(
                conversation=conversation, day=day, defaults={"reason": reason}
            )
        else:
            conversation.days_aside.filter(day=day).delete()
        mark_all_changed(conversation.pk)
        request_map(conversation.pk, at_once=True)
