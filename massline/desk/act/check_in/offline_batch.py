"""Codes that come many at once, from a phone that was offline."""

import json
from typing import Any

from django.utils.translation import gettext as _

from massline.desk.act.check_in import actions
from massline.desk.act.check_in.actions import Arrived
from massline.desk.act.events.models import Event
from massline.desk.people.models import Account

MOST = 500


class Unreadable(ValueError):
    """What came is no list of codes."""


def take_in(sent: bytes, *, event: Event, by: Account) -> Arrived:
    """Check in every code; give the phone's own names of those that are kept, and why the others are not.

    Raises
    ------
    Unreadable
        Where it is not JSON as the page at the door writes it, or too much of it.
    """
    codes = _read(sent)
    arrived = actions.check_in(event=event, codes=codes.values(), by=by)
    refused = {name: arrived.refused[code] for name, code in codes.items() if code in arrived.refused}
    return Arrived([name for name in codes if name not in refused], refused)


def _read(sent: bytes) -> dict[str, str]:
    try:
        given: list[dict[str, Any]] = json.loads(sent)["codes"]
        if len(given) <= MOST:
            return {str(one["uuid"]): str(one["code"])[:40] for one in given}
    except (ValueError, KeyError, TypeError):
        pass
    raise Unreadable(_("Nothing was taken: these are no codes from the door. Open the page again and send."))
