"""A form that is typed into while the login ends, and what of it waits in a page of the login."""

import html
import json
import re
from typing import Any

from massline.desk.guard.accounts.unsent_forms import (
    FIELD,
)

TYPED = {"what": "Ask Basma about the boiler", "due": "2026-12-24", "is_secret": "on"}
HIDDEN = {"passphrase": "never shown", "code": "k7q 2mx", "old_password": "no", "key_share": "9 boats"}


def waits(page: Any) -> list[Any]:
    """The path and fields that wait in a page of the login."""
    (text,) = set(re.findall(rf'name="{FIELD}" value="([^"]*)"', page.content.decode()))
    found: list[Any] = json.loads(html.unescape(text))
    return found


OPEN = "/riverside/listen/open/"
