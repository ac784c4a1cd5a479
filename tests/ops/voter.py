"""Somebody who votes on one statement after the other until the door is gone, and counts what was thanked for."""

import re
import threading
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, build_opener


class Stay(HTTPRedirectHandler):
    """The redirect is the thanks; where it leads is asked for by itself."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Voter:
    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = CookieJar()
        self.acknowledged = 0

    def browser(self) -> OpenerDirector:
        return build_opener(HTTPCookieProcessor(self.jar), Stay())

    def token(self) -> str:
        return next(str(cookie.value) for cookie in self.jar if "csrf" not in cookie.name)

    def vote_until_the_door_is_gone(self, voted: threading.Semaphore) -> None:
        browser = self.browser()
        try:
            while fields := self.form(browser):
                try:
                    browser.open(self.address + "vote/", urlencode(fields).encode(), timeout=30)
                except HTTPError as answer:
                    if answer.code != 302:
                        raise
                    self.acknowledged += 1
                    voted.release()
        except (URLError, HTTPException, OSError):
            return

    def form(self, browser: OpenerDirector) -> dict[str, str]:
        """The hidden fields of the page, and an answer; empty where everything is answered."""
        page = browser.open(self.address, timeout=30).read().decode()
        part = re.search(r'<form[^>]*action="[^"]*/vote/".*?</form>', page, re.DOTALL)
        hidden = re.findall(r'name="(\w+)" value="([^"]*)"', part[0]) if part else []
        named = dict(hidden)
        return {**named, "vote": "1"} if "ballot" in named else {}
