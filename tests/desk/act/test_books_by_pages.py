"""Two editors, people who sign up, and a key-holder, in any order and through the pages: the books always balance."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massline.desk.act.attendance.models import Attendance
from massline.desk.act.attendance.turnout import count_turnout
from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import Occasion
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.event_capacity import count_sign_ups
from massline.square.envelopes.models import Envelope
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.act.mail_server import Post, occasion_of, worker_looks
from tests.open_forms import Values, open_form
from tests.parts import parts

pytestmark = pytest.mark.usefixtures("couriers")
EDITORS = {"bea": "place", "amal": "access"}
WHICH = st.integers(0, 3)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.sampled_from(sorted(EDITORS))),
        st.tuples(st.just("save"), st.sampled_from(sorted(EDITORS))),
        st.tuples(st.just("sign up"), st.sampled_from(["rosa", "idris", "wanda"]), st.integers(1, 3)),
        st.tuples(st.just("send again"), WHICH),
        st.tuples(st.just("cancel"), WHICH),
        st.tuples(st.just("room for"), st.sampled_from(["", "2", "5"])),
        st.tuples(st.just("collect")),
    ),
    min_size=4,
    max_size=14,
)


class Undone(Exception):
    """Takes back what one example did."""


@dataclass
class Evening:
    """The event, who does what at which door, the forms that are open, and what each editor wrote last."""

    event: Event
    nobody: DoorClient
    doors: dict[str, DoorClient]
    forms: dict[str, Values] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    saves: int = 0
    sent: list[dict[str, str]] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)

    @property
    def page(self) -> str:
        return PublicEvent.objects.get(uuid=self.event.uuid).get_absolute_url()

    @property
    def room(self) -> str:
        return f"/riverside/act/{self.event.pk}/"


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_the_books_balance_through_the_pages(
    event: Event,
    riverside: Organisation,
    amal: Account,
    bea: Account,
    nobody: DoorClient,
    post: Post,
    deeds: list[tuple[object, ...]],
) -> None:
    evening = Evening(event, nobody, {"bea": at_desk(bea), "amal": unlocked(amal, riverside)})
    before = len(post.letters)
    try:
        with transaction.atomic(using="desk"), transaction.atomic(using="square"):
            for deed in [*deeds, ("collect",)]:
                play(evening, deed)
            worker_looks()
            check_letters(evening, post.letters[before:])
            raise Undone
    except Undone:
        return


def play(evening: Evening, deed: tuple[object, ...]) -> None:
    match deed:
        case ("open", str(editor)):
            page = evening.doors[editor].get(f"{evening.room}change/").content.decode()
            evening.forms[editor] = open_form(page, "starts_at")
        case ("save", str(editor)) if editor in evening.forms:
            save(evening, editor)
        case ("sign up", str(name), int(people)):
            sign_up(evening, name, people)
        case ("send again", int(which)) if evening.sent:
            form = evening.sent[which % len(evening.sent)]
            assert evening.nobody.post(evening.page, form).status_code == 302
        case ("cancel", int(which)) if evening.secrets:
            secret = evening.secrets[which % len(evening.secrets)]
            assert evening.nobody.post(f"/manage/{secret}/cancel/").status_code == 302
        case ("room for", str(places)):
            form = {"slots": "", "places": places}
            assert evening.doors["bea"].post(f"{evening.room}slots/", form).status_code == 302
        case ("collect",):
            assert evening.doors["amal"].post(f"{evening.room}collect/").status_code == 302
            check_counts(evening)
    check_facts(evening)


def save(evening: Evening, editor: str) -> None:
    """Save the form that was opened at some time with another word in the editor's own field."""
    name = EDITORS[editor]
    evening.saves += 1
    evening.written[name] = f"{name} {evening.saves} by {editor}"
    answer = evening.doors[editor].post(
        f"{evening.room}change/", evening.forms.pop(editor) | {name: [evening.written[name]]}
    )
    assert answer.status_code == 302, answer.content.decode()


def sign_up(evening: Evening, name: str, people: int) -> None:
    page = evening.nobody.get(evening.page).content.decode()
    found = re.search(r'name="form_id" value="([^"]+)"', page)
    assert found is not None
    form = {
        "form_id": found[1],
        "name": name,
        "contact": f"{name}@post.example",
        "people": str(people),
    }
    answer = evening.nobody.post(evening.page, form)
    assert answer.status_code == 302, answer.content.decode()
    evening.sent.append(form)
    evening.secrets.append(answer.headers["Location"].split("/")[2])


def check_facts(evening: Evening) -> None:
    """Whatever was opened when, each field is what its editor saved last, at the desk and on the square."""
    evening.event.refresh_from_db()
    public = PublicEvent.objects.get(uuid=evening.event.uuid)
    for name, text in evening.written.items():
        assert getattr(evening.event, name) == getattr(public, name) == text


def check_counts(evening: Evening) -> None:
    """After a collection as many are on the square as at the desk, and both pages say the same number."""
    count = count_sign_ups([evening.event.uuid])[evening.event.uuid]
    turnout = count_turnout([evening.event])[evening.event.pk]
    assert (turnout.said_yes, turnout.waiting, turnout.in_envelopes) == (count.coming, count.waiting, 0)
    attending = Attendance.objects.filter(event=evening.event).not_cancelled()
    assert sum(attendance.people for attendance in attending) == count.coming + count.waiting
    told = parts(evening.nobody.get(evening.page), "coming-count")
    assert all(re.search(rf"\b{count.coming}\b", text) for text in told)
    for secret in evening.secrets:
        assert evening.nobody.get(f"/manage/{secret}/").status_code == 200


def check_letters(evening: Evening, letters: list[EmailMessage]) -> None:
    """Everybody on the list by an address was welcomed, once; nobody else was."""
    welcomed = [letter["To"] for letter in letters if occasion_of(letter) == Occasion.WELCOME]
    assert sorted(welcomed) == sorted(set(listed(evening)))


def listed(evening: Evening) -> Iterator[str]:
    """The addresses of those who are on the list, known by their manage links."""
    for form, secret in zip(evening.sent, evening.secrets, strict=True):
        page = evening.nobody.get(f"/manage/{secret}/")
        if not parts(page, "off-the-list"):
            yield form["contact"]
    assert Envelope.objects.about(evening.event.uuid).count() == len(set(evening.secrets))
