"""One page of a list of the API, and headers that say how long the list is and where it goes on (RFC 8288)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from massline.desk.api.schemas import Page

Out = TypeVar("Out")
TOTAL = "X-Total-Count"


@dataclass(frozen=True)
class PaginatedRows(Generic[Out]):
    """Rows of a list in their order, and how those of one page are written."""

    rows: "QuerySet[Any] | Sequence[Any]"
    write: Callable[[Sequence[Any]], list[Out]]

    def page(self, page: Page, request: HttpRequest, response: HttpResponse) -> list[Out]:
        """Write one page of the list; `X-Total-Count` and `Link` go into the response."""
        total = self.rows.count() if isinstance(self.rows, QuerySet) else len(self.rows)
        response[TOTAL] = str(total)
        links = _links(request, page, total)
        if links:
            response["Link"] = ", ".join(links)
        return self.write(list(self.rows[page.offset : page.offset + page.limit]))


def _links(request: HttpRequest, page: Page, total: int) -> list[str]:
    """First, previous and next page, as far as they are other than this one."""
    offsets = {"first": 0, "prev": max(0, page.offset - page.limit)} if page.offset else {}
    if page.offset + page.limit < total:
        offsets["next"] = page.offset + page.limit
    return [
        f'<{request.build_absolute_uri(request.path)}?{urlencode({"offset": offset, "limit": page.limit})}>; rel="{name}"'
        for name, offset in offsets.items()
    ]
