"""Contacts are let out by two persons, in files that other tools read and that come back without a change."""

import csv
import io
import json
import re
import tempfile
from typing import Any

import pytest
from openpyxl import load_workbook

from massline.core import formula_guard
from massline.desk.contacts.exports.actions import ExportFormat
from massline.desk.contacts.exports.xlsx import build_xlsx
from massline.desk.contacts.imports.column_mapping import ColumnMeaning, guess_columns
from massline.desk.contacts.imports.import_candidates import read_candidates
from massline.desk.guard.retention import dual_control
from massline.desk.people.models import Account, Contact, Organisation
from massline.tables.table import Table
from tests.conftest import PASSPHRASE, DoorClient
from tests.desk.contacts.list_pages import CSV, bring, look
from tests.parts import shows


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
