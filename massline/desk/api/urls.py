"""The API at /api/, which asks for a key where pages ask for a login, and the page on which keys are made."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, include, path

from massline.desk.api import views
from massline.desk.api.endpoints import api


@login_not_required
def description(request: HttpRequest) -> HttpResponse:
    """Lead from the root of the API to its description."""
    return redirect("api:openapi-json")


def _open() -> list[URLPattern]:
    """The API's addresses: a key is asked for by each of them, so none asks for a login."""
    found = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    for one in found:
        one.callback = login_not_required(one.callback)
    return [*found, path("", description, name="api-root")]


pages = [
    path("<slug:org>/api/", views.keys, name="keys"),
    path("<slug:org>/api/keys/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("<slug:org>/api/webhooks/", views.add_webhook, name="add_webhook"),
    path("<slug:org>/api/webhooks/<int:pk>/stop/", views.stop_webhook, name="stop_webhook"),
]
urlpatterns = [path("api/", include((_open(), "api"))), path("", include((pages, "keys")))]
