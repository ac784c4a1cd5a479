"""Login sessions. A row names the account, the day it began and the hour it ends; no address or device.

Its key is a hash of the cookie's value, so a stolen database or backup opens no session.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.timezone import localdate

from massline.core.db.erasure import erase_after_commit
from massline.core.expiry import ExpiresAfter


class DeskSession(AbstractBaseSession):
    """A browser's session, before or after login."""

    lives = ExpiresAfter(since="expire_date")

    account = models.ForeignKey(
        "people.Account", null=True, on_delete=models.CASCADE, related_name="sessions", editable=False
    )
    made_on = models.DateField(default=localdate)

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        return SessionStore

    def __str__(self) -> str:
        return f"a session of {self.account}"


def session_row_key(session_key: str) -> str:
    """Return the key of a session's row: 40 hex digits from which the cookie cannot be recovered."""
    return hashlib.blake2b(session_key.encode(), digest_size=20, person=b"desk-session").hexdigest()


def _round_up_to_hour(moment: datetime) -> datetime:
    """Round up to the full hour, so that the expiry does not reveal the minute of the login."""
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


class SessionStore(DatabaseStore):
    """Django's database sessions under a hashed key; deleting a row ends the session at the next request."""

    @classmethod
    def get_model_class(cls) -> type[DeskSession]:
        return DeskSession

    def _get_session_from_db(self) -> DeskSession | None:
        row = DeskSession.objects.filter(
            session_key=session_row_key(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        return DeskSession.objects.filter(session_key=session_row_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> DeskSession:
        key = session_row_key(self.session_key or "")
        made = DeskSession.objects.filter(session_key=key).values_list("made_on", flat=True).first()
        return DeskSession(
            session_key=key,
            session_data=self.encode(data),
            expire_date=_round_up_to_hour(self.get_expiry_date()),
            account_id=data.get(SESSION_KEY),
            made_on=made or localdate(),
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            DeskSession.objects.filter(session_key=session_row_key(key)).delete()
            erase_after_commit("desk")
