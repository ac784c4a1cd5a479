"""A call, and "I'm coming": sealed before it touches the disk, changed and cancelled without a login."""

from datetime import timedelta

import pytest
from django.utils import timezone

from massline.square import rate_limits
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.envelopes.models import Envelope
from massline.square.envelopes.sealing import open_contents
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import DoorClient
from tests.parts import field_errors, shows
from tests.square.calls.sign_up_pages import form_id_on, sign_up
from tests.square.conftest import words_of


def test_who_comes_is_sealed_before_it_is_kept_and_only_the_desk_can_read_it(
    nobody: DoorClient, private: bytes, walk: PublishedCall
) -> None:
    answer = sign_up(nobody, walk.get_absolute_url(), language="ar", help=["tea", "steward"])
    envelope = Envelope.objects.get()
    assert envelope.sealed is not None
    assert b"Yusra" not in bytes(envelope.sealed)
    given = open_contents(bytes(envelope.sealed), private)
    assert given == {"name": "Yusra", "contact": "@yusra", "language": "ar", "help": "tea,steward"}
    assert envelope.about == walk.event.uuid
    assert envelope.expires_on == timezone.localdate(walk.event.ends_at) + timedelta(days=14)
    thanks = words_of(nobody.get(answer.headers["Location"]))
    assert shows(thanks, "on-the-list")
    assert walk.event.get_calendar_url() in thanks
    assert "sms:?" in thanks
    assert f"/-{walk.code}" in thanks


def test_the_page_says_who_will_see_it_and_until_when(
    nobody: DoorClient, private: bytes, walk: PublishedCall
) -> None:
    page = words_of(nobody.get(walk.get_absolute_url()))
    assert "people at Riverside Tenants can open it" in page
    assert f"Deleted after {walk.event.kept_until.day} " in page


def test_what_is_missing_is_said_and_what_was_typed_stays(
    nobody: DoorClient, private: bytes, walk: PublishedCall
) -> None:
    answer = sign_up(nobody, walk.get_absolute_url(), contact="")
    assert answer.status_code == 200
    assert field_errors(answer, "contact") == ["required"]
    assert 'value="Yusra"' in words_of(answer)
    assert not Envelope.objects.exists()


def test_the_same_form_sent_again_changes_nothing_and_every_answer_is_the_same(
    nobody: DoorClient, private: bytes, walk: PublishedCall
) -> None:
    form = {
        "form_id": form_id_on(nobody.get(walk.get_absolute_url())),
        "name": "Yusra",
        "contact": "yusra@post.example",
    }
    answers = {nobody.post(walk.get_absolute_url(), form).headers["Location"] for _ in range(5)}
    assert len(answers) == 1
    thanks = answers.pop()
    assert nobody.get(thanks).status_code == 200
    assert nobody.get(thanks.replace("thanks/", "")).status_code == 200
    assert Envelope.objects.count() == 1


def test_another_person_on_a_shared_tablet_replaces_nobody(
    nobody: DoorClient, private: bytes, walk: PublishedCall
) -> None:
    form = {
        "form_id": form_id_on(nobody.get(walk.get_absolute_url())),
        "name": "Yusra",
        "contact": "yusra@post.example",
    }
    first = nobody.post(walk.get_absolute_url(), form).headers["Location"]
    second = nobody.post(
        walk.get_absolute_url(), form | {"name": "Ben", "contact": "ben@post.example"}
    ).headers["Location"]
    assert first != second
    names = {
        open_contents(bytes(envelope.sealed or b""), private)["name"] for envelope in Envelope.objects.all()
    }
    assert names == {"Yusra", "Ben"}
    assert nobody.get(first).status_code == nobody.get(second).status_code == 200


def test_the_same_form_sent_after_cancelling_counts_again(
    nobody: DoorClient, private: bytes, walk: PublishedCall
) -> None:
    form = {
        "form_id": form_id_on(nobody.get(walk.get_absolute_url())),
        "name": "Yusra",
        "contact": "yusra@post.example",
    }
    thanks = nobody.post(walk.get_absolute_url(), form).headers["Location"]
    nobody.post(thanks.replace("thanks/", "cancel/"))
    assert Envelope.objects.get().is_cancelled
    assert nobody.post(walk.get_absolute_url(), form).headers["Location"] == thanks
    envelope = Envelope.objects.get()
    assert not envelope.is_cancelled
    assert open_contents(bytes(envelope.sealed or b""), private)["name"] == "Yusra"


@pytest.mark.parametrize(
    "given", [{"form_id": "forged"}, {"website": "spam.example"}], ids=["a forged form", "a filled trap"]
)
def test_machines_are_refused_and_told(
    nobody: DoorClient, private: bytes, walk: PublishedCall, given: dict[str, str]
) -> None:
    answer = sign_up(nobody, walk.get_absolute_url(), **given)
    assert answer.status_code == 200
    assert 'class="error"' in words_of(answer)
    assert not Envelope.objects.exists()


def test_a_form_of_another_event_is_stale_here(
    nobody: DoorClient, private: bytes, walk: PublishedCall, meeting: PublicEvent
) -> None:
    other = form_id_on(nobody.get(meeting.get_absolute_url()))
    answer = sign_up(nobody, walk.get_absolute_url(), form_id=other)
    assert shows(words_of(answer), "stale")
    again = {"form_id": form_id_on(answer), "name": "Yusra", "contact": "yusra@post.example"}
    assert nobody.post(walk.get_absolute_url(), again).status_code == 302


def test_too_many_from_one_address_wait_and_the_address_is_kept_nowhere(
    private: bytes, walk: PublishedCall, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A street's worth takes a slow machine so long that the first places are free again.
    monkeypatch.setattr(rate_limits, "sign_ups", rate_limits.Limit("sign-ups here", 12))
    door = DoorClient("square", REMOTE_ADDR="203.0.113.77")
    for _ in range(rate_limits.sign_ups.most):
        assert sign_up(door, walk.get_absolute_url()).status_code == 302
    answer = sign_up(door, walk.get_absolute_url())
    assert answer.status_code == 429
    assert 'value="Yusra"' in words_of(answer)
    assert sign_up(DoorClient("square"), walk.get_absolute_url()).status_code == 302
    assert "203.0.113.77" not in repr(vars(rate_limits.sign_ups))
    assert "203.0.113.77" not in caplog.text


def test_an_organisation_without_a_key_takes_no_names(nobody: DoorClient, walk: PublishedCall) -> None:
    PublicOrganisation.objects.update(seal_key=None)
    page = words_of(nobody.get(walk.get_absolute_url()))
    assert shows(page, "just-come")
    assert "<form" not in page


def test_changing_and_cancelling_need_only_the_link(
    nobody: DoorClient, private: bytes, walk: PublishedCall
) -> None:
    manage = sign_up(nobody, walk.get_absolute_url()).headers["Location"].removesuffix("thanks/")
    page = nobody.get(manage)
    assert shows(words_of(page), "unreadable-here")
    assert "Yusra" not in words_of(page)
    given = {"form_id": form_id_on(page), "name": "Yusra B.", "contact": "+49 170 1234567"}
    assert nobody.post(manage, given).status_code == 302
    envelope = Envelope.objects.get()
    assert open_contents(bytes(envelope.sealed or b""), private)["name"] == "Yusra B."
    assert nobody.get(f"{manage}cancel/").status_code == 405
    nobody.post(f"{manage}cancel/")
    envelope.refresh_from_db()
    assert envelope.is_cancelled
    assert envelope.sealed is None
    assert shows(words_of(nobody.get(manage)), "off-the-list")
    nobody.post(manage, given)
    assert not Envelope.objects.get().is_cancelled


def test_a_wrong_link_is_a_plain_page_for_everybody(
    nobody: DoorClient, private: bytes, walk: PublishedCall
) -> None:
    wrong = "a" * 26
    for address in (f"/manage/{wrong}/", f"/manage/{wrong}/thanks/"):
        answer = nobody.get(address)
        assert answer.status_code == 404
        assert shows(words_of(answer), "not-found")
    assert nobody.post(f"/manage/{wrong}/cancel/").status_code == 404


def test_pages_with_a_secret_are_kept_in_no_cache(
    nobody: DoorClient, private: bytes, walk: PublishedCall
) -> None:
    thanks = sign_up(nobody, walk.get_absolute_url()).headers["Location"]
    for address in (thanks, thanks.removesuffix("thanks/")):
        answer = nobody.get(address)
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_how_many_come_is_shown_from_five_on(nobody: DoorClient, private: bytes, walk: PublishedCall) -> None:
    for _ in range(4):
        sign_up(nobody, walk.get_absolute_url())
    assert not shows(words_of(nobody.get(walk.get_absolute_url())), "coming-count")
    sign_up(nobody, walk.get_absolute_url())
    assert "5 are coming" in words_of(nobody.get(walk.get_absolute_url()))
