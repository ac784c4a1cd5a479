"""Lists: looked at first, brought in sealed, taken back whole, let out by two persons and back without a change."""

import csv
import io
import json
import re
import tempfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from massline.core import formula_guard
from massline.desk.contacts import next_steps as act
from massline.desk.contacts.exports.actions import ExportFormat
from massline.desk.contacts.exports.xlsx import build_xlsx
from massline.desk.contacts.imports import list_reader
from massline.desk.contacts.imports.column_mapping import ColumnMeaning, guess_columns
from massline.desk.contacts.imports.import_candidates import read_candidates
from massline.desk.guard.retention import dual_control
from massline.desk.people.contact_import_model import ContactImport
from massline.desk.people.models import Account, Contact, Organisation
from massline.tables.table import Table
from tests.conftest import PASSPHRASE, DoorClient, at_desk
from tests.parts import shows

LISTS = "/riverside/people/lists/"
CSV = (
    "First Name;Last Name;E-Mail;Handy;Einwilligung;Support score\r\n"
    "Ana;López;ana@example.org;;2026-03-04;5\r\n"
    "أميرة;;;+49 30 555 0101;ja;1\r\n"
    "Marek;Nowak;marek@example.org;+49 30 555 0102;no;2\r\n"
    "Ana;Lopez;ANA@example.org;;yes;4\r\n"
    "Nobody;;;;yes;4\r\n"
)


def columns(*meanings: str) -> dict[str, str]:
    return {f"column_{number}": means for number, means in enumerate(meanings)}


def look(door: DoorClient, given: str | bytes) -> Any:
    """Choose a list: text is pasted, a file is uploaded."""
    listed: dict[str, Any] = {"pasted": given}
    if isinstance(given, bytes):
        listed = {"file": SimpleUploadedFile("list", given)}
    return door.post(LISTS, {**listed, "source": "The stall in May, signed on paper"})


def bring(door: DoorClient, given: str | bytes, **more: Any) -> Any:
    page = look(door, given)
    form = page.context["form"]
    chosen = columns(*(str(one) for one in form.meanings))
    sent = {"list": page.context["list"], "source": page.context["source"], "bring": "1"}
    return door.post(LISTS, {**sent, **chosen, **more})


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


def agree(riverside: Organisation, amal: Account, most: int = 50) -> None:
    proposal = dual_control.propose_act(
        riverside, what="export", reason="We move to another tool.", by=amal, most=most
    )
    other = Account.objects.get(name="second holder of riverside")
    dual_control.confirm_proposal(proposal, by=other, passphrase=PASSPHRASE)


@pytest.mark.parametrize("shape", ExportFormat.values)
def test_a_file_needs_two_persons_carries_its_mark_and_comes_back_without_a_change(
    door: DoorClient, riverside: Organisation, amal: Account, shape: str
) -> None:
    bring(door, CSV + "=Eva;;eva@example.org;;yes;\r\n")
    refused = door.post("/riverside/people/take-out/", {"shape": shape})
    assert shows(refused, "second-person")
    agree(riverside, amal)
    file = door.post("/riverside/people/take-out/", {"shape": shape})
    assert "attachment" in file.headers["Content-Disposition"]
    said = words_in(file.content)
    assert said.count("Riverside Tenants, for amal") >= 3
    before = list(Contact.objects.order_by("pk").values())
    run = look(door, file.content).context["run"]
    assert (len(run.new), len(run.known), run.left_out) == (0, 3, 0)
    bring(door, file.content)
    assert list(Contact.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    "shape", [ExportFormat.OURS, ExportFormat.SHEET, ExportFormat.OSDI, ExportFormat.VCARD]
)
def test_into_an_empty_house_everybody_comes_back_as_they_were(
    door: DoorClient, riverside: Organisation, amal: Account, shape: str
) -> None:
    bring(door, CSV + "=Eva;;@eva:matrix.example;;yes;\r\n")
    agree(riverside, amal)
    file = door.post("/riverside/people/take-out/", {"shape": shape})
    kept = ("language", "met_on", "consent_on", "keep_until", "blind_index")
    before = sorted(Contact.objects.values_list(*kept), key=str)
    Contact.objects.all().delete()
    bring(door, file.content)
    assert sorted(Contact.objects.values_list(*kept), key=str) == before
    assert "=Eva" in door.get("/riverside/people/").content.decode()


def test_days_of_a_sheet_are_days_that_sort_and_nothing_is_a_formula(
    door: DoorClient, riverside: Organisation, amal: Account
) -> None:
    """K4: each cell was a text, so that days did not sort."""
    bring(door, CSV + "=Eva;;eva@example.org;;2026-02-01;\r\n+49;;plus@example.org;;2025-12-30;\r\n")
    agree(riverside, amal)
    file = door.post("/riverside/people/take-out/", {"shape": "xlsx"})
    table: list[tuple[Any, ...]] = list(load_workbook(io.BytesIO(file.content)).worksheets[0].iter_rows())
    headings, rows = table[0], table[1:]
    days = [
        place
        for place, cell in enumerate(headings)
        if {"consent", "met", "keep"} & set(str(cell.value).split("_"))
    ]
    assert days
    for place in days:
        written = [row[place] for row in rows if row[place].value]
        assert written
        assert {cell.is_date for cell in written} == {True}, headings[place].value
        in_order = sorted(cell.value for cell in written)
        assert in_order == sorted(in_order, key=str)
    cells = [cell for row in rows for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "d", "n"}
    assert any(str(cell.value).endswith("=Eva") and cell.data_type == "s" for cell in cells)


def words_in(file: bytes) -> str:
    """What stands in a file as whoever opens it reads it."""
    if file[:2] != b"PK":
        text = file.decode("utf-8-sig")
        # A card breaks long lines, and puts a backslash before commas.
        return text.replace("\r\n ", "").replace("\\,", ",") if text.startswith("BEGIN:VCARD") else text
    rows = load_workbook(io.BytesIO(file)).worksheets[0].iter_rows(values_only=True)
    return "\n".join("\t".join(str(cell or "") for cell in row) for row in rows)


def test_a_sheet_is_made_in_memory_and_holds_no_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_args: object, **_more: object) -> None:
        raise AssertionError("a temporary file was made")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, never)
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", never)
    packed = build_xlsx([["name"], ["=1+1"], ["Ana \x07🌻"], ["0049"]])
    cells = [row[0] for row in load_workbook(io.BytesIO(packed)).worksheets[0].iter_rows()]
    assert [cell.value for cell in cells] == ["name", "=1+1", "Ana 🌻", "0049"]
    assert {cell.data_type for cell in cells} == {"s"}


def test_only_who_agrees_leaves_and_no_more_than_was_agreed_on(
    door: DoorClient, riverside: Organisation, amal: Account
) -> None:
    bring(door, CSV)
    agree(riverside, amal, most=1)
    refused = door.post("/riverside/people/take-out/", {"shape": "osdi"}).content.decode()
    assert shows(refused, "more-than-agreed", 2, 1)
    Contact.objects.filter(pk=Contact.objects.earliest("pk").pk).update(consent_on=None)
    found = json.loads(door.post("/riverside/people/take-out/", {"shape": "osdi"}).content)
    assert [one["given_name"] for one in found["_embedded"]["osdi:people"]] == ["أميرة"]


def test_columns_are_guessed_and_cells_are_guarded_and_read_back() -> None:
    assert guess_columns(["FirstName", "user email address", "Score", "email"]) == [
        ColumnMeaning.GIVEN,
        ColumnMeaning.MAIL,
        ColumnMeaning.NOTHING,
        ColumnMeaning.MAIL,
    ]
    listed = Table(["a", "b"], [["ana@example.org", "opt-in"]])
    assert next(read_candidates(listed, [ColumnMeaning.MAIL, ColumnMeaning.CONSENT])).agrees
    for cell in ("=1+1", "'=1", "@x", "+49 30 1", "-3", "plain", "''=1"):
        assert formula_guard.unguard_cell(formula_guard.guard_cell(cell)) == cell


def test_a_number_is_a_number_in_every_notation_and_goes_out_as_one(
    door: DoorClient, riverside: Organisation, amal: Account
) -> None:
    written = ["+1 (555) 555-0101", "(030) 555 0102", "030/555-0103", "+49 30 5550104", "0049 (0)30 5550105"]
    bring(door, "name,phone,consent\n" + "".join(f"P{n},{one},yes\n" for n, one in enumerate(written)))
    agree(riverside, amal)
    file = door.post("/riverside/people/take-out/", {"shape": "massline"}).content.decode("utf-8-sig")
    points = [row["contact"] for row in csv.DictReader(io.StringIO(file))]
    assert len(points) == len(written)
    assert all(re.fullmatch(r"\+[\d ()-]+", point) for point in points), points
