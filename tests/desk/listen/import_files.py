"""Files somebody brings in at the desk, and the steps to do it."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from massline.desk.listen.rounds.models import FieldReport, ListeningRound, Voice
from massline.square.conversations.models import Conversation, Participant, Statement, Vote
from tests.conftest import DoorClient

POLIS = "data/polis/scoop-hivemind.freshwater"
COMMENTS = (
    "timestamp,comment-id,author-id,moderated,comment-body\n"
    '1500000000000,0,0,1,"Fix the heating, now"\n'
    "1500000000000,1,1,-1,Spam\n1500000000000,2,9,0,Ring 0151 23456789 and ask Maria\n"
)
VOTES = (
    "timestamp,comment-id,voter-id,vote\n1500000000000,0,0,1\n1500500000000,0,1,-1\n1500400000000,0,1,1\n"
    "1500000000000,2,0,0\n"
)


def send(door: DoorClient, round_: ListeningRound, **files: str | bytes) -> Any:
    sent = [
        SimpleUploadedFile(name.replace("__", "."), text if isinstance(text, bytes) else text.encode())
        for name, text in files.items()
    ]
    return door.post(f"/riverside/listen/{round_.pk}/bring/", {"sent": sent})


def looked(door: DoorClient, answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return str(door.get(answer.headers["Location"]).content.decode())


def confirm(door: DoorClient, answer: Any, **chosen: str) -> str:
    page = door.post(answer.headers["Location"], {**chosen, "bring": "1"}, follow=True)
    assert page.status_code == 200
    return str(page.content.decode())


def zipped(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name.replace("__", "."), text)
    return out.getvalue()


def everything_said() -> list[Any]:
    return [
        list(model._default_manager.order_by("pk").values())
        for model in (Conversation, Statement, Participant, Vote, FieldReport, Voice)
    ]
