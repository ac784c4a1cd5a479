"""An announcement goes to the address that holds now: corrected, removed or shared while its message waits or is sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.core.contact_points import ContactMethod, ContactPoint, parse_contact_point
from massline.desk.act.announcements import notice_delivery
from massline.desk.act.announcements.models import Notice
from massline.desk.act.announcements.notice_texts import compose_notice
from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import DeliveryState
from massline.desk.contacts.contact_correction import correct_contact, remove_contact_point
from massline.desk.guard.keys.courier_keys import read_private_key
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Organisation
from massline.square.envelopes.news_unsubscribe import StopLink
from massline.square.envelopes.sealing import envelope_binding, open_contents
from tests.conftest import DoorClient, unlocked
from tests.desk.act.mail_server import Post
from tests.desk.act.news_wishes import ask, collect, send, worker_tells
from tests.desk.act.sign_up_crowd import AMIRA, ROSA
from tests.desk.act.test_senders import let_few_connect

pytestmark = pytest.mark.usefixtures("couriers", "told_by_day")


def opened(notice: Notice) -> dict[str, str]:
    private = read_private_key(notice.announcement.uuid)
    assert private is not None
    binding = envelope_binding(notice.announcement.uuid, notice.uuid)
    return open_contents(bytes(notice.sealed or b""), private, bound_to=binding)


def test_a_telegram_account_is_sealed_in_the_form_that_is_written_to(
    told: Event,
    riverside: Organisation,
    amal: Account,
    vault: Vault,
    settings: Any,
) -> None:
    settings.TELEGRAM_TOKEN = "4711:token"
    assert ask(DoorClient("square"), "Sami", "telegram:4711").status_code == 302
    collect(riverside, vault)
    send(unlocked(amal, riverside), told)
    notice = Notice.objects.get(method=ContactMethod.TELEGRAM)
    assert parse_contact_point(opened(notice)["contact"]) == ContactPoint(ContactMethod.TELEGRAM, "4711")


def test_a_corrected_address_is_written_to_and_the_old_one_is_gone_from_what_waits(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    vault: Vault,
) -> None:
    """The old address lay sealed in the notices that waited, and they went there."""
    send(unlocked(amal, riverside), told)
    notice = Notice.objects.get(contact__language="es")
    assert opened(notice)["contact"] == ROSA
    correct_contact(
        contact=notice.contact,
        vault=vault,
        name="Rosa",
        point="new@post.example",
        language="es",
        agrees=True,
        by=amal,
    )
    notice.refresh_from_db()
    assert opened(notice)["contact"] == "new@post.example"
    worker_tells()
    assert not post.to(ROSA)
    assert len(post.to("new@post.example")) == 1
    assert StopLink.objects.filter(token_hash=notice.token_hash, stopped=False).exists()


@pytest.mark.parametrize("moment", ["before the claim", "while it is sent", "while it is refused"])
def test_an_address_that_changes_during_a_run_is_the_one_written_to(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    vault: Vault,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
) -> None:
    """A notice that was already read, or on its way, went to the old address, or back to wait for it."""
    send(unlocked(amal, riverside), told)
    rosa = Notice.objects.get(contact__language="es")
    wants = notice_delivery._Run._still_wants

    def correct(notice: Notice) -> None:
        if notice.pk == rosa.pk and not StopLink.objects.exclude(token_hash__in=hashes).exists():
            correct_contact(
                contact=notice.contact,
                vault=vault,
                name="Rosa",
                point="new@post.example",
                language="es",
                agrees=True,
                by=amal,
            )

    def before_claim(run: Any, notice: Notice) -> bool:
        correct(notice)
        return wants(run, notice)

    def while_sent(announcement: Any, event: Any, notice: Notice, *rest: Any) -> Any:
        correct(notice)
        return compose_notice(announcement, event, notice, *rest)

    hashes = list(StopLink.objects.values_list("token_hash", flat=True))
    if moment == "before the claim":
        monkeypatch.setattr(notice_delivery._Run, "_still_wants", before_claim)
    else:
        monkeypatch.setattr(notice_delivery, "compose_notice", while_sent)
    if moment == "while it is refused":
        post.refused.add(ROSA)
    if moment == "while it is sent":
        post.fails_after = 0
    worker_tells()
    post.fails_after = None
    Notice.objects.filter(state=DeliveryState.WAITING).update(at=timezone.now() - timedelta(minutes=2))
    worker_tells()
    assert not post.to(ROSA)
    assert len(post.to("new@post.example")) == 1
    rosa.refresh_from_db()
    assert (rosa.state, rosa.sealed) == (DeliveryState.SENT, None)


def test_an_address_removed_while_a_message_to_it_fails_waits_no_more(
    told: Event,
    riverside: Organisation,
    amal: Account,
    vault: Vault,
) -> None:
    send(unlocked(amal, riverside), told)
    notice = Notice.objects.get(contact__language="es")
    assert notice.claim()
    remove_contact_point(contact=notice.contact, vault=vault, by=amal)
    notice.record_result(DeliveryState.WAITING)
    notice.refresh_from_db()
    assert (notice.sealed, notice.state) == (None, DeliveryState.LET_GO)


def test_a_mail_server_that_allows_one_connection_gets_every_notice_in_one_run(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    vault: Vault,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(4):
        assert ask(DoorClient("square"), f"Noor {number}", f"n{number}@post.example").status_code == 302
    collect(riverside, vault)
    let_few_connect(monkeypatch, most=1)
    send(unlocked(amal, riverside), told)
    worker_tells()
    assert len(post.letters) == 6
    assert set(Notice.objects.values_list("state", "tries")) == {(DeliveryState.SENT, 1)}


def test_where_no_message_reaches_the_new_one_the_old_address_goes_all_the_same(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    vault: Vault,
) -> None:
    send(unlocked(amal, riverside), told)
    notice = Notice.objects.get(contact__language="es")
    remove_contact_point(contact=notice.contact, vault=vault, by=amal)
    notice.refresh_from_db()
    assert (notice.sealed, notice.state) == (None, DeliveryState.LET_GO)
    worker_tells()
    assert not post.to(ROSA)


def test_whoever_shared_the_old_address_is_still_told_there(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    vault: Vault,
) -> None:
    assert ask(DoorClient("square"), "Basma", AMIRA).status_code == 302
    collect(riverside, vault)
    send(unlocked(amal, riverside), told)
    carrying = Notice.objects.exclude(sealed=None).exclude(contact__language="es").get()
    correct_contact(
        contact=carrying.contact,
        vault=vault,
        name="Amira",
        point="a@post.example",
        language="",
        agrees=True,
        by=amal,
    )
    worker_tells()
    assert len(post.to(AMIRA)) == 1
    assert len(post.to("a@post.example")) == 1
