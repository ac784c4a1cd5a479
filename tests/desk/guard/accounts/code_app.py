"""A code app on a phone, and a browser that is half way through the login."""

from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from massline.desk.guard.audit.models import AuditLine
from massline.desk.people import scope
from massline.desk.people.models import Organisation
from tests.conftest import PASSPHRASE, DoorClient

SECRET = b"12345678901234567890"
NOON = 1_800_000_000


def shown(secret: bytes, at: float) -> str:
    """What the app shows at that second."""
    return TOTP(secret, 6, SHA1(), 30).generate(int(at)).decode()


def half_way(name: str = "amal") -> DoorClient:
    """A browser in which the passphrase was right."""
    door = DoorClient("desk")
    answer = door.post("/login/", {"name": name, "passphrase": PASSPHRASE, "next": "/riverside/guard/"})
    assert answer.headers["Location"] == "/login/second/"
    return door


def give(door: DoorClient, code: str) -> Any:
    return door.post("/login/second/", {"code": code})


def verbs_of(organisation: Organisation) -> list[str]:
    with scope.scope_to_everything("looking"):
        return list(AuditLine.objects.filter(organisation=organisation).values_list("verb", flat=True))
