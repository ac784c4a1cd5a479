"""What programs look for at fixed addresses of the square."""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from massline.square.calls.models import PublishedCall
from massline.square.conversations.models import Conversation
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack
from tests.conftest import DoorClient

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_robots_are_kept_from_what_is_somebodys_own(nobody: DoorClient, settings: Any) -> None:
    settings.SQUARE_URL = "https://square.example"
    text = nobody.get("/robots.txt").content.decode()
    assert "Disallow: /manage/" in text.splitlines()
    assert "Sitemap: https://square.example/sitemap.xml" in text.splitlines()
    assert "Disallow: /\n" not in text


def test_the_site_map_names_every_public_page(
    nobody: DoorClient, walk: PublishedCall, report: ReportBack, settings: Any
) -> None:
    settings.SQUARE_URL = "https://square.example"
    root = ElementTree.fromstring(nobody.get("/sitemap.xml").content)
    places = [found.text for found in root.iter(LOC)]
    assert report.conversation is not None
    for page in (walk.organisation, walk, report, report.conversation):
        assert f"https://square.example{page.get_absolute_url()}" in places
    for place in places:
        assert nobody.get(str(place).removeprefix("https://square.example")).status_code == 200


def test_the_site_map_asks_as_often_however_many_pages_there_are(
    nobody: DoorClient, face: PublicOrganisation, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        PublicOrganisation.objects.create(slug=f"group-{number}", name=f"Group {number}")
    with django_assert_max_num_queries(6, using="square"):
        assert nobody.get("/sitemap.xml").content.count(b"<url>") >= 31


def test_a_contact_for_weaknesses_stands_where_one_is_set(nobody: DoorClient, settings: Any) -> None:
    assert nobody.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "safety@riverside.example"
    lines = dict(
        line.split(": ", 1) for line in nobody.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert lines["Contact"] == "mailto:safety@riverside.example"
    assert lines["Expires"].endswith("T00:00:00Z")
    assert lines["Canonical"].endswith("/.well-known/security.txt")
    settings.SECURITY_CONTACT = "https://riverside.example/report"
    assert b"Contact: https://riverside.example/report\n" in nobody.get("/.well-known/security.txt").content


def test_the_icon_is_where_browsers_ask_for_it(nobody: DoorClient) -> None:
    icon = nobody.get("/favicon.ico")
    assert icon.status_code == 302
    assert icon.headers["Location"].endswith(".svg")


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/favicon.ico"])
def test_they_leave_nothing_with_who_asks(nobody: DoorClient, path: str) -> None:
    assert "Set-Cookie" not in nobody.get(path).headers


def test_what_has_not_begun_and_votes_in_a_hall_are_not_listed(
    nobody: DoorClient, talk: Conversation
) -> None:
    assert talk.get_absolute_url() in nobody.get("/sitemap.xml").content.decode()
    Conversation.objects.filter(pk=talk.pk).update(opens_at=timezone.now() + timedelta(days=1))
    assert talk.get_absolute_url() not in nobody.get("/sitemap.xml").content.decode()
    Conversation.objects.filter(pk=talk.pk).update(opens_at=timezone.now() - timedelta(days=1), is_hall=True)
    assert talk.get_absolute_url() not in nobody.get("/sitemap.xml").content.decode()
