"""Who is the same person: one way to reach somebody, written many ways, and two people with one phone."""

import pytest

from massline.desk.act.attendance.turnout import count_turnout
from massline.desk.act.check_in.forms import RowForm
from massline.desk.act.events.models import Event
from massline.desk.contacts.contact_identity import find_contact, upgrade_contact_points
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Contact, Organisation
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.event_capacity import count_sign_ups
from massline.square.envelopes.models import Envelope
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import DoorClient, at_desk
from tests.desk.act.mail_server import Post, occasion_of, text_of, worker_looks
from tests.desk.act.sign_up_crowd import say_yes
from tests.desk.contacts.list_pages import bring, look
from tests.parts import field_errors, shows
from tests.square.calls.sign_up_pages import form_id_on

XU = "Xu Yi"
LIST = f"""name,phone,consent
{XU},+49 30 23125001,yes
{XU},030 23125001,yes
{XU},0049 30 23125001,yes
{XU},+49 (0)30 23125001,yes
{XU},+49-30-231-25001,yes
Zoe A,+49 30 23125002,yes
"""


def collect(door: DoorClient, event: Event) -> str:
    return str(door.post(f"/riverside/act/{event.pk}/collect/", follow=True).content.decode())


def numbers(event: Event) -> tuple[int, int]:
    """How many come, as the square and as the desk say it."""
    return count_sign_ups([event.uuid])[event.uuid].coming, count_turnout([event])[event.pk].said_yes


def test_a_list_with_one_number_in_five_notations_has_two_people(door: DoorClient) -> None:
    page = look(door, LIST)
    assert shows(page, "new-people", 2)
    assert len(page.context["run"].duplicates) == 4
    assert shows(page, "twice-in-the-list", XU, "+49 30 23125001")
    bring(door, LIST)
    assert Contact.objects.count() == 2
    again = look(door, LIST.replace("030 23125001", "030/23 12 50 01"))
    assert (len(again.context["run"].new), len(again.context["run"].known)) == (0, 6)


def test_two_ways_in_one_cell_are_kept_once_and_the_second_is_said_to_be_there(door: DoorClient) -> None:
    page = look(
        door,
        "Name,Email,Phone,Consent\nDi,di@example.org; di2@example.org,,yes\nPat,,+1 555-0133 / +1 555-0135,yes\n",
    )
    assert [person.points for person in page.context["run"].new] == [
        ("di@example.org", "di2@example.org"),
        ("+15550133", "+15550135"),
    ]
    assert page.context["run"].second_points == 2


def test_people_who_share_a_phone_are_both_brought_in(door: DoorClient) -> None:
    page = look(door, "name,phone,consent\nAnna,030 23125003,yes\nBen,030-23125003,yes\n")
    assert shows(page, "share-a-phone", 1)
    assert [person.name for person in page.context["run"].new] == ["Anna", "Ben"]


@pytest.mark.usefixtures("couriers")
def test_one_person_who_signs_up_three_times_is_one_with_links_that_all_work(
    event: Event, nobody: DoorClient, door: DoorClient, post: Post
) -> None:
    ways = ("Rosa@Post.Example", "rosa@post.example", "Rosa <rosa@post.example>")
    links = [say_yes(nobody, event, "Rosa", written) for written in ways]
    worker_looks()
    (letter,) = post.letters
    assert all(link in text_of(letter) for link in links)
    collect(door, event)
    assert Contact.objects.count() == 1
    assert numbers(event) == (1, 1)
    nobody.post(f"/manage/{links[0]}/cancel/")
    assert shows(nobody.get(f"/manage/{links[0]}/"), "other-sign-up")
    collect(door, event)
    assert numbers(event) == (1, 1)
    assert Envelope.objects.standing().count() == 2
    for link in links[1:]:
        assert nobody.get(f"/manage/{link}/").status_code == 200
        nobody.post(f"/manage/{link}/cancel/")
    collect(door, event)
    assert numbers(event) == (0, 0)


@pytest.mark.usefixtures("couriers")
def test_a_household_with_one_address_is_two_people_and_gets_one_message(
    event: Event, nobody: DoorClient, door: DoorClient, post: Post
) -> None:
    anna = say_yes(nobody, event, "Anna", "home@post.example")
    ben = say_yes(nobody, event, "Ben", "Home@post.example")
    worker_looks()
    worker_looks()
    (letter,) = [letter for letter in post.letters if occasion_of(letter) == "welcome"]
    assert anna in text_of(letter)
    assert ben in text_of(letter)
    page = collect(door, event)
    assert ">Anna<" in page
    assert ">Ben<" in page
    assert numbers(event) == (2, 2)
    stop = letter["List-Unsubscribe"].strip("<>").partition("/manage/")[2]
    assert nobody.post(f"/manage/{stop}").status_code == 200
    assert not Envelope.objects.filter(courier_copy__isnull=False).exists()


@pytest.mark.parametrize("written", ["rosa@", "?", "a@example.org, b@example.org", "+49 1", "12"])
def test_what_reaches_nobody_is_asked_about_once_and_kept_where_it_is_meant(
    event: Event, nobody: DoorClient, written: str
) -> None:
    address = PublicEvent.objects.get(uuid=event.uuid).get_absolute_url()
    form = {"form_id": form_id(nobody, address), "name": "Rosa", "contact": written}
    asked = nobody.post(address, form)
    assert field_errors(asked, "contact") == ["unreachable"]
    assert 'name="as_it_is"' in asked.content.decode()
    assert not Envelope.objects.exists()
    assert nobody.post(address, form | {"as_it_is": "on"}).status_code == 302
    assert nobody.post(address, form | {"as_it_is": "on", "contact": ""}).status_code == 302


def form_id(nobody: DoorClient, address: str) -> str:
    return form_id_on(nobody.get(address))


def test_a_name_alone_is_a_person_of_their_own(event: Event, nobody: DoorClient, door: DoorClient) -> None:
    address = PublicEvent.objects.get(uuid=event.uuid).get_absolute_url()
    for _ in range(2):
        form = {"form_id": form_id(nobody, address), "name": "Rosa", "contact": "", "as_it_is": "on"}
        assert nobody.post(address, form).status_code == 302
    collect(door, event)
    assert Contact.objects.count() == 2


def test_at_the_door_and_on_the_sheet_it_is_asked_too(event: Event, door: DoorClient) -> None:
    walked = {"name": "Rosa", "point": "rosa@", "consent": "on"}
    asked = door.post(f"/riverside/act/{event.pk}/door/", walked)
    assert field_errors(asked, "point") == ["unreachable"]
    assert door.post(f"/riverside/act/{event.pk}/door/", walked | {"as_it_is": "on"}).status_code == 302
    row = RowForm({"name": "Rosa", "point": "+49 1", "may_write": "on"}, country="DE")
    assert list(row.errors) == ["point"]
    assert RowForm({"came": "on"}, country="DE").is_valid()


def test_a_walk_in_with_a_known_number_is_the_person_we_know(event: Event, door: DoorClient) -> None:
    bring(door, LIST)
    for written in ("030/23125001", "+49 30 231 25 001"):
        door.post(f"/riverside/act/{event.pk}/door/", {"name": "Xu", "point": written, "consent": "on"})
    assert Contact.objects.count() == 2


def test_the_country_is_chosen_by_a_key_holder_and_used_on_the_public_page(
    event: Event, riverside: Organisation, door: DoorClient, bea: Account, nobody: DoorClient
) -> None:
    assert at_desk(bea).post("/riverside/guard/country/", {"country": "ES"}).status_code == 404
    answer = door.post("/riverside/guard/country/", {"country": "ES"}, follow=True)
    assert shows(answer, "country-set")
    assert PublicOrganisation.objects.get(uuid=riverside.uuid).phone_country == "ES"
    say_yes(nobody, event, "Rosa", "612 345 678")
    assert "+34 612 34 56 78" in collect(door, event)
    door.post("/riverside/guard/country/", {"country": "XX"})
    assert Organisation.objects.get(pk=riverside.pk).country == "ES"


def make_old_contact(organisation: Organisation, vault: Vault, name: str, written: str) -> Contact:
    """A contact as it was kept before contact points had one form."""
    contact = Contact(organisation=organisation, source="brought", keep_until="2031-01-01", epoch=vault.epoch)
    contact.sealed_name = vault.close_column(name, contact, "sealed_name")
    contact.sealed_point = vault.close_column(written, contact, "sealed_point")
    contact.blind_index = vault.index(written)
    contact.save()
    return contact


def test_contacts_from_before_are_found_however_their_number_was_written(
    riverside: Organisation, vault: Vault
) -> None:
    ana = make_old_contact(riverside, vault, "Ana", "0170 1234567")
    ben = make_old_contact(riverside, vault, "Ben", "0049 170 1234567")
    twin = make_old_contact(riverside, vault, "ana", "+49 170 1234567")
    assert find_contact(riverside, vault, name="Ana", point="+49170/1234567") == ana
    assert find_contact(riverside, vault, name="Ben", point="0170 1234567") == ben
    assert upgrade_contact_points(riverside, vault) == 0
    twin.refresh_from_db()
    assert vault.open_column(twin, "sealed_point") == "+491701234567"
    assert twin.person_index is None


def test_the_upgrade_leaves_alone_what_this_key_does_not_open(riverside: Organisation, vault: Vault) -> None:
    stranger = Vault(riverside.uuid, vault.epoch, bytes(32))
    closed = make_old_contact(riverside, stranger, "Ana", "0170 1234567")
    before = bytes(closed.sealed_point)
    assert upgrade_contact_points(riverside, vault) == 1
    closed.refresh_from_db()
    assert bytes(closed.sealed_point) == before


def test_exports_and_pages_show_one_form(door: DoorClient, riverside: Organisation, vault: Vault) -> None:
    make_old_contact(riverside, vault, "Ana", "0170 1234567")
    Contact.objects.update(consent_on="2026-01-01")
    assert "+49 170 1234567" in door.get("/riverside/people/").content.decode()
