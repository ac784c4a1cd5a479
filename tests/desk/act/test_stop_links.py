"""One press on the link in a message ends that kind of news, for everybody whom the message was for."""

import re
from datetime import timedelta

import pytest

from massline.core.expiry import expired_rows
from massline.desk.act.announcements.actions import end_unsubscribed_news
from massline.desk.act.announcements.models import Announcement, Notice
from massline.desk.act.events.models import Event
from massline.desk.act.subscriptions.models import Subscription
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Organisation
from massline.square.envelopes.news_unsubscribe import StopLink
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.act.mail_server import Post
from tests.desk.act.news_wishes import ask, collect, send, worker_tells
from tests.desk.act.sign_up_crowd import AMIRA
from tests.parts import shows

pytestmark = pytest.mark.usefixtures("couriers", "told_by_day")


def test_one_press_in_the_message_ends_this_kind_of_news_and_is_counted(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    nobody: DoorClient,
) -> None:
    send(unlocked(amal, riverside), told)
    worker_tells()
    (amira,) = post.to(AMIRA)
    link = str(amira["List-Unsubscribe"]).strip(" <>")
    path = re.sub(r"^https?://[^/]+", "", link)
    assert not shows(nobody.get(path), "news-stopped")
    assert nobody.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 302
    assert shows(nobody.get(path), "news-stopped")
    worker_tells()
    assert Subscription.objects.filter(calls=True).count() == 2
    made = Announcement.objects.get()
    assert shows(at_desk(amal).get(f"/riverside/act/tell/{made.pk}/"), "notices-stopped", 1)
    assert StopLink.objects.get(stopped=True).seen
    assert nobody.get("/riverside/tell-me/stop/aaaaaaaaaaaaaaaaaaaaaaaaaa/").status_code == 404


def press(nobody: DoorClient, post: Post, address: str) -> None:
    """Press the link of the one message to an address."""
    (letter,) = post.to(address)
    link = re.sub(r"^https?://[^/]+", "", str(letter["List-Unsubscribe"]).strip(" <>"))
    assert nobody.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 302


def test_one_press_ends_the_news_of_all_who_share_the_message(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    nobody: DoorClient,
    vault: Vault,
) -> None:
    assert ask(DoorClient("square"), "Basma", AMIRA).status_code == 302
    collect(riverside, vault)
    send(unlocked(amal, riverside), told)
    worker_tells()
    assert Subscription.objects.filter(calls=True).count() == 4
    press(nobody, post, AMIRA)
    worker_tells()
    assert Subscription.objects.filter(calls=True).count() == 2
    assert Notice.objects.filter(stopped=True).count() == 2


def test_a_link_works_until_its_last_day_and_is_not_called_ended_where_nobody_was_found(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    nobody: DoorClient,
) -> None:
    send(unlocked(amal, riverside), told)
    worker_tells()
    link = StopLink.objects.first()
    assert link is not None
    for days, is_kept in ((0, True), (1, False)):
        day = link.expires_on + timedelta(days=days)
        assert expired_rows(StopLink, StopLink.lives, on=day).exists() is not is_kept
        assert expired_rows(Announcement, Announcement.lives, on=day).exists() is not is_kept
    press(nobody, post, AMIRA)
    kept = list(Notice.objects.all())
    Notice.objects.all().delete()
    assert end_unsubscribed_news() == 0
    assert not StopLink.objects.get(stopped=True).seen
    Notice.objects.bulk_create(kept)
    assert end_unsubscribed_news() == 1
    assert StopLink.objects.get(stopped=True).seen
    assert Subscription.objects.filter(calls=True).count() == 2
