"""More of the evening of seizure_story: people come in by cards, are written to, are heard, and the world is watched."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import DoorClient

REPORTER = "Grete Zwetschkenbaum-Ålund"
WROTE = "grete.zwetschkenbaum@paper.example"


def ready() -> None:
    """The worker has keys for its courier, so addresses for reminders are kept."""
    from massline.desk.guard.keys import courier_keys

    assert courier_keys.make_spare_keys() == courier_keys.SPARE


def come_by_card(talk: Any, dweller: "DoorClient") -> dict[str, str]:
    """A sheet is printed; one card is scanned and used, one is held against a false reader, the rest lie in a drawer."""
    from massline.desk.listen.access_codes import card_sheet
    from massline.square.conversations.access_codes import actions as access_code_actions
    from massline.square.conversations.access_codes.models import format_code
    from massline.square.conversations.results import snapshot
    from massline.square.conversations.trust_levels import Level
    from tests.square.conversations.test_voting import ballot_on

    made = access_code_actions.create_batch(conversation=talk, level=Level.CARD, name="Stairwell A", most=12)
    assert card_sheet.render_card_sheet(talk, made).startswith(b"%PDF")
    used, spoiled, unused = made.codes[:3]
    page = dweller.get(f"{talk.get_way_in_url()}{used}/")
    came = dweller.post(talk.get_way_in_url(), {"ballot": ballot_on(page), "code": format_code(used)})
    assert came.status_code == 302, came.content.decode()[-2000:]
    assert dweller.get(f"{talk.get_way_in_url()}{spoiled}/nowhere/").status_code == 404
    snapshot.take_snapshot(talk)
    codes = {"used card": used, "card in a wrong address": spoiled, "card in a drawer": unused}
    printed = {f"{what}, as printed": format_code(code) for what, code in codes.items()}
    return codes | printed | {"cookie of a card": dweller.cookies["voice"].value}


def be_written_to() -> dict[str, str]:
    """The worker sends what is due, by a mail server that says no to nobody."""
    from django.conf import settings
    from django.test import override_settings

    from massline.desk.act.messages.models import Delivery
    from tests.desk.act.mail_server import post_office, worker_looks

    with post_office() as post:
        sender = "Riverside <hello@riverside.example>"
        with override_settings(MAIL=f"smtp://127.0.0.1:{settings.EMAIL_PORT}", MAIL_FROM=sender):
            worker_looks()
        assert post.raw, "nobody was written to"
        assert Delivery.objects.exists()
    return {"a line that left by mail": str(post.letters[0]["Message-ID"])}


def be_heard() -> None:
    """A voice at a door, and what it says in another language."""
    from django.utils import timezone

    from massline.desk.listen.field_reports import actions as field_report_actions
    from massline.desk.listen.rounds import actions as round_actions
    from massline.desk.listen.voices import actions as voice_actions
    from massline.desk.people.models import Account, Organisation, Section

    amal, riverside = Account.objects.get(name="amal"), Organisation.objects.get()
    section = Section.objects.create(organisation=riverside, name="Block A", headcount=120)
    closes_on = timezone.localdate() + timedelta(days=7)
    round_ = round_actions.open_round(organisation=riverside, question="Cold?", closes_on=closes_on, by=amal)
    said = [field_report_actions.VoiceText("Hace frío en la cocina.", language="es")]
    report = field_report_actions.write_field_report(
        round_=round_, by=amal, section=section, channel="door", voices=said
    )
    voice_actions.add_translation(
        voice=report.voices.get(), language="en", text="It is cold in the kitchen.", by=amal
    )


def watch_the_world() -> dict[str, str]:
    """A newspaper is read, whose entries say who wrote them."""
    from django.test import override_settings

    from massline.desk.listen.watches import actions as watch_actions
    from massline.desk.listen.watches.models import Article
    from massline.desk.people.models import Account, Organisation
    from tests.desk.listen.feed_server import newspaper, rss

    amal = Account.objects.get(name="amal")
    watch = watch_actions.track_issue(
        organisation=Organisation.objects.get(), name="Evictions", words="eviction", by=amal
    )
    with newspaper() as paper, override_settings(WATCH_OWN_NETWORK=True):
        wrote = f"<author>{WROTE} ({REPORTER})</author></item>".encode()
        paper.body = rss("Police clear eviction at Mill Street").replace(b"</item>", wrote)
        watch_actions.fetch_feed(watch_actions.add_feed(watch=watch, url=paper.address, by=amal))
    assert Article.objects.exists()
    return {"who wrote an article": REPORTER, "how to reach them": WROTE}
