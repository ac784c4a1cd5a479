"""A passkey, made and used in a real Chromium with a virtual authenticator; and the same door with scripts off."""

import base64
import re
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import Browser, CDPSession

from tests.e2e.house import House
from tests.e2e.walker import Walker
from tests.e2e.words import PASSPHRASE
from tests.parts import shows


class Device:
    """The phone's own key store, as Chromium's DevTools stand in for it."""

    def __init__(self, walker: Walker) -> None:
        self.line: CDPSession = walker.context.new_cdp_session(walker.page)
        self.line.send("WebAuthn.enable")
        made = self.line.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        self.name = made["authenticatorId"]

    def keys(self) -> list[dict[str, Any]]:
        held = self.line.send("WebAuthn.getCredentials", {"authenticatorId": self.name})
        return list(held["credentials"])

    def knows_its_holder(self, does: bool) -> None:
        self.line.send("WebAuthn.setUserVerified", {"authenticatorId": self.name, "isUserVerified": does})

    def put_back(self, key: dict[str, Any]) -> None:
        """Put a copy of a key in its place, as somebody does who copied it earlier."""
        self.line.send(
            "WebAuthn.removeCredential", {"authenticatorId": self.name, "credentialId": key["credentialId"]}
        )
        self.line.send("WebAuthn.addCredential", {"authenticatorId": self.name, "credential": key})


def log_out(walker: Walker) -> None:
    walker.press_part("log-out", within="footer")


@pytest.mark.browser
def test_a_passkey_and_an_app_from_the_invitation_on(empty_house: House, browser: Browser) -> None:
    amal = Walker(browser, empty_house.desk, width=360)
    device = Device(amal)
    amal.come_in(empty_house.way_in, "amal")
    amal.go("/account/")
    amal.fill(name="my phone")
    amal.press_part("add-passkey")
    amal.shows("passkey-added")
    amal.press_part("new-codes")
    paper = re.findall(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", amal.text)
    assert len(paper) == 10
    amal.press_part("codes-on-paper")
    amal.reads("my phone")
    [copied] = device.keys()
    assert copied["rpId"] == "localhost"

    log_out(amal)
    amal.press_part("use-passkey")
    amal.shows("you-are", "amal")
    log_out(amal)

    # Nobody's finger: the device refuses, the page says that nothing is lost, and the passphrase still works.
    device.knows_its_holder(False)
    amal.page.locator("button[data-part~=use-passkey]:visible").click()
    amal.page.locator("[data-part~=passkey-unused]").wait_for()
    device.knows_its_holder(True)

    amal.fill(name="amal", passphrase=PASSPHRASE)
    amal.press_part("log-in")
    amal.shows("second-step")
    amal.press_part("use-passkey")
    amal.shows("you-are", "amal")

    secret = add_an_app(amal)
    log_out(amal)
    without_scripts(browser, empty_house, secret, paper)

    # An older copy of the key signs well, but its counter says that it is a copy.
    device.put_back(copied)
    amal.go("/login/")
    amal.press_part("use-passkey")
    amal.shows("unknown-passkey")


def add_an_app(walker: Walker) -> bytes:
    walker.go("/account/app/")
    walker.unfold_part("type-secret")
    secret = base64.b32decode("".join(walker.page.locator(".secret").inner_text().split()))
    walker.fill(code=shown(secret))
    walker.press_part("add-app")
    walker.shows("app-added")
    return secret


def shown(secret: bytes, later: int = 0) -> str:
    return TOTP(secret, 6, SHA1(), 30).generate(int(time.time()) + later).decode()


def without_scripts(browser: Browser, house: House, secret: bytes, paper: list[str]) -> None:
    """The same account in a browser with scripts off: first the app's next code, then one from the paper."""
    for code in (shown(secret, later=30), paper[0]):
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{house.desk}/login/")
        assert not page.locator("[data-part~=use-passkey]").is_visible()
        page.locator("[name=name]").fill("amal")
        page.locator("[name=passphrase]").fill(PASSPHRASE)
        page.locator("button[data-part~=log-in]:visible").click()
        page.locator("[name=code]").fill(code)
        page.locator("button[data-part~=log-in]:visible").click()
        assert shows(page.content(), "you-are", "amal")
        context.close()
