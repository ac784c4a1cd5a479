"""Openings of a call by source and day, with nothing about the people who opened it."""

import logging

from django.db import DatabaseError, transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.square.calls.models import PublishedCall
from massline.square.calls.sharing.models import SourceDay
from massline.web.database_unavailable import is_transient

log = logging.getLogger("massline.calls")

# One letter each, so that an address stays short enough to type. Nothing else is ever counted.
SOURCES = {
    "p": _("Poster"),
    "f": _("Flyer"),
    "c": _("Card"),
    "t": _("Tear-off strip"),
    "d": _("At the door"),
    "s": _("Text message"),
    "m": _("Chat group"),
    "e": _("E-mail"),
    "n": _("Social media"),
    "w": _("Another website"),
    "a": _("Typed in or passed on"),
}
TYPED = "a"


def count_opening(call: PublishedCall, source: str) -> None:
    """Count an opening. If the database cannot write at the moment, the call is shown all the same."""
    if source not in SOURCES:
        return
    try:
        with transaction.atomic(using="square"):
            day, _made = SourceDay.objects.get_or_create(
                call=call, source=source, day=timezone.localdate(timezone=call.organisation.zone)
            )
            SourceDay.objects.filter(pk=day.pk).update(opened=F("opened") + 1)
    except DatabaseError as problem:
        if not is_transient(problem):
            raise
        log.warning("An opening was not counted: %s", problem)


def openings_by_source(call: PublishedCall) -> list[tuple[str, int]]:
    """Label and number of openings of each source that was used, the most frequent first."""
    sums = call.source_days.order_by().values_list("source").annotate(n=Sum("opened"))
    counts = [(str(SOURCES[source]), int(n)) for source, n in sums if source in SOURCES]
    return sorted(counts, key=lambda count: (-count[1], count[0]))
