"""Organisers are told on their own devices, without content, once a day, and never after they said stop."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.utils import timezone

from massline.desk.act.messages.models import DeliveryState
from massline.desk.act.push.actions import tell_devices
from massline.desk.act.push.message_encryption import encrypt_message
from massline.desk.act.push.models import PushDevice, PushKind, PushNotice
from massline.desk.call.models import Call
from massline.desk.call.urgent_calls.models import UrgentRequest
from massline.desk.guard.accounts.credential_actions import end_sessions
from massline.desk.guard.keys.key_rotation import remove_member
from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.sumup.estimates.pulse import take_pulse_snapshot
from massline.jobs.models import Job
from massline.jobs.worker import do_all
from tests.conftest import at_desk
from tests.desk.act.push_service import Browser, PushService, push_service, to_bytes
from tests.desk.call.test_urgent_calls import ask, call, decision  # noqa: F401
from tests.desk.home.test_alarms import CountedDays
from tests.desk.sumup.test_estimates import END
from tests.parts import parts, shows

PAGE = "/riverside/told/"
NOON = datetime(2030, 5, 6, 10, tzinfo=UTC)


@pytest.fixture
def service(settings: Any, tmp_path: Path) -> Iterator[PushService]:
    settings.WATCH_OWN_NETWORK, settings.DATA = True, tmp_path
    with push_service() as running:
        yield running


@pytest.fixture
def phone(service: PushService, bea: Account, riverside: Organisation) -> Browser:
    """Bea's phone, which asked to be told of both kinds."""
    return subscribed(bea, service, "/bea")


def subscribed(account: Account, service: PushService, path: str, *kinds: str) -> Browser:
    browser = Browser(service, path)
    page = at_desk(account).post(PAGE, browser.form(*(kinds or PushKind.values)), follow=True)
    assert shows(page, "device-added")
    return browser


def rings(organisation: Organisation, kind: PushKind = PushKind.ALARM, *, at: datetime = NOON) -> None:
    with time_machine.travel(at, tick=False):
        tell_devices(organisation, kind)
        do_all("desk")


def states() -> list[str]:
    return list(PushNotice.objects.order_by("pk").values_list("state", flat=True))


def test_a_message_is_encrypted_as_the_standard_shows() -> None:
    """RFC 8291, appendix A."""
    sender = ec.derive_private_key(
        int.from_bytes(to_bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), ec.SECP256R1()
    )
    body = encrypt_message(
        b"When I grow up, I want to be a watermelon",
        browser_key=to_bytes(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        browser_secret=to_bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        sender=sender,
        salt=to_bytes("DGv6ra1nlYgDCS1FRnbzlw"),
        padded=0,
    )
    assert body == to_bytes(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w"
        "EqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_an_alarm_tells_a_device_once_and_without_content(
    phone: Browser, service: PushService, riverside: Organisation, bea: Account
) -> None:
    with time_machine.travel(NOON, tick=False):
        for burst in ([], [12, 15, 18], [12, 15, 19]):
            take_pulse_snapshot(riverside, [CountedDays("Evictions", [1] * 90 + burst)], until=END)
        do_all("desk")
    (handed,) = service.handed
    said = json.loads(phone.read(handed.body))
    assert said == {"text": said["text"], "kind": "alarm"}
    assert said["text"]
    assert not any(word in said["text"] for word in ("Evictions", riverside.name, riverside.slug))
    assert handed.headers["content-encoding"] == "aes128gcm"
    assert handed.headers["ttl"].isdecimal()
    assert states() == [DeliveryState.SENT]
    assert shows(at_desk(bea).get(PAGE), "notice-counts", 1)


def test_the_service_learns_who_we_are_and_not_what_or_how_much_we_say(
    phone: Browser, service: PushService, riverside: Organisation, bea: Account
) -> None:
    rings(riverside)
    bea.language = "ar"
    bea.save()
    subscribed(bea, service, "/bea-ar")
    rings(riverside, PushKind.URGENT, at=NOON + timedelta(days=1))
    assert len({len(handed.body) for handed in service.handed}) == 1
    scheme, _, rest = service.handed[0].headers["authorization"].partition(" ")
    given = dict(pair.strip().split("=", 1) for pair in rest.split(","))
    assert scheme == "vapid"
    signed, _, signature = given["t"].rpartition(".")
    claims = json.loads(to_bytes(signed.split(".")[1]))
    assert claims["aud"] == service.url
    assert 0 < claims["exp"] - NOON.timestamp() <= 24 * 60 * 60
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), to_bytes(given["k"]))
    raw = to_bytes(signature)
    pair = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key.verify(pair, signed.encode(), ec.ECDSA(SHA256()))


def test_one_notice_a_day_and_none_at_night(
    phone: Browser, service: PushService, riverside: Organisation
) -> None:
    rings(riverside)
    rings(riverside, PushKind.URGENT, at=NOON + timedelta(hours=2))
    assert states() == [DeliveryState.SENT, DeliveryState.LET_GO]
    night = datetime(2030, 5, 7, 22, 30, tzinfo=riverside.zone)
    rings(riverside, at=night)
    assert len(service.handed) == 1
    waits = Job.objects.using("desk").get(name="act.push")
    assert waits.run_at.astimezone(riverside.zone).hour == 8
    with time_machine.travel(waits.run_at, tick=False):
        do_all("desk")
    assert len(service.handed) == 2


def test_a_call_about_tonight_rings_those_who_may_be_second_even_at_night(
    phone: Browser,
    service: PushService,
    call: Call,  # noqa: F811
    riverside: Organisation,
    amal: Account,
    bea: Account,
) -> None:
    other = subscribed(amal, service, "/amal")
    subscribed(amal, service, "/amal-alarms-only", "alarm")
    with time_machine.travel(timezone.localtime(timezone=riverside.zone).replace(hour=22), tick=False):
        at_desk(bea).post(f"/riverside/call/{call.pk}/urgent/", {"why": "Now", "tonight": "on"})
        do_all("desk")
    (handed,) = service.handed
    assert handed.path == "/amal", "who asked is not told, and who asked for alarms alone is not either"
    assert call.slogan not in other.read(handed.body)


def test_in_the_morning_nobody_hears_of_a_call_that_found_its_second_person_at_night(
    service: PushService,
    call: Call,  # noqa: F811
    riverside: Organisation,
    amal: Account,
    bea: Account,
) -> None:
    subscribed(amal, service, "/amal")
    with time_machine.travel(timezone.localtime(timezone=riverside.zone).replace(hour=22), tick=False):
        at_desk(bea).post(f"/riverside/call/{call.pk}/urgent/", {"why": "Now"})
        do_all("desk")
        waits = Job.objects.using("desk").get(name="act.push")
        UrgentRequest.objects.update(seconded_by=amal, seconded_at=timezone.now())
    with time_machine.travel(waits.run_at, tick=False):
        do_all("desk")
    assert not service.handed
    assert states() == [DeliveryState.LET_GO]


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten_and_still_counted(
    status: int, phone: Browser, service: PushService, riverside: Organisation, bea: Account
) -> None:
    service.status["/bea"] = status
    rings(riverside)
    assert not PushDevice.objects.exists()
    assert states() == [DeliveryState.NO_WAY]
    assert shows(at_desk(bea).get(PAGE), "notice-counts", 1)


def test_a_busy_service_is_asked_again_and_a_refusal_is_counted(
    phone: Browser, service: PushService, riverside: Organisation
) -> None:
    service.status["/bea"] = 503
    rings(riverside)
    assert states() == [DeliveryState.WAITING]
    service.status["/bea"] = 201
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        do_all("desk")
    assert states() == [DeliveryState.SENT]
    service.status["/bea"] = 400
    rings(riverside, at=NOON + timedelta(days=1))
    assert states() == [DeliveryState.SENT, DeliveryState.REFUSED]
    assert PushDevice.objects.exists()


def test_whoever_says_stop_or_leaves_is_not_told(
    phone: Browser, service: PushService, riverside: Organisation, amal: Account, bea: Account, chen: Account
) -> None:
    subscribed(amal, service, "/amal")
    bea_device = PushDevice.objects.get(account=bea)
    assert at_desk(amal).post(f"{PAGE}{bea_device.pk}/end/").status_code == 404, "it is not hers"
    assert at_desk(chen).get(PAGE).status_code == 404
    remove_member(Membership.objects.get(account=bea), by=amal, vault=None)
    assert list(PushDevice.objects.values_list("account", flat=True)) == [amal.pk]
    Membership.objects.filter(account=amal).update(role=1)
    rings(riverside)
    assert not service.handed
    Membership.objects.filter(account=amal).update(role=3)
    door = at_desk(amal)
    door.post(f"{PAGE}{PushDevice.objects.get().pk}/end/")
    assert not shows(door.get(PAGE), "told-devices")
    rings(riverside)
    assert not service.handed


def test_whoever_logs_out_everywhere_is_told_nowhere(
    phone: Browser, service: PushService, riverside: Organisation, amal: Account, bea: Account
) -> None:
    subscribed(amal, service, "/amal")
    end_sessions(account=bea, row="another")
    assert PushDevice.objects.count() == 2, "one session less is not all"
    end_sessions(account=bea)
    rings(riverside)
    assert [handed.path for handed in service.handed] == ["/amal"]


def test_asked_twice_a_browser_is_one_device_and_its_address_lies_sealed(
    phone: Browser, service: PushService, bea: Account
) -> None:
    at_desk(bea).post(PAGE, phone.form("alarm"))
    device = PushDevice.objects.get()
    assert device.kinds == ["alarm"]
    assert b"127.0.0.1" not in bytes(device.sealed)
    assert phone.path not in device.digest


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": ""},
        {"endpoint": "http://push.example/x"},
        {"endpoint": "https://user@push.example/x"},
        {"endpoint": "https://[broken"},
        {"endpoint": "https://push.example:port/x"},
        {"endpoint": "https://push.example/x y"},
        {"endpoint": "https://push.example/é"},
        {"key": "nonsense"},
        {"key": "é"},
        {"secret": "c2hvcnQ"},
        {"kinds": []},
    ],
)
def test_what_no_browser_gives_is_refused(
    wrong: dict[str, object], service: PushService, riverside: Organisation, bea: Account, settings: Any
) -> None:
    settings.WATCH_OWN_NETWORK = False
    given = Browser(service, "/bea").form("alarm") | {"endpoint": "https://push.example/x"} | wrong
    assert at_desk(bea).post(PAGE, given).status_code == 422
    assert not PushDevice.objects.exists()


def test_a_push_service_is_never_in_our_own_network(
    phone: Browser, service: PushService, riverside: Organisation, settings: Any
) -> None:
    settings.WATCH_OWN_NETWORK = False
    rings(riverside)
    assert not service.handed
    assert states() == [DeliveryState.REFUSED]


def test_the_page_says_what_to_do_without_a_script(bea: Account, riverside: Organisation) -> None:
    page = at_desk(bea).get(PAGE).content.decode()
    assert parts(page, "no-push-here")
    assert at_desk(bea).get(f"{PAGE}worker.js").headers["Content-Type"].startswith("text/javascript")
