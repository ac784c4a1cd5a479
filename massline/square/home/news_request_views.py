"""Pages on which somebody asks to be told, and ends it again, without an account."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from massline.square import rate_limits
from massline.square.envelopes.access import access_envelope
from massline.square.envelopes.actions import cancel_envelope
from massline.square.envelopes.news_requests import WishForm, leave_news_request
from massline.square.envelopes.news_unsubscribe import access_stop_link
from massline.square.envelopes.news_unsubscribe import stop_news as end_news
from massline.square.organisations.access import access_organisation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_news(request: HttpRequest, org: str) -> HttpResponse:
    """Take the wish to be told about calls or meetings; 404 where nothing can be sealed yet."""
    organisation = access_organisation(org)
    if not organisation.takes_envelopes:
        raise Http404
    form = WishForm(request.POST or None, about=organisation.uuid, country=organisation.phone_country)
    if request.method == "POST" and form.is_valid():
        if rate_limits.sign_ups.allows(request):
            given = {"contents": form.contents(), "form_id": form.cleaned_data["form_id"]}
            return redirect("home:told", org, leave_news_request(organisation=organisation, **given))
        form.add_error(
            None,
            ValidationError(
                _("Many people wrote from your connection. Nothing was kept: try again in ten minutes."),
                code="too-many",
            ),
        )
    page = {"organisation": organisation, "form": form}
    return render(request, "square_home/tell_me.html", page, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_news_request(request: HttpRequest, org: str, secret: str) -> HttpResponse:
    """Say what was kept; the button ends it. The secret in the address is the only key."""
    organisation = access_organisation(org)
    envelope = access_envelope(secret)
    if envelope.about != organisation.uuid:
        raise Http404
    if request.method == "POST":
        cancel_envelope(envelope)
        return redirect("home:told", org, secret)
    page = {"organisation": organisation, "envelope": envelope, "secret": secret}
    return render(request, "square_home/told.html", page)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_news(request: HttpRequest, org: str, secret: str) -> HttpResponse:
    """End one kind of news. Mail programs post here by themselves (RFC 8058), without cookies; the secret is enough."""
    organisation = access_organisation(org)
    link = access_stop_link(organisation, secret)
    if request.method == "POST":
        end_news(link)
        return redirect("home:stop_news", org, secret)
    return render(request, "square_home/stop_news.html", {"organisation": organisation, "link": link})
