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


def address(room: str, pattern: URLPattern) -> str:
    given: dict[str, object] = {"org": "riverside", "sheet": "poster"}
    wanted = pattern.pattern.converters
    return reverse(
        f"{room}:{pattern.name}",
        kwargs={name: given.get(name, 1) for name in wanted},
        urlconf="massline.urls_desk",
    )


@pytest.mark.parametrize("room", ROOMS)
def test_closed_doors(room: str, riverside: Organisation, harbour: Organisation, dina: Account) -> None:
    stranger, nobody = at_desk(dina), DoorClient("desk")
    missing = stranger.get("/harbour/call/999/").content
    assert len(ROOMS[room]) >= 10
    for pattern in ROOMS[room]:
        path = address(room, pattern)
        for ask, told in ((stranger.get, nobody.get), (stranger.post, nobody.post)):
            answer = ask(path)
            assert answer.status_code in {404, 405}, path
            assert answer.content in {missing, b""}, path
            assert told(path).headers["Location"].startswith("/login/?next="), path
