"""Calendar files written once for as long as their rows stay as they are; who has one already is told so (304)."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.calls.translations import PublishedTranslation
from massline.square.organisations.models import PublicOrganisation

MOST_FILES = 64
_written: OrderedDict[str, bytes] = OrderedDict()
_guard = threading.Lock()


def serve_calendar(
    request: HttpRequest,
    organisation: PublicOrganisation,
    events: QuerySet[PublicEvent],
    write: Callable[[], bytes],
    *,
    name: str,
    language: str = "",
) -> HttpResponse:
    """Answer with the file that `write` makes, or 304 where the reader has the same; `write` runs after a change alone."""
    etag = quote_etag(_fingerprint(organisation, events, language))
    response: HttpResponse = get_conditional_response(request, etag=etag) or HttpResponse(
        _write_once(etag, write), content_type="text/calendar; charset=utf-8"
    )
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=300"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _write_once(etag: str, write: Callable[[], bytes]) -> bytes:
    with _guard:
        if etag in _written:
            _written.move_to_end(etag)
            return _written[etag]
    body = write()
    with _guard:
        _written[etag] = body
        while len(_written) > MOST_FILES:
            _written.popitem(last=False)
    return body


def _fingerprint(organisation: PublicOrganisation, events: QuerySet[PublicEvent], language: str) -> str:
    """A digest of every row that a calendar is written from. Clock changes are written for the years around today."""
    digest = blake2b(digest_size=16)
    digest.update(repr([settings.VERSION, settings.SQUARE_URL, language, timezone.localdate().year]).encode())
    calls = PublishedCall.objects.filter(organisation=organisation)
    for rows in (
        PublicOrganisation.objects.filter(pk=organisation.pk),
        events.select_related(None).prefetch_related(None),
        calls,
        PublishedTranslation.objects.filter(call__in=calls),
    ):
        for row in rows.order_by("pk").values_list().iterator():
            digest.update(repr(row).encode())
    return digest.hexdigest()
