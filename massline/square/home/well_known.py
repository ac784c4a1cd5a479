"""Files that programs look for at fixed addresses: robots.txt, the site map, security.txt and the icon."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from massline.square.calls.models import PublishedCall
from massline.square.conversations.models import Conversation
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack
from massline.web.absolute_urls import public_url

# Addresses that are somebody's own, and those that only lead on.
NOT_FOR_ROBOTS = ("/manage/", "/-", "/in/", "/*/tell-me/", "/*/frame/")
MAP_LIMIT = 50_000  # the protocol's most addresses a file
SITE_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
EXPIRES_AFTER = timedelta(days=180)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines.append(f"Sitemap: {public_url('/sitemap.xml')}")
    return _plain("\n".join(lines) + "\n")


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """List the pages of every organisation, newest first, up to what one file may hold."""
    ElementTree.register_namespace("", SITE_MAP)
    root = ElementTree.Element(f"{{{SITE_MAP}}}urlset")
    for path, _number in zip(_pages(), range(MAP_LIMIT), strict=False):
        page = ElementTree.SubElement(root, f"{{{SITE_MAP}}}url")
        ElementTree.SubElement(page, f"{{{SITE_MAP}}}loc").text = public_url(path)
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116); nothing is there unless whoever runs the house set a contact."""
    contact: str = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    expires = datetime.combine(_first_of_month() + EXPIRES_AFTER, time(), UTC)
    lines = [
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {public_url('/.well-known/security.txt')}",
    ]
    return _plain("\n".join(lines) + "\n")


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    return redirect(static("massline/mark.svg"))


def _pages() -> Iterator[str]:
    for organisation in PublicOrganisation.objects.order_by("pk"):
        yield organisation.get_absolute_url()
    for call in PublishedCall.objects.select_related("organisation").order_by("-pk").iterator():
        yield call.get_absolute_url()
    for report in ReportBack.objects.select_related("organisation").order_by("-pk").iterator():
        yield report.get_absolute_url()
    for conversation in (
        Conversation.objects.talks().begun().select_related("organisation").order_by("-pk").iterator()
    ):
        yield conversation.get_absolute_url()


def _first_of_month() -> date:
    return timezone.localdate().replace(day=1)


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
