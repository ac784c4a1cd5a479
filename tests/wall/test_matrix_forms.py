"""A form takes rows of its own compartment alone: another's number in a field is as good as none."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from massline.desk.listen.rounds.models import FieldReport, Voice
from massline.desk.people.models import Section
from massline.square.conversations.models import Statement
from tests.wall.compartments import Compartment
from tests.wall.matrix import ask
from tests.wall.matrix_world import World, at_the_door, make_world

SOON = str(timezone.localdate() + timedelta(days=20))
Numbers = Callable[[Compartment], object]


@pytest.fixture
def world(caplog: pytest.LogCaptureFixture) -> World:
    caplog.set_level(logging.CRITICAL, "django.request")
    return make_world()


def row(name: str) -> Numbers:
    return lambda home: home.rows[name]


def section(home: Compartment) -> object:
    return Section.objects.filter(organisation=home.organisation).earliest("pk").pk


def voice(home: Compartment) -> object:
    return Voice.objects.filter(report__round__pk=str(home.rows["next_round"])).earliest("pk").pk


def statement(home: Compartment) -> object:
    talk = home.rows["next_talk"]
    return Statement.objects.filter(conversation__slug=str(talk), number=0).get().pk


def owner(home: Compartment) -> object:
    return home.organiser.pk


def forms(home: Compartment) -> Iterator[tuple[str, str, dict[str, object], Numbers]]:
    """An address, the field that names a row, what else the form says, and where the row's number comes from."""
    base, rows = f"/{home.slug}", home.rows
    step: dict[str, object] = {"what": "Bring one", "due_on": SOON}
    decision: dict[str, object] = {"title": "We go", "why": "No answer", "review_on": SOON}
    yield f"{base}/act/contacts/{rows['contact']}/next-step/", "owner", step, owner
    demand: dict[str, object] = {"text": "A date"}
    yield f"{base}/decide/demands/", "claims", demand, row("claim")
    whole = {**decision, "owner": home.organiser.pk}
    yield f"{base}/decide/record/", "demands", whole, row("demand")
    yield f"{base}/decide/record/", "owner", {**decision, "demands": rows["demand"]}, owner
    claims = f"{base}/sum-up/{rows['draft']}/claims/"
    yield claims, "voices", {"text": "It is cold"}, voice
    yield claims, "statements", {"text": "It is cold"}, statement
    asked: dict[str, object] = {"question": "What now?", "closes_on": SOON, "shown": "held"}
    yield f"{base}/listen/open/", "sections", asked, section
    told = {"uuid": UUID(int=9), "channel": "door", "people": 1, "text_0": "It is cold", "kind_0": "said"}
    yield f"{base}/listen/{rows['round']}/write/", "section", told, section


def test_a_form_takes_our_own_rows_and_nobody_elses(world: World) -> None:
    amal = world.actors["desk"][-1]
    with at_the_door("desk"):
        for path, name, rest, number in forms(world.riverside):
            for home, taken in ((world.riverside, True), (world.harbour, False)):
                sent = {key: str(value) for key, value in {**rest, name: number(home)}.items()}
                answer, written = ask(amal, "POST", path, sent)
                assert (answer.status_code == 302, bool(written)) == (taken, taken), (path, name, home.slug)
                assert f"zxq{world.harbour.slug}".encode() not in answer.content


def test_the_name_of_another_compartments_report_is_taken_like_any_other(world: World) -> None:
    amal, home = world.actors["desk"][-1], world.riverside
    path = f"/riverside/listen/{home.rows['round']}/write/"
    theirs = FieldReport.objects.filter(round__organisation=world.harbour.organisation).earliest("pk")
    told = {
        "section": str(section(home)),
        "channel": "door",
        "people": "1",
        "text_0": "Cold",
        "kind_0": "said",
    }
    with at_the_door("desk"):
        for name in (theirs.uuid, UUID(int=9)):
            answer, written = ask(amal, "POST", path, {**told, "uuid": str(name)})
            assert (answer.status_code, answer.headers["Location"]) == (302, path)
            assert written
