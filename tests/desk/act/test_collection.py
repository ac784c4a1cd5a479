"""Opening envelopes: who said yes becomes a contact, once, and nothing of it stays on the square."""

from collections.abc import Sequence

import pytest

from massline.desk.act.attendance import sign_up_opener
from massline.desk.act.attendance import views as attendance_views
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.attendance.turnout import count_turnout
from massline.desk.act.events.models import Event
from massline.desk.call import actions as calls
from massline.desk.guard.audit import chain
from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys.models import HolderSeal
from massline.desk.guard.keys.unlock import open_by_passphrase
from massline.desk.people.models import Account, Contact, Organisation
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.forms import Help
from massline.square.envelopes.models import Envelope, EnvelopeState
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import PASSPHRASE, DoorClient, at_desk, unlocked
from tests.desk.decided_loop import decide, say_yes, write_call
from tests.open_forms import open_form
from tests.parts import shows

ANA = ("Ana 🌻", "+49 170 1234567")
AMIRA = ("أميرة", "amira@example.org")


@pytest.fixture
def event(riverside: Organisation, bea: Account) -> Event:
    call = write_call(decide(riverside, bea), bea)
    calls.publish_call(call=call, by=bea)
    return Event.objects.get()


def collect(door: DoorClient, event: Event) -> str:
    answer = door.post(f"/riverside/act/{event.pk}/collect/", follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_amal_opens_the_envelopes_and_reads_the_names(
    event: Event, riverside: Organisation, amal: Account
) -> None:
    say_yes(riverside, event.uuid, *ANA, offers="steward,tea")
    say_yes(riverside, event.uuid, *AMIRA)
    page = collect(unlocked(amal, riverside), event)
    assert shows(page, "sign-ups-opened", 2, 0, 0)
    for words in (ANA[0], "+49 170 1234567", *AMIRA, str(Help.STEWARD.label), str(Help.TEA.label)):
        assert words in page
    assert Attendance.objects.filter(event=event, presence=Presence.COMING).count() == 2
    contact = Contact.objects.first()
    assert contact is not None
    assert contact.consent_on is not None
    assert contact.language == "en"


def test_what_was_sealed_is_destroyed_on_the_square_and_nothing_lies_open_at_the_desk(
    event: Event, riverside: Organisation, amal: Account
) -> None:
    envelope = say_yes(riverside, event.uuid, *ANA)
    collect(unlocked(amal, riverside), event)
    envelope.refresh_from_db()
    assert (envelope.sealed, envelope.seen, envelope.state) == (None, True, EnvelopeState.COLLECTED)
    contact = Contact.objects.get()
    for column in (contact.sealed_name, contact.sealed_point, contact.blind_index):
        assert b"Ana" not in bytes(column or b"")
        assert b"1234567" not in bytes(column or b"")


def test_collecting_again_changes_nothing(event: Event, riverside: Organisation, amal: Account) -> None:
    say_yes(riverside, event.uuid, *ANA)
    door = unlocked(amal, riverside)
    collect(door, event)
    before = list(Contact.objects.values()), list(Attendance.objects.values())
    lines = AuditLine.objects.count()
    assert shows(collect(door, event), "sign-ups-opened", 0, 0, 0)
    assert (list(Contact.objects.values()), list(Attendance.objects.values())) == before
    assert chain.first_broken_line(riverside) is None
    assert AuditLine.objects.count() == lines


def test_killed_between_desk_and_square_the_next_collection_finds_the_same_person(
    event: Event, riverside: Organisation, amal: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    say_yes(riverside, event.uuid, *ANA)
    say_yes(riverside, event.uuid, *AMIRA)
    door = unlocked(amal, riverside)

    def killed(envelopes: Sequence[Envelope]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sign_up_opener, "AT_ONCE", 1)
        patch.setattr(sign_up_opener, "empty_envelopes", killed)
        with pytest.raises(KeyboardInterrupt):
            door.post(f"/riverside/act/{event.pk}/collect/")
    assert Contact.objects.count() == Attendance.objects.count() == 1
    assert Envelope.objects.to_collect().count() == 2
    page = collect(door, event)
    assert shows(page, "sign-ups-opened", 1, 1, 0)
    assert Contact.objects.count() == Attendance.objects.count() == 2
    assert not Envelope.objects.to_collect().exists()
    assert all(words in page for words in (*ANA, *AMIRA))


def test_the_same_phone_written_differently_is_one_person_with_the_name_we_know(
    event: Event, riverside: Organisation, amal: Account
) -> None:
    say_yes(riverside, event.uuid, *ANA)
    say_yes(riverside, event.uuid, "ana", "0170 / 12 34-567")
    page = collect(unlocked(amal, riverside), event)
    assert shows(page, "sign-ups-opened", 1, 1, 0)
    assert Contact.objects.count() == Attendance.objects.count() == 1
    assert "Ana 🌻" in page
    assert count_turnout([event])[event.pk].said_yes == 1


def test_two_people_with_one_phone_are_two_and_neither_changes_the_other(
    event: Event, riverside: Organisation, amal: Account
) -> None:
    say_yes(riverside, event.uuid, *ANA)
    say_yes(riverside, event.uuid, "Somebody Else", "+49 (170) 12 34-567")
    page = collect(unlocked(amal, riverside), event)
    assert shows(page, "sign-ups-opened", 2, 0, 0)
    assert "Ana 🌻" in page
    assert "Somebody Else" in page
    assert count_turnout([event])[event.pk].said_yes == 2


def test_who_changes_their_own_envelope_changes_their_name_and_number(
    event: Event, riverside: Organisation, amal: Account
) -> None:
    envelope = say_yes(riverside, event.uuid, *ANA)
    door = unlocked(amal, riverside)
    collect(door, event)
    envelope.refresh_from_db()
    envelopes.change_envelope(envelope, contents={"name": "Ana B.", "contact": "ana@example.org"})
    page = collect(door, event)
    assert "Ana B." in page
    assert "ana@example.org" in page
    assert ANA[1] not in page
    assert Contact.objects.count() == 1


def test_a_change_made_while_we_read_is_collected_next_time(
    event: Event, riverside: Organisation, amal: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    envelope = say_yes(riverside, event.uuid, *ANA)
    mark_seen = sign_up_opener.empty_envelopes

    def changed_meanwhile(read: Sequence[Envelope]) -> None:
        for changed in read:
            envelopes.change_envelope(
                Envelope.objects.get(pk=changed.pk), contents={"name": "Ana B.", "contact": ANA[1]}
            )
        mark_seen(read)

    door = unlocked(amal, riverside)
    with monkeypatch.context() as patch:
        patch.setattr(sign_up_opener, "empty_envelopes", changed_meanwhile)
        collect(door, event)
    envelope.refresh_from_db()
    assert envelope.sealed is not None
    assert "Ana B." in collect(door, event)


def test_a_cancelled_envelope_takes_the_yes_back(
    event: Event, riverside: Organisation, amal: Account
) -> None:
    envelope = say_yes(riverside, event.uuid, *ANA)
    door = unlocked(amal, riverside)
    collect(door, event)
    envelope.refresh_from_db()
    envelopes.cancel_envelope(envelope)
    numbers = count_turnout([event])[event.pk]
    assert (numbers.said_yes, numbers.cancelled) == (0, 1)
    page = collect(door, event)
    assert shows(page, "sign-ups-opened", 0, 0, 1)
    assert "Ana 🌻" not in page
    assert Attendance.objects.get().presence == Presence.CANCELLED
    say_yes(riverside, event.uuid, *ANA, form_id="again")
    collect(door, event)
    assert Attendance.objects.get().presence == Presence.COMING


def test_an_envelope_of_another_key_stays_where_it_is_and_is_counted(
    event: Event, riverside: Organisation, harbour: Organisation, amal: Account
) -> None:
    face = PublicOrganisation.objects.get(uuid=riverside.uuid)
    ours = bytes(face.seal_key or b"")
    face.seal_key = bytes(PublicOrganisation.objects.get(uuid=harbour.uuid).seal_key or b"")
    face.save()
    envelope = say_yes(riverside, event.uuid, *ANA)
    face.seal_key = ours
    face.save()
    page = collect(unlocked(amal, riverside), event)
    assert shows(page, "sign-ups-closed", 1)
    envelope.refresh_from_db()
    assert (envelope.seen, Contact.objects.count()) == (False, 0)


def test_before_the_key_is_safe_no_contact_is_kept(
    event: Event, riverside: Organisation, amal: Account
) -> None:
    envelope = say_yes(riverside, event.uuid, *ANA)
    HolderSeal.objects.exclude(account=amal).delete()
    door = unlocked(amal, riverside)
    assert shows(collect(door, event), "second-holder")
    form = {"name": "Elif", "point": "elif@example.org", "consent": "on"}
    answer = door.post(f"/riverside/act/{event.pk}/door/", form)
    assert shows(answer, "second-holder")
    assert 'value="Elif"' in answer.content.decode()
    envelope.refresh_from_db()
    assert (envelope.seen, Contact.objects.count()) == (False, 0)


def test_without_unlock_nobody_reads_a_name_and_amal_is_asked_for_her_passphrase(
    event: Event, riverside: Organisation, amal: Account, bea: Account, chen: Account
) -> None:
    say_yes(riverside, event.uuid, *ANA)
    collect(unlocked(amal, riverside), event)
    deed = Attendance.objects.get()
    for account in (amal, bea, chen):
        door = at_desk(account)
        for path in (f"act/{event.pk}/", "act/", "people/", f"learn/events/{event.pk}/"):
            page = door.get(f"/riverside/{path}")
            assert page.status_code == 200
            assert "Ana" not in page.content.decode()
            assert "1234567" not in page.content.decode()
    locked = at_desk(amal)
    for path in ("collect/", f"door/{deed.pk}/", "door/"):
        answer = locked.post(f"/riverside/act/{event.pk}/{path}", {"presence": "came"})
        assert shows(answer, "text-waits-unlock") if path == "door/" else answer.status_code == 302
        assert at_desk(bea).post(f"/riverside/act/{event.pk}/{path}").status_code == 404
    assert Attendance.objects.get().presence == Presence.COMING


def test_many_envelopes_are_opened_request_by_request_with_their_progress(
    event: Event, riverside: Organisation, amal: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attendance_views, "OPEN_SECONDS", 0.0)
    monkeypatch.setattr(sign_up_opener, "AT_ONCE", 1)
    for number in range(3):
        say_yes(riverside, event.uuid, f"Person {number}", f"+49 170 123456{number}")
    door, address = unlocked(amal, riverside), f"/riverside/act/{event.pk}/collect/"
    page = door.post(address)
    assert shows(page, "opening", 1, 3)
    monkeypatch.setattr(attendance_views, "OPEN_SECONDS", 60.0)
    form = open_form(page.content.decode(), "after")
    # Without scripts the button goes on; with them the page does, and is sent on when all are open.
    assert shows(door.post(address, form, follow=True), "sign-ups-opened", 3, 0, 0)
    assert door.post(address, form, headers={"HX-Request": "true"}).headers["HX-Redirect"]


def test_an_envelope_that_does_not_open_holds_up_no_other(
    event: Event, riverside: Organisation, amal: Account
) -> None:
    broken = say_yes(riverside, event.uuid, *ANA)
    Envelope.objects.filter(pk=broken.pk).update(sealed=b"nothing that opens")
    say_yes(riverside, event.uuid, *AMIRA)
    vault = open_by_passphrase(amal, riverside, PASSPHRASE)
    assert vault is not None
    first = sign_up_opener.open_sign_ups(organisation=riverside, vault=vault, by=amal, after=broken.pk)
    assert (first.new, first.left) == (1, 0)
    again = sign_up_opener.open_sign_ups(organisation=riverside, vault=vault, by=amal)
    assert (again.opened, again.closed, again.total) == (0, 1, 1)
