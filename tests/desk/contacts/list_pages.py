"""The pages on which a list of contacts is looked at and brought in."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.conftest import DoorClient

LISTS = "/riverside/people/lists/"
CSV = (
    "First Name;Last Name;E-Mail;Handy;Einwilligung;Support score\r\n"
    "Ana;López;ana@example.org;;2026-03-04;5\r\n"
    "أميرة;;;+49 30 555 0101;ja;1\r\n"
    "Marek;Nowak;marek@example.org;+49 30 555 0102;no;2\r\n"
    "Ana;Lopez;ANA@example.org;;yes;4\r\n"
    "Nobody;;;;yes;4\r\n"
)


def columns(*meanings: str) -> dict[str, str]:
    return {f"column_{number}": means for number, means in enumerate(meanings)}


def look(door: DoorClient, given: str | bytes) -> Any:
    """Choose a list: text is pasted, a file is uploaded."""
    listed: dict[str, Any] = {"pasted": given}
    if isinstance(given, bytes):
        listed = {"file": SimpleUploadedFile("list", given)}
    return door.post(LISTS, {**listed, "source": "The stall in May, signed on paper"})


def bring(door: DoorClient, given: str | bytes, **more: Any) -> Any:
    page = look(door, given)
    form = page.context["form"]
    chosen = columns(*(str(one) for one in form.meanings))
    sent = {"list": page.context["list"], "source": page.context["source"], "bring": "1"}
    return door.post(LISTS, {**sent, **chosen, **more})
