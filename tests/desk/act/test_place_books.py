"""The books of a hall with few places balance, whatever people do in whatever order."""

from contextlib import suppress
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massline.desk.act.attendance.models import Attendance
from massline.desk.act.attendance.sign_up_opener import open_sign_ups
from massline.desk.act.events.models import Event
from massline.desk.guard.keys import key_holders
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Contact, Organisation
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.event_capacity import TooFewPlaces
from massline.square.envelopes.models import Envelope
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import PASSPHRASE
from tests.desk.act.sign_up_crowd import counts

pytestmark = pytest.mark.usefixtures("couriers")

PEOPLE = st.sampled_from(["Ana", "Ben", "Cem"])
WAYS = st.sampled_from(["030 23125001", "+49 30 23125001", "ana@post.example", "Ana@Post.example"])
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("sign up"), PEOPLE, WAYS, st.integers(1, 3)),
        st.tuples(st.just("again"), st.integers(0, 5)),
        st.tuples(st.just("cancel"), st.integers(0, 5)),
        st.tuples(st.just("change"), st.integers(0, 5), PEOPLE, WAYS, st.integers(1, 3)),
        st.tuples(st.just("limit"), st.one_of(st.none(), st.integers(1, 6))),
        st.tuples(st.just("collect")),
    ),
    max_size=12,
)


class Undone(Exception):
    """Takes back what one example did."""


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_the_books_balance_whatever_people_do_in_whatever_order(
    event: Event, riverside: Organisation, amal: Account, deeds: list[tuple[object, ...]]
) -> None:
    """After each collection: as many on the square as at the desk, one contact each, and nobody passed in the queue."""
    key, private = key_holders.open_organisation_key(amal, riverside, PASSPHRASE)
    assert key is not None
    assert private is not None
    vault = Vault(riverside.uuid, key.epoch, private)
    try:
        with transaction.atomic(using="desk"), transaction.atomic(using="square"):
            _play(event, riverside, vault, [*deeds, ("collect",)])
            raise Undone
    except Undone:
        return


def _play(event: Event, organisation: Organisation, vault: Vault, deeds: list[tuple[object, ...]]) -> None:
    face = PublicOrganisation.objects.get(uuid=organisation.uuid)
    sent: list[tuple[str, dict[str, str], int]] = []
    for deed in deeds:
        match deed:
            case ("sign up", str(name), str(way), int(people)):
                sent.append((f"form {len(sent)}", {"name": name, "contact": way}, people))
                _leave(face, event, *sent[-1])
            case ("again", int(which)) if sent:
                _leave(face, event, *sent[which % len(sent)])
            case ("cancel", int(which)) if sent:
                envelopes.cancel_envelope(_nth(event, which))
            case ("change", int(which), str(name), str(way), int(people)) if sent:
                with suppress(TooFewPlaces):
                    contents = {"name": name, "contact": way}
                    envelopes.change_envelope(_nth(event, which), contents=contents, people=people)
            case ("limit", limit):
                assert limit is None or isinstance(limit, int)
                envelopes.set_capacity_and_admit_waiting(organisation=face, about=event.uuid, limit=limit)
            case ("collect",):
                open_sign_ups(organisation=organisation, vault=vault, by=None)
                _check_books(event, organisation, vault)


def _leave(face: PublicOrganisation, event: Event, form: str, contents: dict[str, str], people: int) -> None:
    envelopes.leave_envelope(
        organisation=face,
        about=event.uuid,
        contents=contents,
        form_id=form,
        happens_on=event.ends_at.date(),
        people=people,
    )


def _nth(event: Event, which: int) -> Envelope:
    rows = list(Envelope.objects.about(event.uuid).order_by("pk"))
    return rows[which % len(rows)]


def _check_books(event: Event, organisation: Organisation, vault: Vault) -> None:
    coming, waiting = counts(event)
    standing = Envelope.objects.about(event.uuid).standing()
    firsts: set[UUID] = {envelope.same_as or envelope.uuid for envelope in standing}
    attending = Attendance.objects.filter(event=event).not_cancelled()
    assert {attendance.envelope for attendance in attending} == firsts
    assert sum(attendance.people for attendance in attending) == coming + waiting
    people = {
        (vault.open_column(contact, "sealed_name"), vault.open_column(contact, "sealed_point").casefold())
        for contact in Contact.objects.of(organisation)
    }
    assert len(people) == Contact.objects.of(organisation).count()
