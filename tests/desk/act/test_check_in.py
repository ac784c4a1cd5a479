"""The door of an event: codes in place of names, rows of a sheet that are sealed as they are typed."""

from typing import Any

from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.attendance.turnout import count_turnout
from massline.desk.act.check_in.models import CheckIn
from massline.desk.act.events.models import Event
from massline.desk.people.models import Account, Contact, Organisation
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.check_in_codes import check_in_code, has_valid_check
from massline.web.absolute_urls import TYPEABLE
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.act.sign_up_crowd import say_yes as say_yes_on_the_page
from tests.desk.decided_loop import say_yes
from tests.parts import shows

ROSA, IDRIS = ("Rosa", "rosa@post.example"), ("Idris", "+49 170 555 01 99")


def code_of(riverside: Organisation, event: Event, who: tuple[str, str]) -> str:
    return check_in_code(say_yes(riverside, event.uuid, *who).token_hash)


def check_in(member: DoorClient, event: Event, codes: str) -> str:
    answer = member.post(f"/riverside/act/{event.pk}/check-in/", {"codes": codes}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def type_in(organiser: DoorClient, event: Event, **rows: tuple[str, str] | None) -> str:
    """Type rows of sheet A; a row with nobody's contact is counted alone."""
    form: dict[str, str] = {}
    for code, given in rows.items():
        if given is None:
            form |= {f"{code}-came": "on"}
        else:
            form |= {f"{code}-name": given[0], f"{code}-point": given[1], f"{code}-may_write": "on"}
    return str(organiser.post(f"/riverside/act/{event.pk}/sheet/?page=A", form, follow=True).content.decode())


def names(page: str) -> bool:
    return any(word in page for word in (*ROSA, *IDRIS))


def test_a_member_checks_in_by_code_and_sees_no_name(
    event: Event, riverside: Organisation, amal: Account, chen: Account
) -> None:
    code = code_of(riverside, event, ROSA)
    page = check_in(at_desk(chen), event, f" {code[:3].upper()} {code[3:]} ")
    assert shows(page, "checked-in", 1)
    assert not names(page)
    check_in(at_desk(chen), event, code)
    counted = count_turnout([event])[event.pk]
    assert (counted.came, counted.by_code, counted.said_yes) == (1, 1, 1)

    unlocked(amal, riverside).post(f"/riverside/act/{event.pk}/collect/")
    deed = Attendance.objects.get()
    assert (deed.presence, CheckIn.objects.get().attendance) == (Presence.CAME, deed)
    counted = count_turnout([event])[event.pk]
    assert (counted.came, counted.by_code, counted.came_of_those) == (1, 0, 1)


def test_the_code_stands_where_somebody_says_yes(event: Event, nobody: DoorClient, chen: Account) -> None:
    secret = say_yes_on_the_page(nobody, event, *ROSA)
    from massline.square.envelopes.models import Envelope

    shown = Envelope.objects.get().door_code
    assert shown in nobody.get(f"/manage/{secret}/thanks/").content.decode()
    assert shown in nobody.get(f"/manage/{secret}/").content.decode()
    assert shows(check_in(at_desk(chen), event, shown), "checked-in", 1)


def test_every_single_slip_and_every_swap_of_neighbours_is_found() -> None:
    code = check_in_code("5e" * 32)
    slips = [code[:n] + sign + code[n + 1 :] for n in range(6) for sign in TYPEABLE if sign != code[n]]
    swaps = [code[:n] + code[n + 1] + code[n] + code[n + 2 :] for n in range(5) if code[n] != code[n + 1]]
    assert len(slips) == 180
    assert not any(has_valid_check(one) for one in (*slips, *swaps))


def test_what_is_no_code_of_this_event_is_said_and_stays_typed(
    event: Event, riverside: Organisation, chen: Account
) -> None:
    code, strange = code_of(riverside, event, ROSA), check_in_code("00" * 32)
    page = check_in(at_desk(chen), event, f"{code}, abcxyz, {strange}, B7")
    assert shows(page, "checked-in", 2)
    assert shows(page, "code-refused", "abcxyz")
    assert shows(page, "code-refused", strange)
    assert f'value="abcxyz, {strange}"' in page
    assert set(CheckIn.objects.values_list("code", flat=True)) == {code, "B07"}


def test_a_phone_sends_what_it_kept_as_often_as_it_takes(
    event: Event, riverside: Organisation, chen: Account
) -> None:
    code, door = code_of(riverside, event, ROSA), at_desk(chen)
    parcel = {
        "codes": [{"uuid": "1", "code": code}, {"uuid": "2", "code": "A01"}, {"uuid": "3", "code": "?"}]
    }

    def send(body: Any) -> Any:
        return door.post(f"/riverside/act/{event.pk}/check-in/send/", body, content_type="application/json")

    for _again in range(2):
        said = send(parcel).json()
        assert (said["kept"], list(said["refused"])) == (["1", "2"], ["3"])
    assert count_turnout([event])[event.pk].came == 2
    assert send({"codes": "all of them"}).status_code == 400
    assert send({"codes": [{"uuid": str(n), "code": "A01"} for n in range(501)]}).status_code == 400


def test_rows_are_sealed_as_they_are_typed_and_count_once(
    event: Event, riverside: Organisation, amal: Account, bea: Account
) -> None:
    organiser = at_desk(bea)
    check_in(organiser, event, "A01, A03")
    page = type_in(organiser, event, A01=ROSA, A02=IDRIS, A03=None)
    assert shows(page, "rows-kept", 3)
    assert shows(page, "came-contact-sealed")
    assert shows(page, "came-counted")
    assert not names(page)
    assert not any(b"post.example" in bytes(row.sealed or b"") for row in CheckIn.objects.all())
    type_in(organiser, event, A01=ROSA)
    assert count_turnout([event])[event.pk].came == 3

    door = unlocked(amal, riverside)
    assert "Rosa" in door.get(f"/riverside/act/{event.pk}/sheet/?page=A").content.decode()
    shown = door.post(f"/riverside/act/{event.pk}/collect/", follow=True).content.decode()
    assert shows(shown, "sign-ups-opened", 2, 0, 0)
    assert not CheckIn.objects.sealed_rows().exists()
    counted = count_turnout([event])[event.pk]
    assert (counted.came, counted.by_code, counted.unannounced) == (3, 1, 2)


def test_who_signed_up_came_by_code_and_wrote_on_the_sheet_is_one_person(
    event: Event, riverside: Organisation, amal: Account, bea: Account
) -> None:
    check_in(at_desk(bea), event, code_of(riverside, event, ROSA))
    type_in(at_desk(bea), event, A05=("Rosa B.", ROSA[1].upper()))
    unlocked(amal, riverside).post(f"/riverside/act/{event.pk}/collect/")
    counted = count_turnout([event])[event.pk]
    assert (counted.came, counted.by_code, Contact.objects.count()) == (1, 0, 1)


def test_a_row_that_was_misread_is_set_right(event: Event, riverside: Organisation, amal: Account) -> None:
    holder = unlocked(amal, riverside)
    page = type_in(holder, event, A01=("Rosa", "rosa@past.example"))
    assert "rosa@past.example" in page, "with the vault open a row opens as it is kept"
    page = type_in(holder, event, A01=ROSA)
    assert "rosa@post.example" in page
    assert "past.example" not in page
    assert Attendance.objects.count() == Contact.objects.count() == 1


def test_without_their_tick_nothing_of_them_is_kept(event: Event, bea: Account) -> None:
    form = {"A01-name": "Rosa", "A01-point": "rosa@post.example", "A02-came": "on", "A03-may_write": "on"}
    page = at_desk(bea).post(f"/riverside/act/{event.pk}/sheet/?page=A", form, follow=True).content.decode()
    assert shows(page, "rows-kept", 1)
    assert shows(page, "row-of-nobody")
    assert 'value="rosa@post.example"' in page, "what was typed is still there"
    assert CheckIn.objects.get().code == "A02"


def test_the_sheet_needs_an_organiser_and_the_door_a_member(
    event: Event, chen: Account, dina: Account
) -> None:
    assert at_desk(chen).get(f"/riverside/act/{event.pk}/sheet/").status_code == 404
    assert at_desk(dina).get(f"/riverside/act/{event.pk}/check-in/").status_code == 404
    assert PublicEvent.objects.count() == 1
