"""Routes of the API, which needs a key instead of a login, and of the page on which keys are made."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, include, path

from massline.desk.api import key_and_webhook_views
from massline.desk.api.endpoints import api


@login_not_required
def description(request: HttpRequest) -> HttpResponse:
    """Redirect the root of the API to its description."""
    return redirect("api:openapi-json")


def _public_routes() -> list[URLPattern]:
    """Routes of the API without the login requirement, because each of them checks a key."""
    routes = [route for route in api.urls[0] if isinstance(route, URLPattern) and route.name != "api-root"]
    for route in routes:
        route.callback = login_not_required(route.callback)
    return [*routes, path("", description, name="api-root")]


pages = [
    path("<slug:org>/api/", key_and_webhook_views.list_keys, name="keys"),
    path("<slug:org>/api/keys/<int:pk>/revoke/", key_and_webhook_views.revoke_key, name="revoke"),
    path("<slug:org>/api/webhooks/", key_and_webhook_views.add_webhook, name="add_webhook"),
    path("<slug:org>/api/webhooks/<int:pk>/stop/", key_and_webhook_views.stop_webhook, name="stop_webhook"),
]
urlpatterns = [path("api/", include((_public_routes(), "api"))), path("", include((pages, "keys")))]
