"""Batches of check-in codes from a phone that was offline."""

import json

from django.utils.translation import gettext as _

from massline.core.invisible_characters import strip_control_characters
from massline.desk.act.check_in import actions
from massline.desk.act.check_in.actions import CheckInResult
from massline.desk.act.events.models import Event
from massline.desk.people.models import Account

MOST_CODES = 500


class UnreadableBatch(ValueError):
    """The request body is not a list of codes."""


def check_in_batch(sent: bytes, *, event: Event, by: Account) -> CheckInResult:
    """Check in every code; the result names each by the id the phone gave it.

    Raises
    ------
    UnreadableBatch
        If the body is not the JSON that the check-in page writes, or holds more than MOST_CODES.
    """
    codes = _parse_codes(sent)
    result = actions.check_in(event=event, codes=codes.values(), by=by)
    refused = {name: result.refused[code] for name, code in codes.items() if code in result.refused}
    return CheckInResult([name for name in codes if name not in refused], refused)


def _text(value: object) -> str:
    """Text without halves of letters, which JSON can hold and no database."""
    return strip_control_characters(str(value))


def _parse_codes(sent: bytes) -> dict[str, str]:
    try:
        entries = json.loads(sent)["codes"]
        if len(entries) <= MOST_CODES:
            return {_text(entry["uuid"]): _text(entry["code"])[:40] for entry in entries}
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise UnreadableBatch(
        _("Nothing was imported: these are not door codes. Reload the page and send again.")
    )
