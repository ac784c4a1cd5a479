"""A page or calendar that very many read is made once a second, and nobody sees what was made for another."""

from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import Http404

from massline.square.calls import sign_up_page
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.web.microcache import OFTEN_A_SECOND, Microcache
from tests.conftest import DoorClient
from tests.square.calls.sign_up_pages import form_id_on


def test_a_page_that_very_many_read_is_made_once_a_second_and_each_has_a_form_of_their_own(
    private: bytes, walk: PublishedCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: Microcache[Any] = Microcache(shared_in_transactions=True, clock=lambda: 100.0)
    made: list[object] = []

    def make(*given: Any) -> Any:
        made.append(given)
        return make_blank(*given)

    make_blank = sign_up_page._make_blank
    monkeypatch.setattr(sign_up_page, "_blank", kept)
    monkeypatch.setattr(sign_up_page, "_make_blank", make)
    doors = [DoorClient("square") for _ in range(60)]
    pages = [door.get(walk.get_absolute_url()) for door in doors]
    assert len(made) < len(pages)
    forms = {form_id_on(page) for page in pages}
    assert len(forms) == len(pages)
    assert len({door.cookies[settings.CSRF_COOKIE_NAME].value for door in doors}) == len(doors)
    form = {"form_id": form_id_on(pages[-1]), "name": "Yusra", "contact": "@yusra"}
    assert doors[-1].post(walk.get_absolute_url(), form).status_code == 302


def test_what_few_ask_for_is_never_old_and_what_many_ask_for_is_a_second_old_at_most() -> None:
    now = [100.0]
    values: Microcache[int] = Microcache(shared_in_transactions=True, clock=lambda: now[0])
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    assert [values.get("page", make) for _ in range(3)] == [0, 1, 2]
    busy = [values.get("page", make) for _ in range(3 * OFTEN_A_SECOND)]
    assert busy[-1] == busy[-2] == len(made) - 1
    now[0] += 1.1
    assert values.get("page", make) == len(made) - 1 > busy[-1]
    now[0] += 10
    assert values.get("page", make) == len(made) - 1


def test_what_cannot_be_made_any_more_is_not_shown_to_the_many_who_ask() -> None:
    values: Microcache[str] = Microcache(shared_in_transactions=True, clock=lambda: now[0])
    now = [100.0]

    def gone() -> str:
        raise Http404

    for _ in range(2 * OFTEN_A_SECOND):
        values.get("page", lambda: "a call")
    now[0] += 1.1
    for _ in range(3):
        with pytest.raises(Http404):
            values.get("page", gone)

    def busy() -> str:
        raise OperationalError

    for _ in range(2 * OFTEN_A_SECOND):
        values.get("page", lambda: "a call")
    now[0] += 1.1
    with pytest.raises(OperationalError):
        values.get("page", busy)
    assert values.get("page", busy) == "a call"


def test_what_stands_for_a_token_in_a_kept_page_cannot_be_guessed(
    nobody: DoorClient, private: bytes, walk: PublishedCall
) -> None:
    PublicEvent.objects.filter(pk=walk.event_id).update(place="token-of-this-copy number-of-this-copy")
    page = nobody.get(walk.get_absolute_url()).content.decode()
    assert "token-of-this-copy number-of-this-copy" in page
    assert sign_up_page._CSRF_TOKEN not in page


def test_a_calendar_that_has_not_changed_is_not_sent_again_and_one_that_has_is(
    nobody: DoorClient, walk: PublishedCall
) -> None:
    address = f"/{walk.organisation.slug}/events.ics"
    first = nobody.get(address)
    again = nobody.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    PublicEvent.objects.filter(pk=walk.event_id).update(place="Town Hall", sequence=4)
    changed = nobody.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert b"Town Hall" in changed.content
    assert changed.headers["ETag"] != first.headers["ETag"]
