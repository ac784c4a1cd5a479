"""Jobs of conversations: a new map soon after enough new votes."""

from pathlib import Path

from django.conf import settings
from django.db import connections

from massline.core.db.row_versions import forget_row_versions
from massline.jobs.lanes import MAPS
from massline.jobs.nightly import do_nightly
from massline.jobs.registry import every, job
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.access_codes.models import Code
from massline.square.conversations.models import Conversation, Participant, Vote, VoteMarks
from massline.square.conversations.results import robustness, snapshot
from massline.square.conversations.results.map_cache import ConversationCache

CACHE = ConversationCache()


@job("conversations.take_snapshot", repeatable=True, lane=MAPS)
def take_snapshot(conversation: int) -> None:
    with CACHE.hold(conversation) as cached:
        mapped = Conversation.objects.select_related("organisation").get(pk=conversation)
        snapshot.take_snapshot(mapped, cached=cached)
    robustness.request_robustness(conversation)


@job("conversations.check_robustness", repeatable=True, lane=MAPS)
def check_robustness(conversation: int) -> None:
    with CACHE.hold(conversation) as cached:
        robustness.check_robustness(Conversation.objects.get(pk=conversation), cached=cached)


@every(minutes=24 * 60, database="square")
def redraw_maps_of_older_engines() -> None:
    robustness.request_current_maps()


@every(minutes=24 * 60, database="square")
def forget_pseudonyms() -> None:
    conversation_actions.forget_pseudonyms()


@every(minutes=60, database="square")
def forget_order_of_versions() -> None:
    """Write codes, people, votes and marks anew each night where PostgreSQL numbers row versions by their transaction.

    SQLite keeps no such number; there the nightly rewriting of the whole file is enough.
    """
    if connections["square"].vendor != "postgresql":
        return
    rows = ((Code, "left"), (Participant, "level"), (Vote, "waiting"), (VoteMarks, "marks"))
    unfinished = Path(settings.DATA) / "versions.unfinished"
    do_nightly("versions", lambda: forget_row_versions(rows, using="square", unfinished=unfinished))
