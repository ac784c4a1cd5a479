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
    walker.press("Log out", within="footer")


@pytest.mark.browser
def test_a_passkey_and_an_app_from_the_invitation_on(empty_house: House, browser: Browser) -> None:
    amal = Walker(browser, empty_house.desk, width=360)
    device = Device(amal)
    amal.come_in(empty_house.way_in, "amal")
    amal.go("/account/")
    amal.fill(name="my phone")
    amal.press("Add a passkey")
    amal.reads("Passkey added.")
    amal.press("Show me ten new codes")
    paper = re.findall(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){5}", amal.text)
    assert len(paper) == 10
    amal.press("I have them on paper")
    amal.reads("my phone")
    [copied] = device.keys()
    assert copied["rpId"] == "localhost"

    log_out(amal)
    amal.press("Log in with a passkey")
    amal.reads("Logged in as amal.")
    log_out(amal)

    # Nobody's finger: the device refuses, the page says that nothing is lost, and the passphrase still works.
    device.knows_its_holder(False)
    amal.page.get_by_role("button", name="Log in with a passkey").click()
    amal.page.get_by_text("the passkey was not used.").wait_for()
    device.knows_its_holder(True)

    amal.fill(name="amal", passphrase=PASSPHRASE)
    amal.press("Log in", exact=True)
    amal.reads("One more step.")
    amal.press("Use my passkey")
    amal.reads("Logged in as amal.")

    secret = add_an_app(amal)
    log_out(amal)
    without_scripts(browser, empty_house, secret, paper)

    # An older copy of the key signs well, but its counter says that it is a copy.
    device.put_back(copied)
    amal.go("/login/")
    amal.press("Log in with a passkey")
    amal.reads("this passkey is not known here.")


def add_an_app(walker: Walker) -> bytes:
    walker.go("/account/app/")
    walker.unfold("Type it instead")
    secret = base64.b32decode("".join(walker.page.locator(".secret").inner_text().split()))
    walker.fill(code=shown(secret))
    walker.press("Add the app")
    walker.reads("The app is now your second step at login.")
    return secret


def shown(secret: bytes, later: int = 0) -> str:
    return TOTP(secret, 6, SHA1(), 30).generate(int(time.time()) + later).decode()


def without_scripts(browser: Browser, house: House, secret: bytes, paper: list[str]) -> None:
    """The same account in a browser with scripts off: first the app's next code, then one from the paper."""
    for code in (shown(secret, later=30), paper[0]):
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{house.desk}/login/")
        assert not page.get_by_role("button", name="Log in with a passkey").is_visible()
        page.locator("[name=name]").fill("amal")
        page.locator("[name=passphrase]").fill(PASSPHRASE)
        page.get_by_role("button", name="Log in", exact=True).click()
        page.locator("[name=code]").fill(code)
        page.get_by_role("button", name="Log in", exact=True).click()
        assert "Logged in as amal." in page.locator("body").inner_text()
        context.close()
