"""What was typed when a login ended waits through the second step too, whichever it is."""

import json
import re
import time
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
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
from massline.desk.guard.accounts.login import FRESH_MINUTES
from massline.desk.guard.accounts.unsent_forms import (
    FIELD,
)
from massline.desk.listen.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.desk.people.second_factor_models import CodeApp, Passkey
from massline.web.rate_limits import RetryAfter
from tests.conftest import PASSPHRASE, DoorClient, at_desk
from tests.desk.guard.accounts.code_app import SECRET, shown
from tests.desk.guard.accounts.unsent_form_pages import OPEN, waits
from tests.parts import field_errors, shows


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
