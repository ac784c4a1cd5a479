"""Browsers at the two doors: who has one, who is logged in, and whose names are unlocked."""

from typing import Any

from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client, override_settings

from tests.markup import folded

PASSPHRASE = "seven boats wait by the bridge"


class DoorClient(Client):
    """A browser at one door: that door's addresses and that door's middleware.

    Pages come as a browser reads them, with white space folded; `as_sent` keeps the bytes that came.
    """

    def __init__(self, door: str, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.door = door

    def request(self, **request: Any) -> Any:
        with override_settings(
            ROOT_URLCONF=f"massline.urls_{self.door}",
            MIDDLEWARE=django_settings.MIDDLEWARE_OF[self.door],
            DOOR=self.door,
            DATA_UPLOAD_MAX_MEMORY_SIZE=django_settings.LARGEST_FORM_OF[self.door],
        ):
            answer: Any = super().request(**request)
        kind, coding = answer.headers.get("Content-Type", ""), answer.headers.get("Content-Encoding")
        if kind.startswith("text/html") and not coding and not answer.streaming:
            answer.as_sent = answer.content
            answer.content = folded(answer.content.decode()).encode()
        return answer


def at_desk(account: Any) -> DoorClient:
    """A browser in which this account has logged in: the session that a login leaves, without its steps."""
    from massline.desk.guard.accounts.login import BACKEND, FRESH, current_minute
    from massline.desk.people.sessions import SessionStore

    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(account.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: account.get_session_auth_hash(),
            FRESH: current_minute(),
        }
    )
    session.save()
    assert session.session_key
    client = DoorClient("desk")
    client.cookies[django_settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def unlocked(account: Any, organisation: Any) -> DoorClient:
    """A browser in which this holder has also opened the vault."""
    client = at_desk(account)
    answer = client.post(f"/{organisation.slug}/guard/unlock/", {"passphrase": PASSPHRASE})
    assert answer.status_code == 302
    return client
