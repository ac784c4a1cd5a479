"""Small holes that were found by trying: each stays closed, here and in its siblings."""

import logging
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.test import override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from nacl.exceptions import CryptoError

from massline.cli.first_start import ensure_data_folder
from massline.core.formula_guard import guard_cell, unguard_cell
from massline.desk.api import key_and_webhook_actions as api
from massline.desk.api.models import ApiKey, ApiScope, Webhook, WebhookEvent
from massline.desk.guard.keys import key_rotation
from massline.desk.people.models import Account, Membership, Organisation
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.sealing import envelope_binding, open_contents, seal_contents
from massline.web.log_format import SingleLineFilter
from tests.conftest import DoorClient, at_desk


def test_a_sealed_sign_up_opens_for_its_own_event_and_row_alone() -> None:
    from uuid import UUID

    from nacl.public import PrivateKey

    private = PrivateKey.generate()
    ours, other = envelope_binding(UUID(int=1), UUID(int=2)), envelope_binding(UUID(int=3), UUID(int=2))
    sealed = seal_contents({"name": "Rosa"}, bytes(private.public_key), bound_to=ours)
    assert open_contents(sealed, bytes(private), bound_to=ours) == {"name": "Rosa"}
    with pytest.raises(CryptoError):
        open_contents(sealed, bytes(private), bound_to=other)
    before = seal_contents({"name": "Rosa"}, bytes(private.public_key))
    assert open_contents(before, bytes(private), bound_to=ours) == {"name": "Rosa"}, "older ones still open"


def test_what_a_removed_member_set_up_ends_with_the_membership(
    riverside: Organisation, amal: Account, bea: Account, chen: Account
) -> None:
    api.add_webhook(
        organisation=riverside, url="https://x.example/", kinds=[WebhookEvent.CALL_PUBLISHED.value], by=bea
    )
    api.add_webhook(
        organisation=riverside, url="https://y.example/", kinds=[WebhookEvent.CALL_PUBLISHED.value], by=amal
    )
    ApiKey.objects.create(
        organisation=riverside,
        name="paper",
        digest="0" * 64,
        scopes=[ApiScope.CALLS.value],
        expires_on="2099-01-01",
        made_by=bea,
    )
    key_rotation.remove_member(Membership.objects.get(account=bea), by=amal, vault=None)
    assert [hook.url for hook in Webhook.objects.filter(stopped_on=None)] == ["https://y.example/"]
    assert not ApiKey.objects.get().is_live


def test_the_data_folder_is_closed_to_others_also_where_it_existed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    for name in ("desk.sqlite3", "square.sqlite3-wal", "desk.secret"):
        (folder / name).touch(mode=0o644)
    with override_settings(DATA=folder):
        ensure_data_folder()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd", "-1", "@SUM(A1)", "\t=1", " =1", '"=1', "rent;=1+1", "a\n=1", "＝1+1", "'=1"]
)
def test_no_cell_of_an_export_is_run_by_a_spreadsheet(cell: str) -> None:
    quoted = guard_cell(cell)
    assert quoted != cell
    assert unguard_cell(quoted) == cell


@given(st.text(alphabet="=+-@;\t\n\r ' \"a1＝"))
def test_what_is_quoted_is_read_back_to_the_byte(text: str) -> None:
    assert unguard_cell(guard_cell(text)) == text


@pytest.mark.parametrize("number", ["+49 170 1234567", "+1 (718) 555-0101", "+44.20.7946.0000"])
def test_phone_numbers_are_left_alone(number: str) -> None:
    assert guard_cell(number, phones=True) == number


def test_control_and_direction_signs_are_taken_out_of_every_one_line_field() -> None:
    class Form(forms.Form):
        line = forms.CharField()
        lines = forms.CharField(widget=forms.Textarea)
        secret = forms.CharField(widget=forms.PasswordInput, strip=False)

    form = Form({"line": "Mass\x0bmeeting\u202e\r\n", "lines": "one\n\x0btwo", "secret": " a\u200eb "})
    assert form.is_valid()
    assert form.cleaned_data == {"line": "Mass meeting", "lines": "one\ntwo", "secret": " a\u200eb "}


def test_a_title_with_a_control_sign_stands_clean_in_page_calendar_and_feed(
    riverside: Organisation, bea: Account, nobody: DoorClient
) -> None:
    """Case T2: planned as written, and read by every way out."""
    day = timezone.localdate() + timedelta(days=3)
    given = {"kind": "mass_meeting", "starts_at": f"{day}T18:00", "ends_at": f"{day}T20:00"}
    dirty = {"title": "Mass\x0b\u202emeeting\x1b", "place": "Har\x00bour\x07 Hall"}
    at_desk(bea).post("/riverside/act/plan/", given | dirty)
    event = PublicEvent.objects.get()
    for address in (
        "/riverside/events.ics",
        event.get_calendar_url(),
        event.get_absolute_url(),
        "/riverside/",
    ):
        text = nobody.get(address).content.decode()
        assert "Mass meeting" in text, address
        assert not set("\x00\x07\x0b\x1b\u202e") & set(text), address


def test_pages_vary_by_the_cookie_that_holds_the_language(
    riverside: Organisation, nobody: DoorClient
) -> None:
    for address in ("/", "/riverside/"):
        assert "cookie" in nobody.get(address).headers["Vary"].lower()


def test_a_wrong_host_is_logged_in_one_line(nobody: DoorClient, caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("django.security.DisallowedHost")
    assert any(isinstance(one, SingleLineFilter) for one in logger.filters)
    with caplog.at_level(logging.ERROR):
        answer = nobody.get("/", HTTP_HOST="evil.example\tx")
    assert answer.status_code == 400
    said = [record for record in caplog.records if record.name == "django.security.DisallowedHost"]
    assert said
    assert all(record.exc_info is None and "\n" not in record.getMessage() for record in said)


def test_a_large_upload_is_never_in_a_temporary_file(settings: Any) -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["massline.web.uploads.InMemoryUploadHandler"]
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.LARGEST_UPLOAD = 10
    answer = DoorClient("desk").post("/login/", {"file": SimpleUploadedFile("a.csv", b"x" * 11)})
    assert answer.status_code in (400, 413)
