"""Lists: looked at first, brought in sealed, and taken back whole."""

import io
import tempfile
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import Workbook

from massline.desk.contacts import next_steps as act
from massline.desk.contacts.imports import list_reader
from massline.desk.contacts.imports.column_mapping import ColumnMeaning
from massline.desk.people.contact_import_model import ContactImport
from massline.desk.people.models import Account, Contact, Organisation
from tests.conftest import DoorClient, at_desk
from tests.desk.contacts.list_pages import CSV, LISTS, bring, columns, look
from tests.parts import shows


def test_a_list_is_looked_at_before_anything_is_kept(door: DoorClient) -> None:
    page = look(door, CSV)
    run = page.context["run"]
    assert [one.name for one in run.new] == ["Ana López", "أميرة"]
    assert (run.without_consent, run.without_point, len(run.duplicates)) == (1, 1, 1)
    assert page.context["form"].meanings[-1] == ColumnMeaning.NOTHING
    assert shows(page.content.decode(), "new-people", 2)
    assert not Contact.objects.exists()
    assert not ContactImport.objects.exists()


def test_what_is_brought_in_is_sealed_kept_for_a_month_and_lacks_a_next_step(
    door: DoorClient, riverside: Organisation
) -> None:
    assert bring(door, CSV).status_code == 302
    ana, amira = Contact.objects.order_by("pk")
    assert str(ana.consent_on) == "2026-03-04"
    assert amira.keep_until == timezone.localdate() + timedelta(days=30)
    assert b"ana" not in bytes(ana.sealed_name).lower() + bytes(ana.sealed_point).lower()
    assert Contact.objects.all().without_next_step().count() == 2
    brought = ContactImport.objects.get()
    assert (brought.new, brought.known, brought.left_out) == (2, 0, 3)
    shown = door.get("/riverside/people/").content.decode()
    assert "Ana López" in shown
    assert look(door, CSV).context["run"].new == []


def test_who_said_no_more_is_not_brought_back_by_a_list(door: DoorClient) -> None:
    bring(door, CSV)
    Contact.objects.update(consent_on=None)
    bring(door, CSV)
    assert Contact.objects.filter(consent_on=None).count() == Contact.objects.count() == 2


def test_a_list_without_a_column_of_consent_is_refused_and_stays_on_the_page(door: DoorClient) -> None:
    page = look(door, "name,email\nAna,ana@example.org\n")
    assert shows(page.content.decode(), "no-consent-column")
    assert page.context["run"] is None
    assert page.context["list"]
    door.post(LISTS, {"list": page.context["list"], "source": "x", "bring": "1", **columns("name", "mail")})
    assert not Contact.objects.exists()


def test_a_similar_name_is_pointed_out_and_only_a_person_decides(door: DoorClient) -> None:
    bring(door, CSV)
    again = "name,email,consent\nLopez Ana,ana@work.example,yes\nBoris,boris@example.org,yes\n"
    run = look(door, again).context["run"]
    assert [(similar.candidate.name, similar.name) for similar in run.similar] == [("Lopez Ana", "Ana López")]
    bring(door, again, same=["0"])
    assert Contact.objects.count() == 3
    bring(door, again)
    assert Contact.objects.count() == 4


def test_all_of_a_list_is_taken_back_while_nobody_has_worked_with_it(door: DoorClient, bea: Account) -> None:
    bring(door, CSV)
    address = f"{LISTS}{ContactImport.objects.get().pk}/take-back/"
    ana = Contact.objects.earliest("pk")
    act.agree_next_step(contact=ana, what="Call", due_on=timezone.localdate(), owner=bea, by=bea)
    said = door.post(address, follow=True).content.decode()
    assert "someone has already worked with 1 person" in said
    assert Contact.objects.count() == 2
    ana.next_steps.all().delete()
    assert shows(door.post(address, follow=True).content.decode(), "import-undone", 2)
    assert not Contact.objects.exists()


def test_no_list_without_an_open_vault_or_for_who_holds_no_key(
    riverside: Organisation, amal: Account, bea: Account
) -> None:
    locked = at_desk(amal).post(LISTS, {"pasted": CSV, "source": "x"})
    assert shows(locked, "text-waits-unlock")
    assert at_desk(bea).get(LISTS).status_code == 404
    assert not Contact.objects.exists()


def test_a_file_lies_in_memory_alone_and_a_large_one_is_refused(
    door: DoorClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_args: object, **_more: object) -> None:
        raise AssertionError("a temporary file was made")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, never)
    book = Workbook()
    assert book.active is not None
    for row in (["name", "phone", "consent"], ["Ana", 4930555010, "yes"]):
        book.active.append(row)
    monkeypatch.undo()  # openpyxl writes through a temporary file; reading must not
    sheet = io.BytesIO()
    book.save(sheet)
    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, never)
    sheet.seek(0)
    sheet.name = "list.xlsx"
    page = door.post(LISTS, {"file": sheet, "source": "The stall"})
    assert [one.point for one in page.context["run"].new] == ["+4930555010"]
    large = io.BytesIO(b"name,email,consent\n" + b"x" * 3_000_000)
    large.name = "list.csv"
    assert "2 MB" in door.post(LISTS, {"file": large, "source": "x"}).content.decode()


def test_who_forges_the_form_brings_nothing(amal: Account, riverside: Organisation) -> None:
    door = DoorClient("desk", enforce_csrf_checks=True)
    door.force_login(amal)
    assert door.post(LISTS, {"pasted": CSV, "source": "x"}).status_code == 403


@pytest.mark.parametrize("content", [b"PK\x03\x04 no sheet", b"{}", b"[1]", b"", b"name,email"])
def test_what_is_no_list_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(list_reader.UnreadableTable, match="Nothing was"):
        list_reader.read_table(content)
