"""The script that asks a browser where it can be told."""

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from massline.desk.act.push.server_identity import encode
from tests.browser import find_chromium

PAGE = """
<form data-push data-worker="w.js" data-scope="/" data-key="{key}">
  <input name="endpoint"><input name="key"><input name="secret">
  <button>Tell me</button><p data-push-trouble hidden>No</p>
</form>
"""
# A browser as the Push API says (section 5): one key for a subscription, and another only after that one has ended.
BROWSER = """([old]) => {
  window.held = old && { options: { applicationServerKey: Uint8Array.from(old).buffer } };
  if (window.held) window.held.unsubscribe = async () => { window.held = null; };
  const pushManager = {
    getSubscription: async () => window.held,
    subscribe: async ({ applicationServerKey }) => {
      const before = window.held && String(new Uint8Array(window.held.options.applicationServerKey));
      if (before && before !== String(applicationServerKey)) throw new DOMException("", "InvalidStateError");
      return { toJSON: () => ({ endpoint: "https://push.example/x", keys: { p256dh: "k", auth: "s" } }) };
    },
  };
  const serviceWorker = { register: async () => {}, ready: Promise.resolve({ pushManager }) };
  Object.defineProperty(navigator, "serviceWorker", { value: serviceWorker, configurable: true });
  window.PushManager = window.PushManager || class {};
  window.Notification = { requestPermission: async () => "granted" };
  HTMLFormElement.prototype.submit = () => { window.sent = true; };
}"""


@pytest.mark.parametrize("held", [None, b"new key", b"old key"])
def test_a_browser_that_knows_an_earlier_key_of_the_server_is_told_by_the_new_one(held: bytes | None) -> None:
    script = files("massline.web").joinpath("static/massline/push.js").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        page: Any = browser.new_page()
        page.set_content(PAGE.format(key=encode(b"new key")))
        page.evaluate(BROWSER, [list(held) if held else None])
        page.add_script_tag(content=script)
        page.click("button")
        page.wait_for_function("window.sent || !document.querySelector('[data-push-trouble]').hidden")
        assert page.input_value("[name=endpoint]") == "https://push.example/x"
        browser.close()
