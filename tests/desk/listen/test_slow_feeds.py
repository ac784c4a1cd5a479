"""A server that hardly answers keeps nobody waiting: its feed is in trouble, and the next one is read."""

import time
from typing import Any

import pytest

from massline.core.connections.patience import Patience
from massline.desk.listen.watches import actions, http_fetch
from massline.desk.listen.watches.models import Feed
from massline.desk.people.models import Account, Organisation
from tests.core.test_connections import HEAD, server
from tests.desk.listen.feed_server import newspaper, rss


def test_a_feed_at_a_byte_now_and_then_ends_at_its_deadline_and_the_next_is_read(
    riverside: Organisation, bea: Account, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case U2: one byte every four seconds, here a hundred times as fast."""
    settings.WATCH_OWN_NETWORK = True
    monkeypatch.setattr(http_fetch, "PATIENCE", Patience(0.5, 0.2))
    watch = actions.track_issue(organisation=riverside, name="Evictions", words="eviction", by=bea)
    with server(HEAD + rss("Eviction in the harbour"), a_byte_every=0.04) as port, newspaper() as paper:
        paper.body = rss("Police clear eviction at Mill Street")
        slow = actions.add_feed(watch=watch, url=f"http://127.0.0.1:{port}/feed", by=bea)
        good = actions.add_feed(watch=watch, url=paper.address, by=bea)
        began = time.monotonic()
        for feed in (slow, good):
            actions.fetch_feed(feed)
        assert time.monotonic() - began < 3
    assert Feed.objects.get(pk=slow.pk).trouble
    assert not Feed.objects.get(pk=good.pk).trouble
    assert watch.events.get().title == "Police clear eviction at Mill Street"
