"""A login that nobody uses ends, and what was being typed comes back after the next one."""

import html
import json
import re
import time
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import RequestFactory
from django.utils import timezone
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    AuthenticatorData,
    CollectedClientData,
)
from time_machine import travel

from massline.desk.guard.accounts import login_limits, totp
from massline.desk.guard.accounts.idle_sessions import USED
from massline.desk.guard.accounts.login import FRESH_MINUTES
from massline.desk.guard.accounts.login_limits import WAITING_SENDER
from massline.desk.guard.accounts.unsent_forms import (
    FIELD,
    MOST_FIELDS,
    MOST_LETTERS_OF_STRANGERS,
    UnsentForm,
)
from massline.desk.listen.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.desk.people.second_factor_models import CodeApp, Passkey
from massline.desk.people.sessions import DeskSession
from massline.web.rate_limits import MANY_BEHIND_ONE, RetryAfter, count_attempt
from tests.conftest import PASSPHRASE, DoorClient, at_desk
from tests.desk.guard.accounts.test_second_factors import SECRET, shown
from tests.parts import field_errors, shows

OPEN = "/riverside/listen/open/"
TYPED = {"what": "Ask Basma about the boiler", "due": "2026-12-24", "is_secret": "on"}
HIDDEN = {"passphrase": "never shown", "code": "k7q 2mx", "old_password": "no", "key_share": "9 boats"}


def waits(page: Any) -> list[Any]:
    """The path and fields that wait in a page of the login."""
    (text,) = set(re.findall(rf'name="{FIELD}" value="([^"]*)"', page.content.decode()))
    found: list[Any] = json.loads(html.unescape(text))
    return found


def test_a_login_without_a_touch_for_an_hour_ends(riverside: Organisation, bea: Account) -> None:
    door = at_desk(bea)
    assert door.get("/riverside/").status_code == 200
    with travel(timezone.now() + timedelta(minutes=62)):
        answer = door.get("/riverside/listen/", follow=True)
        assert answer.redirect_chain[0][0] == "/login/?next=/riverside/listen/"
        assert shows(answer, "logged-out-idle")
        assert not DeskSession.objects.filter(account=bea).exists()


def test_a_login_that_is_used_lasts_its_twelve_hours(riverside: Organisation, bea: Account) -> None:
    door, begin = at_desk(bea), timezone.now()
    for minutes in range(0, 690, 45):
        with travel(begin + timedelta(minutes=minutes)):
            assert door.get("/riverside/").status_code == 200
    with travel(begin + timedelta(hours=13, minutes=1)):
        assert door.get("/riverside/").status_code == 302


def test_no_page_writes_when_somebody_was_here(riverside: Organisation, bea: Account) -> None:
    door = at_desk(bea)
    before = DeskSession.objects.get(account=bea).session_data
    with travel(timezone.now() + timedelta(minutes=7)):
        door.get("/riverside/")
    assert DeskSession.objects.get(account=bea).session_data == before


@pytest.mark.parametrize("cookie", ["none", "made up", "of another session"])
def test_who_carries_a_session_off_cannot_say_that_it_was_used(
    riverside: Organisation, bea: Account, amal: Account, cookie: str
) -> None:
    door, begin = at_desk(bea), timezone.now()
    with travel(begin + timedelta(minutes=61)):
        other = at_desk(amal)
    with travel(begin + timedelta(minutes=62)):
        other.get("/riverside/")
        made = {"made up": "29999999:abc", "of another session": other.cookies[USED].value}.get(cookie)
        if made is not None:
            door.cookies[USED] = made
        assert door.get("/riverside/").status_code == 302


def test_the_time_is_a_setting_and_nought_is_none(
    riverside: Organisation, bea: Account, settings: Any
) -> None:
    settings.SESSION_IDLE_MINUTES = 10
    short = at_desk(bea)
    short.get("/riverside/")
    with travel(timezone.now() + timedelta(minutes=12)):
        assert short.get("/riverside/").status_code == 302
    settings.SESSION_IDLE_MINUTES = 0
    long = at_desk(bea)
    long.get("/riverside/")
    with travel(timezone.now() + timedelta(hours=11)):
        assert long.get("/riverside/").status_code == 200


def test_what_was_typed_comes_back_after_the_login_and_is_sent_with_one_press(
    riverside: Organisation, bea: Account
) -> None:
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    question = {
        "question": "How warm is your flat at night?",
        "closes_on": tomorrow,
        "seeds": "",
        "shown": "held",
    }
    door = at_desk(bea)
    door.get(OPEN)
    DeskSession.objects.filter(account=bea).delete()
    asked = door.post(OPEN, question)
    assert asked.status_code == 403
    assert shows(asked, "text-waits")
    path, fields = waits(asked)
    assert path == OPEN
    assert dict(fields) == question
    wrong = door.post("/login/", {"name": "bea", "passphrase": "no", FIELD: json.dumps([path, fields])})
    assert waits(wrong) == [path, fields], "a slip of the fingers loses nothing"
    back = door.post("/login/", {"name": "bea", "passphrase": PASSPHRASE, FIELD: json.dumps([path, fields])})
    assert shows(back, "text-unsent")
    assert question["question"] in back.content.decode()
    assert not ListeningRound.objects.exists()
    assert door.post(path, dict(fields)).status_code == 302
    assert ListeningRound.objects.get().question == question["question"]


def test_the_form_waits_through_the_second_step_too(riverside: Organisation, bea: Account) -> None:
    CodeApp.objects.create(account=bea, sealed=totp.seal_secret(SECRET))
    waiting = json.dumps([OPEN, [["what", "Ask Basma"]]])
    door = DoorClient("desk")
    second = door.post("/login/", {"name": "bea", "passphrase": PASSPHRASE, FIELD: waiting})
    assert shows(second, "second-step")
    assert waits(second) == json.loads(waiting)
    wrong = door.post("/login/second/", {"code": "000000", FIELD: waiting})
    assert waits(wrong) == json.loads(waiting)
    inside = door.post("/login/second/", {"code": shown(SECRET, time.time()), FIELD: waiting})
    assert shows(inside, "text-unsent")


def test_the_form_waits_for_who_takes_too_long_for_the_second_step(
    riverside: Organisation, bea: Account
) -> None:
    CodeApp.objects.create(account=bea, sealed=totp.seal_secret(SECRET))
    waiting = json.dumps([OPEN, [["what", "Ask Basma"]]])
    door = DoorClient("desk")
    door.post("/login/", {"name": "bea", "passphrase": PASSPHRASE, FIELD: waiting})
    with travel(timezone.now() + timedelta(minutes=12)):
        late = door.post("/login/second/", {"code": shown(SECRET, time.time()), FIELD: waiting})
        assert waits(late) == json.loads(waiting)
        assert shows(late, "text-waits")


def test_the_form_waits_for_who_tried_too_often(
    riverside: Organisation, bea: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    CodeApp.objects.create(account=bea, sealed=totp.seal_secret(SECRET))
    waiting = json.dumps([OPEN, [["what", "Ask Basma"]]])
    door = DoorClient("desk")
    door.post("/login/", {"name": "bea", "passphrase": PASSPHRASE, FIELD: waiting})
    monkeypatch.setattr(login_limits, "limit_login", lambda request, name: RetryAfter(60))
    monkeypatch.setattr(login_limits, "limit_second_factor", lambda request, account: RetryAfter(60))
    for path, typed, page, field in (
        ("/login/", {"name": "bea", "passphrase": "no"}, "log-in", "name"),
        ("/login/second/", {"code": "000000"}, "second-step", "code"),
    ):
        wait = door.post(path, typed | {FIELD: waiting})
        assert (wait.status_code, wait.headers["Retry-After"]) == (429, "60")
        assert waits(wait) == json.loads(waiting)
        assert f'action="{path}"' in wait.content.decode()
        again = door.post(path, {FIELD: waiting})
        assert shows(again, page)
        assert waits(again) == json.loads(waiting)
        assert field_errors(again, field) == []


def test_the_form_waits_until_an_overdue_second_factor_is_added(
    riverside: Organisation, bea: Account, settings: Any
) -> None:
    settings.SECOND_FACTOR = "everybody"
    settings.SECOND_FACTOR_DAYS = 0
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    question = {"question": "How warm is your flat?", "closes_on": tomorrow, "seeds": "", "shown": "held"}
    waiting = json.dumps([OPEN, list(question.items())])
    door = DoorClient("desk")
    inside = door.post("/login/", {"name": "bea", "passphrase": PASSPHRASE, FIELD: waiting})
    for answer in (inside, door.post(OPEN, question)):
        assert shows(answer, "add-factor-first")
        assert question["question"] in answer.content.decode()
        assert f'action="{OPEN}"' in answer.content.decode()
    assert not ListeningRound.objects.exists()
    assert door.post(OPEN, question, headers={"sec-fetch-mode": "cors"}).status_code == 302
    with travel(timezone.now() + timedelta(minutes=FRESH_MINUTES + 1)):
        again = door.post("/account/app/", {FIELD: waiting})
        assert waits(again) == json.loads(waiting), "too long ago: who it is is asked first"
        confirmed = door.post("/account/again/", {"passphrase": PASSPHRASE, FIELD: waiting})
        assert shows(confirmed, "add-factor-first")
        page = door.post("/account/app/", {FIELD: waiting})
        assert waits(page) == json.loads(waiting)
        assert field_errors(page, "code") == []
        offered = re.search(r'name="offered" value="([^"]+)"', page.content.decode())
        assert offered is not None
        secret = totp.read_offered_secret(offered[1])
        assert secret is not None
        sent = {"offered": offered[1], FIELD: waiting}
        slip = door.post("/account/app/", sent | {"code": "000000"})
        assert waits(slip) == json.loads(waiting)
        added = door.post("/account/app/", sent | {"code": shown(secret, time.time())})
        assert shows(added, "text-unsent")
        assert shows(added, "codes-missing"), "what waits hides no way to the codes on paper"
        assert question["question"] in added.content.decode()
    assert door.post(OPEN, question).status_code == 302
    assert ListeningRound.objects.get().question == question["question"]


def test_whoever_adds_an_app_and_tried_too_often_goes_on_with_the_secret_on_the_phone(
    riverside: Organisation, bea: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, door = json.dumps([OPEN, [["what", "Ask Basma"]]]), at_desk(bea)
    first = offered_on(door.post("/account/app/", {FIELD: waiting}))
    with monkeypatch.context() as patch:
        patch.setattr(login_limits, "limit_second_factor", lambda request, account: RetryAfter(60))
        wait = door.post("/account/app/", {"offered": first, "code": "000000", FIELD: waiting})
    assert wait.status_code == 429
    assert shows(wait, "back-to-app")
    assert not shows(wait, "back-to-unlock")
    again = door.post("/account/app/", {"offered": offered_on(wait), FIELD: waiting})
    assert field_errors(again, "code") == []
    secrets = {totp.read_offered_secret(offered) for offered in (first, offered_on(again))}
    assert len(secrets) == 1


def offered_on(page: Any) -> str:
    (offered,) = re.findall(r'name="offered" value="([^"]+)"', page.content.decode())
    return str(offered)


def test_the_form_waits_for_who_confirms_with_a_passkey(riverside: Organisation, bea: Account) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    public = ES256.from_cryptography_key(key.public_key())  # type: ignore[no-untyped-call]
    credential = AttestedCredentialData.create(Aaguid.NONE, b"phone", public)
    Passkey.objects.create(
        account=bea, name="phone", handle=b"h", credential_id=b"phone", credential=bytes(credential)
    )
    door, waiting = at_desk(bea), json.dumps([OPEN, [["what", "Ask Basma"]]])
    for sent in ({FIELD: waiting}, {}):
        asked = door.post("/login/passkey/options/").json()["publicKey"]
        client = CollectedClientData.create(
            CollectedClientData.TYPE.GET, asked["challenge"], "http://testserver"
        )
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        seen = AuthenticatorData.create(sha256(b"testserver").digest(), flags, 0)
        answer = AuthenticationResponse(
            raw_id=b"phone",
            response=AuthenticatorAssertionResponse(
                client_data=client,
                authenticator_data=seen,
                signature=key.sign(seen + client.hash, ec.ECDSA(SHA256())),
            ),
        )
        confirmed = door.post(
            "/account/again/", sent | {"next": OPEN, "credential": json.dumps(dict(answer))}
        )
        if sent:
            assert shows(confirmed, "text-unsent")
            assert "Ask Basma" in confirmed.content.decode()
        else:
            assert confirmed.headers["Location"] == OPEN


def test_secrets_and_pages_of_keys_are_typed_again(riverside: Organisation) -> None:
    door = DoorClient("desk")
    _path, fields = waits(door.post(OPEN, TYPED | HIDDEN))
    assert dict(fields) == TYPED
    words = {"words": "academic acid acrobat romp"}
    answer = door.post(
        "/riverside/guard/paper/open/",
        words,
        headers={"referer": "http://testserver/riverside/guard/paper/open/"},
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login/?next=%2Friverside%2Fguard%2Fpaper%2Fopen%2F"


def test_a_form_that_leads_elsewhere_waits_for_nobody(bea: Account) -> None:
    for path in ("https://evil.example/", "//evil.example/", "/\\evil.example/", "evil", 7, None):
        door = DoorClient("desk")
        sent = {"name": "bea", "passphrase": PASSPHRASE, FIELD: json.dumps([path, [["a", "b c"]]])}
        assert door.post("/login/", sent).status_code == 302, path
    for broken in ("[", "[1,2]", '["/x/", 5]', '["/x/", []]', "[" * 9000):
        sent = {"name": "bea", "passphrase": PASSPHRASE, FIELD: broken}
        assert DoorClient("desk").post("/login/", sent).status_code == 302, broken[:20]


def test_a_script_that_sends_is_told_to_log_in(riverside: Organisation) -> None:
    """The queue of a check-in keeps what it could not send; it needs the redirect to see that."""
    answer = DoorClient("desk").post(OPEN, TYPED, headers={"sec-fetch-mode": "cors"})
    assert answer.status_code == 302


def test_a_form_of_another_site_waits_for_nobody(riverside: Organisation) -> None:
    """Whoever logs in must not be offered to send what another site wrote; every page that takes forms checks that."""
    stranger = DoorClient("desk", enforce_csrf_checks=True)
    for path in (OPEN, "/riverside/people/lists/", "/riverside/people/", "/found/"):
        answer = stranger.post(path, {"pasted": "not yours"}, headers={"origin": "https://evil.example"})
        assert answer.status_code == 403, path
        assert FIELD not in answer.content.decode(), path


def test_what_waits_is_read_again_whatever_script_it_is_in(riverside: Organisation, amal: Account) -> None:
    """Written with escapes, a long text in Arabic or Chinese waited in the page, and was gone after the passphrase."""
    form = UnsentForm(OPEN, (("pasted", 'تدفئة «البيت» \\ "سخان"\r\n' * 22_000),))
    assert not form.is_too_large
    door = at_desk(amal)
    assert waits(door.post("/riverside/guard/unlock/", {FIELD: form.as_text()})) == [
        OPEN,
        [["pasted", form.fields[0][1]]],
    ]
    for broken in ('["/x/", [["a", "\\ud800 b"]]]', '["/\\ud800/", [["a", "b c"]]]'):
        sent = {"passphrase": PASSPHRASE, FIELD: broken}
        assert door.post("/riverside/guard/unlock/", sent).status_code == 302, broken


def test_a_form_that_waits_is_not_larger_than_what_anybody_types(
    riverside: Organisation, bea: Account
) -> None:
    """Whoever has no login could else have millions of quotation marks written out sixfold, again and again."""
    quotes = '"' * (MOST_LETTERS_OF_STRANGERS // 6)
    for long in ([["a", quotes]], [["a", "b c"]] * (MOST_FIELDS + 1)):
        asked = DoorClient("desk").post("/login/", {FIELD: json.dumps([OPEN, long])})
        assert FIELD not in asked.content.decode()
    answer = DoorClient("desk").post(OPEN, {"question": quotes})
    assert answer.status_code == 302
    for typed in ({"name": "'" * 1_000_000, "passphrase": "x"}, {"next": "/" + "'" * 1_000_000}):
        assert len(DoorClient("desk").post("/login/", typed).content) < 100_000


def test_a_stranger_has_a_form_wait_so_many_times_only(riverside: Organisation, bea: Account) -> None:
    waiting = json.dumps([OPEN, [["what", "Ask Basma"]]])
    for _ in range(WAITING_SENDER.per * MANY_BEHIND_ONE - 2):
        assert count_attempt(WAITING_SENDER, RequestFactory().get("/")) is None
    stranger = DoorClient("desk")
    assert waits(stranger.post(OPEN, {"what": "Ask Basma"})) == json.loads(waiting)
    assert waits(stranger.post("/login/", {FIELD: waiting})) == json.loads(waiting)
    for address, sent in (("/login/", {FIELD: waiting}), (OPEN, {"what": "Ask Basma"})):
        answer = stranger.post(address, sent)
        assert answer.status_code == 429, address
        assert "Ask Basma" not in answer.content.decode()
    assert stranger.post("/login/", {"name": "bea", "passphrase": PASSPHRASE}).status_code == 302
