"""Codes from an app, codes on paper: which count, how often, and who is told."""

import re
import threading
from typing import Any

import pytest
import time_machine
import zxingcpp
from django.db import connections
from playwright.sync_api import sync_playwright

from massline.desk.guard.accounts import credential_actions, login_limits, totp
from massline.desk.guard.audit.models import AuditLine
from massline.desk.people import scope
from massline.desk.people.models import Account, Organisation
from massline.desk.people.second_factor_models import CodeApp, Passkey, RecoveryCode
from tests.browser import find_chromium
from tests.conftest import PASSPHRASE, DoorClient, at_desk
from tests.desk.guard.accounts.code_app import NOON, SECRET, give, half_way, shown, verbs_of
from tests.parts import shows


def test_the_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, the last six of eight digits."""
    for at, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        with time_machine.travel(at, tick=False):
            assert totp.matching_step(SECRET, code) == at // 30


def test_the_passphrase_alone_opens_nothing_and_the_code_goes_on_where_one_was_going(
    with_app: Account,
) -> None:
    door = half_way()
    assert door.get("/riverside/").headers["Location"].startswith("/login/")
    with time_machine.travel(NOON, tick=False):
        fresh = half_way()
        assert give(fresh, "000000").status_code == 200
        assert give(fresh, shown(SECRET, NOON)).headers["Location"] == "/riverside/guard/"
    assert fresh.get("/riverside/guard/").status_code in (200, 302)


@pytest.mark.parametrize(("drift", "counts"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off_and_no_more(with_app: Account, drift: int, counts: bool) -> None:
    with time_machine.travel(NOON, tick=False):
        assert give(half_way(), shown(SECRET, NOON + drift)).status_code == (302 if counts else 200)


def test_a_code_counts_once_and_none_before_it_counts_after(with_app: Account) -> None:
    with time_machine.travel(NOON, tick=False):
        assert give(half_way(), shown(SECRET, NOON)).status_code == 302
        again = give(half_way(), shown(SECRET, NOON))
        assert shows(again.content.decode(), "code-used")
        assert give(half_way(), shown(SECRET, NOON - 30)).status_code == 200
        assert give(half_way(), shown(SECRET, NOON + 30)).status_code == 302


@pytest.mark.django_db(transaction=True, databases=["square", "desk"])
def test_a_code_sent_by_two_browsers_at_once_opens_one_of_them() -> None:
    account = Account.objects.create_user("amal", PASSPHRASE)
    CodeApp.objects.create(account=account, sealed=totp.seal_secret(SECRET))
    credential_actions.make_recovery_codes(account=account)
    paper = RecoveryCode.objects.create(account=account, digest=totp.digest_recovery_code("k" * 16))
    came_in: list[bool] = []

    def send() -> None:
        try:
            came_in.append(totp.verify_app_code(account, shown(SECRET, NOON)))
            came_in.append(totp.use_recovery_code(account, "kkkk-kkkk-kkkk-kkkk"))
        finally:
            connections.close_all()

    with time_machine.travel(NOON, tick=False):
        senders = [threading.Thread(target=send) for _ in range(6)]
        for one in senders:
            one.start()
        for one in senders:
            one.join()
    assert came_in.count(True) == 2
    paper.refresh_from_db()
    assert paper.used_on is not None


def test_guessing_codes_waits_and_heals(with_app: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    with time_machine.travel(NOON, tick=False):
        door = half_way()
        for n in range(login_limits.SECOND_ACCOUNT.per):
            assert give(door, f"{n:06}").status_code == 200
        waiting = give(door, shown(SECRET, NOON))
        assert waiting.status_code == 429
        # Not another browser either: the account is counted, not the session.
        assert give(half_way(), shown(SECRET, NOON)).status_code == 429
        login_limits.SECOND_ACCOUNT.forget()
        assert give(door, shown(SECRET, NOON)).status_code == 302


def test_the_half_way_is_forgotten_after_ten_minutes_and_when_the_passphrase_changes(
    with_app: Account,
) -> None:
    with time_machine.travel(NOON, tick=False):
        door = half_way()
    with time_machine.travel(NOON + 11 * 60, tick=False):
        assert give(door, shown(SECRET, NOON + 11 * 60)).headers["Location"] == "/login/"
        door = half_way()
        with_app.set_password("another four long words")
        with_app.save()
        assert give(door, shown(SECRET, NOON + 11 * 60)).headers["Location"] == "/login/"


def test_nobody_reaches_the_second_step_without_the_first() -> None:
    assert DoorClient("desk").get("/login/second/").headers["Location"] == "/login/"
    assert give(DoorClient("desk"), "123456").headers["Location"] == "/login/"


def test_adding_an_app_by_its_picture(riverside: Organisation, amal: Account) -> None:
    door = at_desk(amal)
    with time_machine.travel(NOON, tick=False):
        door = at_desk(amal)
        page = door.get("/account/app/").content.decode()
        offered = re.search(r'name="offered" value="([0-9a-f]+)"', page)
        assert offered is not None
        secret = totp.read_offered_secret(offered[1])
        assert secret is not None
        assert totp.format_secret(secret) in page
        wrong = door.post("/account/app/", {"offered": offered[1], "code": "000000"})
        assert offered[1] != ""
        assert totp.format_secret(secret) in wrong.content.decode()
        assert not CodeApp.objects.exists()
        done = door.post("/account/app/", {"offered": offered[1], "code": shown(secret, NOON)})
        assert done.headers["Location"] == "/account/codes/"
        # The code that proved it does not open the door as well.
        assert give(half_way(), shown(secret, NOON)).status_code == 200
    assert "added an app as second factor" in verbs_of(riverside)
    assert secret not in bytes(CodeApp.objects.get().sealed)


def test_an_app_reads_the_picture(amal: Account) -> None:
    drawn = totp.qr_code(SECRET, amal, "desk.example")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        page = browser.new_page(viewport={"width": 300, "height": 300})
        page.set_content(f"<style>svg{{width:240px}}</style>{drawn}")
        picture = page.screenshot()
        browser.close()
    import io

    from PIL import Image

    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert [one.text for one in read] == [
        "otpauth://totp/desk.example:amal?digits=6&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&algorithm=SHA1&issuer=desk.example&period=30"
    ]


def test_a_secret_we_never_offered_is_not_taken(amal: Account) -> None:
    for made_up in ("", "00", "zz", "ab" * 60):
        answer = at_desk(amal).post("/account/app/", {"offered": made_up, "code": "123456"})
        assert answer.status_code == 200
    assert not CodeApp.objects.exists()


def test_the_last_factor_stays_while_one_is_asked_and_goes_when_none_is(
    with_app: Account, settings: Any
) -> None:
    door = at_desk(with_app)
    door.post("/account/factors/remove/", {"which": "app"})
    assert CodeApp.objects.exists()
    settings.SECOND_FACTOR = "nobody"
    door.post("/account/factors/remove/", {"which": "app"})
    assert not CodeApp.objects.exists()
    for nonsense in ("app", "passkey-1", "passkey-", "passkey-x", ""):
        assert door.post("/account/factors/remove/", {"which": nonsense}).status_code == 302


def test_what_is_noted_holds_no_address(riverside: Organisation, with_app: Account) -> None:
    door = DoorClient("desk", REMOTE_ADDR="203.0.113.7")
    door.post("/login/", {"name": "amal", "passphrase": PASSPHRASE})
    give(door, "000000")
    with scope.scope_to_everything("looking"):
        assert not any("203.0.113" in repr(vars(line)) for line in AuditLine.objects.all())


@pytest.mark.parametrize(
    "made_up", ["", "{}", "[]", "null", "{", '{"id": "AA", "rawId": "AA", "response": {}}', '{"rawId": 7}']
)
def test_a_made_up_passkey_opens_nothing_and_breaks_nothing(with_app: Account, made_up: str) -> None:
    for door, address in (
        (DoorClient("desk"), "/login/passkey/"),
        (half_way(), "/login/passkey/"),
        (at_desk(with_app), "/account/again/"),
        (at_desk(with_app), "/account/passkeys/add/"),
    ):
        door.post("/login/passkey/options/")
        answer = door.post(address, {"credential": made_up, "name": "my phone"})
        assert answer.status_code == 200
        assert "error" in answer.content.decode()
    assert not with_app.passkeys.exists()


def test_what_a_browser_is_asked_for_tells_no_accounts(with_app: Account, dina: Account) -> None:
    Passkey.objects.create(
        account=with_app,
        name="phone",
        handle=b"h",
        credential_id=b"c",
        credential=b"\0" * 16 + b"\0\x01c\xa0",
    )
    asked = DoorClient("desk").post("/login/passkey/options/").json()["publicKey"]
    assert asked["userVerification"] == "required"
    assert "allowCredentials" not in asked


def test_the_organisation_hears_that_somebody_guesses_codes(
    riverside: Organisation, with_app: Account
) -> None:
    door = half_way()
    for _ in range(login_limits.SECOND_ACCOUNT.per + 3):
        give(door, "000000")
    assert verbs_of(riverside).count("was made to wait: too many wrong codes") == 1
