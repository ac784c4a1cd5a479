"""A house in which very many came forward: one event with thousands of sign-ups among tens of thousands of contacts.

python -m drills.large_event_fixture CONTACTS OPENED SEALED fills MASSLINE_DATA: so many contacts, so many sign-ups that were
opened already and so many that still wait, and prints the addresses of its pages and a key-holder's cookies as JSON.
"""

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from massline.cli.django_setup import setup_django

if TYPE_CHECKING:
    from massline.desk.act.events.models import Event
    from massline.desk.guard.keys.vault import Vault
    from massline.desk.people.models import Contact, Organisation

CONTACTS, OPENED, SEALED = 50_000, 20_000, 5_000
AT_ONCE = 500
SECTIONS = 10


def build_large_event(contacts: int, opened: int, sealed: int) -> dict[str, object]:
    """Fill both databases of this process's installation and return where its pages are and how to open them."""
    from massline.desk.people.scope import scope_to_everything

    with scope_to_everything("a drill fills a house"):
        return _build(contacts, opened, sealed)


def _build(contacts: int, opened: int, sealed: int) -> dict[str, object]:
    from django.conf import settings

    from massline.cli.first_start import prepare_databases
    from massline.desk.guard.keys import courier_keys, unlock
    from massline.desk.guard.keys.organisation_setup import found_organisation
    from massline.desk.people.models import Account, Section
    from tests.conftest import PASSPHRASE, at_desk, make_keys_safe

    prepare_databases(lambda _: None)
    settings.ARGON2_KIB = 64  # founding is not what is measured
    amal = Account.objects.create_user("amal", PASSPHRASE)
    riverside, vault = found_organisation(by=amal, passphrase=PASSPHRASE, name="Riverside", slug="riverside")
    make_keys_safe(riverside, vault, amal)
    Section.objects.bulk_create(
        Section(organisation=riverside, name=f"Block {n}", headcount=900) for n in range(SECTIONS)
    )
    courier_keys.make_spare_keys()
    event = plan_large_event(riverside)
    people = add_contacts(riverside, vault, contacts)
    attend(event, people[:opened])
    sign_up(event, sealed, first=opened)
    browser = at_desk(amal)
    half = unlock.unlock_vault(account=amal, organisation=riverside, passphrase=PASSPHRASE)
    return {
        "event": f"/riverside/act/{event.pk}/",
        "public": f"/riverside/events/{event.uuid}/",
        "session": browser.cookies[settings.SESSION_COOKIE_NAME].value,
        "vault": half,
    }


def plan_large_event(organisation: "Organisation") -> "Event":
    from django.utils import timezone

    from massline.desk.act.events import actions
    from massline.desk.act.events.event_plan import EventPlan

    starts_at = timezone.now() + timedelta(days=3)
    return actions.plan_event(
        organisation=organisation,
        by=None,
        facts=EventPlan(
            kind="mass_meeting",
            title="Everybody in the square",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            place="The square",
        ),
    )


def add_contacts(
    organisation: "Organisation", vault: "Vault", count: int, *, first: int = 0
) -> "list[Contact]":
    """Store so many contacts with consent, each with a name and an address of their own."""
    from django.utils import timezone

    from massline.desk.contacts.contact_identity import seal_identity
    from massline.desk.people.choices import ContactSource
    from massline.desk.people.models import Contact

    today = timezone.localdate()
    people = []
    for number in range(first, first + count):
        contact = Contact(
            organisation=organisation,
            source=ContactSource.SIGNED_UP,
            language=organisation.language,
            keep_until=today + timedelta(days=90),
            consent_on=today,
        )
        seal_identity(contact, vault, name=f"Name {number:05}", point=f"n{number}@post.example")
        people.append(contact)
    return Contact.objects.bulk_create(people, batch_size=AT_ONCE)


def attend(event: "Event", people: "list[Contact]", *, first: int = 0) -> None:
    """Sign these contacts up for the event, as the desk has them once their sign-ups were opened."""
    from massline.desk.act.attendance.models import Attendance
    from massline.square.envelopes.models import Envelope, EnvelopeState

    sign_up(event, len(people), first=first, with_copies=False)
    envelopes = list(Envelope.objects.about(event.uuid).order_by("-pk")[: len(people)])[::-1]
    Attendance.objects.bulk_create(
        [
            Attendance(event=event, contact=contact, envelope=envelope.uuid)
            for contact, envelope in zip(people, envelopes, strict=True)
        ],
        batch_size=AT_ONCE,
    )
    opened = Envelope.objects.about(event.uuid).filter(pk__gte=envelopes[0].pk)
    opened.update(state=EnvelopeState.COLLECTED, seen=True, sealed=None)


def sign_up(event: "Event", count: int, *, first: int, with_copies: bool = True) -> None:
    """Leave so many sign-ups on the square, as its pages do when very many come at once."""
    from massline.square.envelopes.actions import hash_token
    from massline.square.envelopes.models import KEPT_AFTER_EVENT, Envelope
    from massline.square.envelopes.sealing import envelope_binding, new_manage_token, seal_contents
    from massline.square.envelopes.sign_up_batch_writer import SealedSignUp, save_sign_ups
    from massline.square.organisations.models import PublicOrganisation

    face = PublicOrganisation.objects.get(slug=event.organisation.slug)
    day = event.ends_at.date()
    for start in range(first, first + count, AT_ONCE):
        sent = []
        for number in range(start, min(start + AT_ONCE, first + count)):
            row, secret = uuid4(), new_manage_token()
            person = {"name": f"Name {number:05}", "contact": f"n{number}@post.example", "language": ""}
            envelope = Envelope(
                uuid=row,
                organisation=face,
                about=event.uuid,
                sealed=seal_contents(
                    person, bytes(face.seal_key or b""), bound_to=envelope_binding(event.uuid, row)
                ),
                epoch=face.seal_epoch,
                token_hash=hash_token(secret),
                form_id=f"form {number}",
                expires_on=day + KEPT_AFTER_EVENT,
            )
            address = {"contact": person["contact"], "language": "", "manage": secret} if with_copies else {}
            sent.append(SealedSignUp(envelope, None, address, day))
        save_sign_ups(sent)


if __name__ == "__main__":
    setup_django("desk")
    sizes = [int(size) for size in sys.argv[1:]] or [CONTACTS, OPENED, SEALED]
    print(json.dumps(build_large_event(*sizes)))
