"""Lists tell how long they are and where they go on; calls and events carry their page, and a change what it changed."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from massline.desk.act.events.models import Event
from massline.desk.api import jobs, key_and_webhook_actions
from massline.desk.api.models import ApiScope, WebhookDelivery
from massline.desk.call import actions as call_actions
from massline.desk.call.models import Call
from massline.desk.decide.decisions.models import Decision
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublishedCall
from tests.conftest import DoorClient
from tests.desk import decided_loop
from tests.desk.api.test_keys_and_webhooks import key, program


@pytest.fixture
def drafted_call(riverside: Organisation, bea: Account) -> Call:
    return decided_loop.write_call(decided_loop.decide(riverside, bea), bea)


@pytest.fixture
def live_call(drafted_call: Call, bea: Account) -> Call:
    call_actions.publish_call(call=drafted_call, by=bea, insist=True)
    return drafted_call


@pytest.fixture
def tool(riverside: Organisation, amal: Account) -> DoorClient:
    return program(key(riverside, amal, *ApiScope.values))


def path_of(url: str) -> str:
    """Path and query of a whole address; empty where there is none."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if url else ""


def test_calls_and_events_carry_the_address_of_their_page(
    live_call: Call, tool: DoorClient, nobody: DoorClient
) -> None:
    for name in ("calls", "events"):
        (row,) = tool.get(f"/api/{name}").json()
        page = nobody.get(path_of(row["url"]))
        assert page.status_code == 200
        assert live_call.facts.slogan in page.content.decode()


def test_an_event_without_a_public_page_has_no_address(riverside: Organisation, tool: DoorClient) -> None:
    starts = timezone.now() + timedelta(days=3)
    Event.objects.create(
        organisation=riverside,
        kind="action",
        title="Stewards",
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )
    assert [row["url"] for row in tool.get("/api/events").json()] == [None]


def test_a_list_tells_its_length_and_where_it_goes_on(
    riverside: Organisation, bea: Account, tool: DoorClient
) -> None:
    first = decided_loop.decide(riverside, bea)
    for n in range(4):
        Decision.objects.create(
            organisation=riverside,
            title=f"Again {n}",
            decided_on=first.decided_on,
            review_on=first.review_on,
            owner=bea,
        )
    seen: list[int] = []
    address = "/api/decisions?limit=2"
    while address:
        page = tool.get(address)
        assert page["X-Total-Count"] == "5"
        seen += [row["id"] for row in page.json()]
        following = re.search(r'<([^>]*)>; rel="next"', page.get("Link", ""))
        address = path_of(following[1]) if following else ""
    assert sorted(seen) == sorted(Decision.objects.values_list("pk", flat=True))
    last = tool.get("/api/decisions?limit=2&offset=4")["Link"]
    assert 'rel="first"' in last
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last


def test_a_change_tells_what_it_changed_and_where(
    riverside: Organisation, live_call: Call, amal: Account, bea: Account
) -> None:
    key_and_webhook_actions.add_webhook(
        organisation=riverside, url="https://hook.example", kinds=["call.published", "call.changed"], by=amal
    )
    before = live_call.facts
    call_actions.change_call(call=live_call, by=bea, facts=replace(before, place="Town Hall steps"))
    told = json.loads(WebhookDelivery.objects.get().body)["data"]
    assert told["changed"] == {"place": {"from": before.place, "to": "Town Hall steps"}}
    assert told["url"].endswith(PublishedCall.objects.get(uuid=live_call.uuid).get_absolute_url())


def test_a_call_that_goes_out_is_told_with_its_address(
    riverside: Organisation, drafted_call: Call, amal: Account, bea: Account
) -> None:
    key_and_webhook_actions.add_webhook(
        organisation=riverside, url="https://hook.example", kinds=["call.published"], by=amal
    )
    published = call_actions.publish_call(call=drafted_call, by=bea, insist=True)
    delivery = WebhookDelivery.objects.get()
    with patch.object(jobs, "post_json") as sent:
        jobs.deliver_webhook(delivery.pk)
    assert json.loads(sent.call_args.args[1])["data"]["url"].endswith(published.get_absolute_url())
