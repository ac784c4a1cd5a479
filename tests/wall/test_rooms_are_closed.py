"""No address of calling, acting, learning and people opens to somebody from outside, and hidden looks like missing."""

import pytest
from django.urls import URLPattern, reverse

from massline.desk.act import urls as act_urls
from massline.desk.act.growth import urls as growth_urls
from massline.desk.call import urls as call_urls
from massline.desk.contacts import urls as contact_urls
from massline.desk.learn import urls as learn_urls
from massline.desk.people.models import Account, Organisation
from tests.conftest import DoorClient, at_desk

ROOMS = {
    "call": call_urls.urlpatterns,
    "act": act_urls.urlpatterns,
    "learn": learn_urls.urlpatterns,
    "people": contact_urls.urlpatterns + growth_urls.urlpatterns,
}
PATTERNS = [(room, pattern) for room, patterns in ROOMS.items() for pattern in patterns]


def address(room: str, pattern: URLPattern) -> str:
    given: dict[str, object] = {"org": "riverside", "sheet": "poster"}
    wanted = pattern.pattern.converters
    return reverse(
        f"{room}:{pattern.name}",
        kwargs={name: given.get(name, 1) for name in wanted},
        urlconf="massline.urls_desk",
    )


@pytest.mark.parametrize(("room", "pattern"), PATTERNS, ids=[f"{room}:{one.name}" for room, one in PATTERNS])
def test_a_closed_door(
    room: str, pattern: URLPattern, riverside: Organisation, harbour: Organisation, dina: Account
) -> None:
    path = address(room, pattern)
    stranger, nobody = at_desk(dina), DoorClient("desk")
    missing = stranger.get("/harbour/call/999/").content
    for ask, told in ((stranger.get, nobody.get), (stranger.post, nobody.post)):
        answer = ask(path)
        assert answer.status_code in {404, 405}
        assert answer.content in {missing, b""}
        assert told(path).headers["Location"].startswith("/login/?next=")
