"""The form on which somebody signs up, as a browser sends it."""

import re
from typing import Any

from tests.conftest import DoorClient
from tests.square.conftest import words_of


def form_id_on(answer: Any) -> str:
    found = re.search(r'name="form_id" value="([^"]+)"', words_of(answer))
    assert found, "the page carries no form"
    return found.group(1)


def sign_up(door: DoorClient, address: str, **given: Any) -> Any:
    form = {"form_id": form_id_on(door.get(address)), "name": "Yusra", "contact": "@yusra", **given}
    return door.post(address, form)
