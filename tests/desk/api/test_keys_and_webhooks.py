"""Other programs: keys with scopes, never contacts; and what happens is told, signed, again until it arrives."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from massline.desk.act.structure_tests import actions as structure
from massline.desk.api import key_and_webhook_actions, webhook_signatures
from massline.desk.api.jobs import deliver_webhook
from massline.desk.api.models import ApiKey, ApiScope, Webhook, WebhookDelivery
from massline.desk.listen.record_corrections.actions import correct_voice
from massline.desk.listen.rounds import actions as listen
from massline.desk.listen.rounds.models import Voice
from massline.desk.listen.watches.http_fetch import AddressUnreachable
from massline.desk.people.models import Account, Organisation, Section
from massline.jobs.models import Job
from tests.conftest import DoorClient, at_desk
from tests.desk import decided_loop
from tests.parts import shows

NAMES = (
    "calls",
    "events",
    "report-backs",
    "decisions",
    "lessons",
    "results",
    "conversations",
    "claims",
)


def key(organisation: Organisation, by: Account, *scopes: str, days: int = 9) -> str:
    until = timezone.localdate() + timedelta(days=days)
    return key_and_webhook_actions.make_key(
        organisation=organisation, name="A map", scopes=scopes, expires_on=until, by=by
    )[1]


def program(secret: str) -> DoorClient:
    return DoorClient("desk", HTTP_AUTHORIZATION=f"Bearer {secret}")


def test_a_holder_makes_a_key_that_is_shown_once(
    riverside: Organisation, amal: Account, bea: Account
) -> None:
    given = {"name": "A map", "scopes": ["calls"], "expires_on": f"{timezone.localdate()}"}
    assert at_desk(bea).post("/riverside/api/", given).status_code == 404
    shown = at_desk(amal).post("/riverside/api/", given).content.decode()
    secret = next(word for word in shown.replace("<", " ").replace(">", " ").split() if "massline_" in word)
    assert secret not in at_desk(amal).get("/riverside/api/").content.decode()
    assert not any(secret in str(value) for value in ApiKey.objects.values().get().values())
    assert program(secret).get("/api/calls").status_code == 200
    assert program(secret).get("/api/lessons").status_code == 403
    made = ApiKey.objects.get()
    assert made.used_on == timezone.localdate()
    at_desk(amal).post(f"/riverside/api/keys/{made.pk}/revoke/")
    assert program(secret).get("/api/calls").status_code == 401


def test_whoever_has_no_key_hears_the_same(riverside: Organisation, amal: Account) -> None:
    old = key(riverside, amal, *ApiScope.values, days=-1)
    answers = [
        (found.status_code, found.content)
        for who in (DoorClient("desk"), program(old), program("massline_nothing"), at_desk(amal))
        for found in [who.get(f"/api/{name}") for name in NAMES]
    ]
    assert set(answers) == {(401, b'{"detail": "Unauthorized"}')}


def test_a_key_opens_its_own_organisation_and_no_contact(
    riverside: Organisation, harbour: Organisation, amal: Account, bea: Account, dina: Account
) -> None:
    decided_loop.decide(riverside, bea)
    gate = Section.objects.create(organisation=riverside, name="Gate", headcount=7)
    today = timezone.localdate()
    test = structure.create_structure_test(
        organisation=riverside, deed="Badge", begins_on=today, ends_on=today, strong_percent=50, by=bea
    )
    counts = dict.fromkeys(Section.objects.exclude(pk=gate.pk).filter(organisation=riverside), 20)
    structure.record_section_counts(test=test, counts=counts | {gate: 3}, by=bea)
    ours, theirs = (
        program(key(riverside, amal, *ApiScope.values)),
        program(key(harbour, dina, *ApiScope.values)),
    )
    assert len(ours.get("/api/decisions").json()) == 1
    found = ours.get("/api/results").json()[0]
    assert found["kind"] == "structure test"
    assert next(one["count"] for one in found["sections"] if one["section"] == "Gate") is None
    for name in NAMES:
        assert theirs.get(f"/api/{name}").json() == []
    described = DoorClient("desk").get("/api/openapi.json").json()
    assert set(described["paths"]) == {f"/api/{name}" for name in (*NAMES, "field-reports")}
    assert "contact" not in json.dumps(described["components"]).lower()


def test_a_program_writes_what_was_heard_once(riverside: Organisation, amal: Account, bea: Account) -> None:
    round_ = listen.open_round(
        organisation=riverside, question="What is cold?", closes_on=timezone.localdate(), by=bea
    )
    body = {
        "id": str(uuid4()),
        "round": round_.pk,
        "section": "Block A",
        "voices": [{"text": "  My girl does her homework in her coat. "}],
    }
    tool = program(key(riverside, amal, ApiScope.WRITE_VOICES))
    for _again in range(2):
        assert (
            tool.post("/api/field-reports", json.dumps(body), content_type="application/json").status_code
            == 201
        )
    assert Voice.objects.get().text == "  My girl does her homework in her coat. "
    for other in ({"voices": [{"text": "It is cold."}]}, {"people": 3}, {"mood": 2}):
        changed = json.dumps(body | other)
        assert tool.post("/api/field-reports", changed, content_type="application/json").status_code == 409
    assert Voice.objects.count() == 1
    today = timezone.localdate()
    Section.objects.filter(organisation=riverside, name="Block A").update(name="Harbour block")
    round_.closes_on = today - timedelta(days=1)
    round_.save(update_fields=["closes_on"])
    retried = tool.post("/api/field-reports", json.dumps(body), content_type="application/json")
    assert (retried.status_code, retried.json()) == (201, {"id": body["id"], "voices": 1})
    correct_voice(voice=Voice.objects.get(), text="Her coat.", kind="said", by=bea)
    retried = tool.post("/api/field-reports", json.dumps(body), content_type="application/json")
    assert (retried.status_code, Voice.objects.get().text) == (201, "Her coat.")
    round_.closes_on = today
    round_.save(update_fields=["closes_on"])
    wrong = tool.post(
        "/api/field-reports",
        json.dumps(body | {"id": str(uuid4()), "section": "Z"}),
        content_type="application/json",
    )
    assert (wrong.status_code, "Nothing was kept" in wrong.content.decode()) == (422, True)
    reader = program(key(riverside, amal, ApiScope.CALLS))
    assert (
        reader.post("/api/field-reports", json.dumps(body), content_type="application/json").status_code
        == 403
    )


class Listening(BaseHTTPRequestHandler):
    """Somebody else's program: fails the first time, then takes what it is told."""

    heard: list[tuple[dict[str, str], bytes]] = []
    answers: list[int] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((dict(self.headers), body))
        self.send_response(self.answers.pop(0))
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def listener() -> Iterator[str]:
    Listening.heard, Listening.answers = [], [500, 204, 410]
    server = HTTPServer(("127.0.0.1", 0), Listening)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_is_decided_is_told_signed_until_it_arrives(
    riverside: Organisation, amal: Account, bea: Account, listener: str, settings: Any
) -> None:
    settings.WATCH_OWN_NETWORK = True
    page = at_desk(amal).post("/riverside/api/webhooks/", {"url": listener, "kinds": ["decision.made"]})
    hook = Webhook.objects.get()
    assert webhook_signatures.encode_secret(hook.uuid) in page.content.decode()
    decision = decided_loop.decide(riverside, bea)
    told = WebhookDelivery.objects.get()
    assert Job.objects.using("desk").get(name=key_and_webhook_actions.JOB).payload == {"telling": told.pk}
    with pytest.raises(AddressUnreachable, match="answered 500"):
        deliver_webhook(told.pk)
    deliver_webhook(told.pk)
    deliver_webhook(told.pk)
    assert len(Listening.heard) == 2
    heads, body = Listening.heard[-1]
    assert json.loads(body)["data"]["title"] == decision.title
    heads = {name.lower(): value for name, value in heads.items()}
    secret = base64.b64decode(webhook_signatures.encode_secret(hook.uuid).removeprefix("whsec_"))
    content = f"{heads['webhook-id']}.{heads['webhook-timestamp']}.".encode() + body
    right = base64.b64encode(hmac.digest(secret, content, hashlib.sha256)).decode()
    assert heads["webhook-signature"] == f"v1,{right}"
    told.refresh_from_db()
    assert (told.tries, told.arrived_at is not None, told.problem) == (2, True, "")
    key_and_webhook_actions.queue_webhooks(organisation=riverside, kind="decision.made", facts={})
    deliver_webhook(WebhookDelivery.objects.latest("pk").pk)
    hook.refresh_from_db()
    assert not hook.is_live


def test_nobody_is_told_inside_our_own_network(riverside: Organisation, amal: Account, listener: str) -> None:
    hook = key_and_webhook_actions.add_webhook(
        organisation=riverside, url=listener, kinds=["call.published"], by=amal
    )
    key_and_webhook_actions.queue_webhooks(
        organisation=riverside, kind="call.published", facts={"id": str(uuid4()), "slogan": "Heat"}
    )
    with pytest.raises(AddressUnreachable, match="own network"):
        deliver_webhook(hook.tellings.get().pk)
    assert Listening.heard == []
    wrong = at_desk(amal).post("/riverside/api/webhooks/", {"url": "file:///etc/passwd", "kinds": []})
    assert shows(wrong.content.decode(), "not-https")
