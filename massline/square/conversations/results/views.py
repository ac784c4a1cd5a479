"""Results of a conversation: the map, every statement, and a participant's own place."""

import numpy as np
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from massline.core.disclosure_threshold import threshold
from massline.engine import opinion
from massline.square.conversations.access import access_conversation
from massline.square.conversations.models import Conversation, Vote
from massline.square.conversations.results.map_results import MapResults
from massline.square.conversations.voting.voter_cookie import participant_of

PER_PAGE = 25


def _page(found: Conversation, level: str = "") -> dict[str, object]:
    """The facts of a results page; sealed results stay closed until the conversation does.

    `level` asks for the answers of those who came in by one way; else the level that leads is read.
    """
    snapshot = found.latest_snapshot() if found.shows_results() else None
    return {
        "organisation": found.organisation,
        "conversation": found,
        "is_open": found.is_open(),
        "sealed": not found.shows_results(),
        "results": MapResults(found, snapshot, level, threshold=threshold(found.organisation))
        if snapshot
        else None,
    }


@require_safe
def results(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    page = _page(access_conversation(org, slug), request.GET.get("level", ""))
    return render(request, "conversations/results.html", page)


@require_safe
def every_statement(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """All statements, a page at a time, in the order asked for; none is cut off."""
    page = _page(access_conversation(org, slug), request.GET.get("level", ""))
    found = page["results"]
    orders = {
        "agree": _("most agreed on"),
        "divide": _("most divided on"),
        "number": _("order people said it"),
    }
    headings = {
        "agree": _("Most agreed on first"),
        "divide": _("Most divided on first"),
        "number": _("In the order people said them"),
    }
    order = request.GET.get("by", "agree")
    order = order if order in orders else "agree"
    if isinstance(found, MapResults):
        listed = Paginator(found.listed(order), PER_PAGE).get_page(request.GET.get("page"))
        page |= {"page": listed, "rows": found.rows(np.asarray(listed.object_list))}
    return render(
        request,
        "conversations/every_statement.html",
        page | {"orders": orders, "order": order, "heading": headings[order]},
    )


@never_cache
@require_safe
def stand(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """Put the reader on the map. The place is worked out for this page and kept nowhere."""
    conversation = access_conversation(org, slug)
    page = _page(conversation)
    shown = page["results"]
    if isinstance(shown, MapResults):
        mine = Vote.objects.of(participant_of(request, conversation)).values_list(
            "statement__number", "value"
        )
        spot = opinion.place_participant(shown.snapshot.estimate, dict(mine))
        if isinstance(spot, opinion.NotEnough):
            page["short"] = spot.need - spot.have
        else:
            page["picture"] = shown.picture((spot[0], spot[1]))
            page["mine"] = shown.groups[spot[2]] if spot[2] is not None and shown.groups else None
    return render(request, "conversations/stand.html", page)
