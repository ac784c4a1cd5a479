"""People who sign up by the dozen, a clock to set, and a worker that dies between two letters."""

import re
from datetime import datetime
from typing import Any

import pytest
import time_machine

from massline.desk.act.attendance.turnout import count_turnout
from massline.desk.act.events.models import Event
from massline.desk.act.messages.form_letters import FormLetters
from massline.jobs.models import Job
from massline.jobs.worker import do_all
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.event_capacity import count_sign_ups
from tests.conftest import DoorClient
from tests.desk.act.mail_server import Post

ROSA, AMIRA = "rosa@post.example", "amira@post.example"


def say_yes(nobody: DoorClient, event: Event, name: str, contact: str, language: str = "") -> str:
    """Sign up on the page, as people do; give the secret of the manage link."""
    address = PublicEvent.objects.get(uuid=event.uuid).get_absolute_url()
    page = nobody.get(address).content.decode()
    found = re.search(r'name="form_id" value="([^"]+)"', page)
    assert found is not None
    form = {"form_id": found[1], "name": name, "contact": contact, "language": language}
    answer = nobody.post(address, form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"].split("/")[2])


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def worker_works() -> None:
    """What has been asked of the worker, and no round besides."""
    do_all("desk")


def sign_up_many(face: Any, event: Event, people: list[str]) -> None:
    from massline.square.envelopes.actions import leave_envelope

    for number, address in enumerate(people):
        contents = {"name": f"N{number}", "contact": address, "language": "", "help": ""}
        leave_envelope(
            organisation=face,
            about=event.uuid,
            contents=contents,
            form_id=f"f{number}",
            happens_on=event.ends_at.date(),
        )


def dies_after(post: Post, letters: int, run: Any) -> None:
    """Run until so many letters have come, and be killed before the next one is handed over."""

    class Killed(BaseException):
        pass

    composed = FormLetters.compose

    def counted(*args: Any) -> Any:
        if len(post.raw) >= letters:
            raise Killed
        return composed(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FormLetters, "compose", counted)
        with pytest.raises(Killed):
            run()
    # A killed process holds its lease no longer than the lease lasts.
    Job.objects.using("desk").update(leased_until=None)


def counts(event: Event) -> tuple[int, int]:
    count = count_sign_ups([event.uuid])[event.uuid]
    turnout = count_turnout([event])[event.pk]
    assert (count.coming, count.waiting) == (turnout.said_yes, turnout.waiting)
    return count.coming, count.waiting
