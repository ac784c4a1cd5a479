"""One address of each page of the organisers' site, found as people find them: by following links from Today."""

import html
import re
from collections import deque
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext

from tests.wall.declared_desk import DESK

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
# No pages for people to look at: files, answers to scripts, addresses that lead elsewhere.
NO_PAGES = {
    "listen:worker",
    "listen:manifest",
    "act:check_in_worker",
    "act:material",
    "call:material",
    "call:calendar",
    "meeting:agenda",
    "meeting:minute",
    "legal:printed",
    "api:openapi-json",
    "api:api-root",
}
# Addresses of one kind that are looked at: a draft and what was published are two pages.
OF_EACH = 2


def find_desk_pages(request: APIRequestContext, base: str, start: str) -> dict[str, list[str]]:
    """Return paths by the name of their address, `OF_EACH` at most of a kind, reached by links from `start`."""
    found: dict[str, list[str]] = {}
    seen, waiting = {start}, deque([start])
    while waiting:
        path = waiting.popleft()
        name = name_of(path)
        if name is None or name in NO_PAGES or name not in DESK or len(found.get(name, ())) >= OF_EACH:
            continue
        answer = request.get(base + path, max_redirects=0)
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        found.setdefault(name, []).append(path)
        for link in LINK.findall(answer.text()):
            address = urlsplit(urljoin(base + path, html.unescape(link)))
            if f"{address.scheme}://{address.netloc}" == base and address.path not in seen:
                seen.add(address.path)
                waiting.append(address.path)
    return found


def name_of(path: str) -> str | None:
    try:
        match: Any = resolve(path, urlconf="massline.urls_desk")
    except Resolver404:
        return None
    return str(match.view_name)
