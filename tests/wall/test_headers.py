"""What every answer tells the browser to forbid, at both doors; and the cookies that go with it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import override_settings

from massline.desk.people.models import Account, Organisation
from tests.conftest import PASSPHRASE, DoorClient, at_desk
from tests.ops.house import environment
from tests.wall.addresses import routes_of

ALWAYS = ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "default-src 'none'")


@pytest.fixture
def pages(riverside: Organisation, amal: Account) -> dict[str, Any]:
    square, stranger, desk = DoorClient("square"), DoorClient("desk"), at_desk(amal)
    return {
        "front": square.get("/riverside/"),
        "missing": square.get("/nowhere/"),
        "heads": square.get("/.well-known/massline-audit"),
        "login": stranger.get("/login/"),
        "today": desk.get("/riverside/"),
        "guard": desk.get("/riverside/guard/"),
    }


def test_every_page_forbids_what_it_does_not_need(pages: dict[str, Any]) -> None:
    for name, page in pages.items():
        policy = page.headers["Content-Security-Policy"]
        for directive in ALWAYS:
            assert directive in policy, name
        assert "unsafe" not in policy, name
        assert page.headers["X-Content-Type-Options"] == "nosniff", name
        assert page.headers["Referrer-Policy"] == "same-origin", name
        assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert page.headers["X-Frame-Options"] == "DENY", name
        assert "Access-Control-Allow-Origin" not in page.headers, name
        assert "charset=utf-8" in page.headers["Content-Type"], name


def test_no_page_of_the_desk_is_kept_by_a_browser(pages: dict[str, Any]) -> None:
    for name in ("login", "today", "guard"):
        assert "no-store" in pages[name].headers["Cache-Control"], name


def test_logging_out_empties_the_browser(riverside: Organisation, amal: Account) -> None:
    door = at_desk(amal)
    assert '"storage"' in door.post("/logout/").headers["Clear-Site-Data"]
    assert door.get("/riverside/").status_code == 302


def test_a_form_from_another_site_is_refused_at_both_doors(riverside: Organisation, amal: Account) -> None:
    desk = DoorClient("desk", enforce_csrf_checks=True)
    assert desk.post("/login/", {"name": "amal", "passphrase": PASSPHRASE}).status_code == 403
    square = DoorClient("square", enforce_csrf_checks=True)
    assert square.post("/manage/nobody-was-ever-given-this/cancel/").status_code == 403


def test_no_page_behind_the_login_takes_forms_without_looking_where_they_come_from() -> None:
    """What is sent before a login waits there, and whoever logs in sends it as if they had typed it."""
    views = {name: pattern.callback for name, pattern in routes_of("desk").items()}
    exempt = {name for name, view in views.items() if getattr(view, "csrf_exempt", False)}
    assert exempt, "programs with a key of the API come from elsewhere"
    assert not {name for name in exempt if getattr(views[name], "login_required", True)}
    assert {name.partition(":")[0] for name in exempt} == {"api"}


def test_nobody_is_sent_to_another_site_after_logging_in(riverside: Organisation, amal: Account) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        form = {"name": "amal", "passphrase": PASSPHRASE, "next": elsewhere}
        answer = DoorClient("desk").post("/login/", form)
        assert "evil" not in answer.headers.get("Location", "")
        assert "javascript" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("method", ["TRACE", "CONNECT"])
def test_a_request_is_never_read_back(method: str) -> None:
    answer = DoorClient("square").generic(method, "/", HTTP_X_SECRET="zxq")
    assert b"zxq" not in answer.content


def test_with_a_certificate_browsers_come_back_encrypted_for_a_year(riverside: Organisation) -> None:
    with override_settings(SECURE_HSTS_SECONDS=31_536_000):
        answer = DoorClient("square").get("/riverside/", secure=True)
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_the_cookies_of_the_desk_are_closed_to_scripts_and_other_sites() -> None:
    assert django_settings.SESSION_COOKIE_HTTPONLY
    assert django_settings.CSRF_COOKIE_HTTPONLY
    assert django_settings.SESSION_COOKIE_SAMESITE == "Strict"
    assert django_settings.SESSION_COOKIE_AGE <= 12 * 60 * 60


@pytest.mark.parametrize("door", ["square", "desk"])
def test_with_a_certificate_every_cookie_is_bound_to_its_host(door: str, tmp_path: Path) -> None:
    """Asked of a process of its own, for the names are chosen when the settings are read."""
    asked = """
import django; django.setup()
from django.conf import settings
from massline.square.conversations.voting.voter_cookie import voter_cookie_name as voice
from massline.web.message_cookie import SignedMessageStorage
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME,
      voice(), SignedMessageStorage.cookie_name,
      settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE)
"""
    env = environment(
        tmp_path, MASSLINE_HTTPS="1", MASSLINE_DOOR=door, DJANGO_SETTINGS_MODULE="massline.settings"
    )
    told = subprocess.run([sys.executable, "-c", asked], env=env, capture_output=True, text=True, check=True)
    *names, session, csrf, language = told.stdout.split()
    assert len(set(names)) == 5
    assert all(name.startswith("__Host-") for name in names), names
    assert (session, csrf, language) == ("True", "True", "True")


def test_an_error_tells_nothing_of_the_house(
    riverside: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("zxq secret zxq")

    monkeypatch.setattr("massline.square.home.views.whats_next_of", broken)
    door = DoorClient("square", raise_request_exception=False)
    answer = door.get("/riverside/")
    assert answer.status_code == 500
    assert b"zxq" not in answer.content
    assert b"Traceback" not in answer.content
