"""API keys from a header, and keys and webhooks by their id in a URL."""

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja.errors import HttpError
from ninja.security import HttpBearer

from massline.desk.api import rate_limits
from massline.desk.api.key_and_webhook_actions import digest_secret
from massline.desk.api.models import ApiKey, Webhook
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people import scope
from massline.desk.people.choices import Role


class KeyAuthentication(HttpBearer):
    """Authentication that opens the scope of a live key's organisation. Every other token gets the same 401."""

    def __init__(self, need: str) -> None:
        super().__init__()
        self.need = need

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        today = timezone.localdate()
        with scope.scope_to_everything("a key says whose it is"):
            live = ApiKey.objects.filter(revoked_on=None, expires_on__gte=today)
            key = live.filter(digest=digest_secret(token)).select_related("organisation").first()
            if key is None:
                rate_limits.count_wrong_key(request)
                return None
            rate_limits.count_request(key)
            ApiKey.objects.filter(Q(used_on=None) | Q(used_on__lt=today), pk=key.pk).update(used_on=today)
        if self.need not in key.scopes:
            raise HttpError(403, f"This key has no scope “{self.need}”.")
        scope.open_for_request(key.organisation)
        return key


def access_key(request: DeskRequest, org: str, pk: int) -> ApiKey:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    return get_object_or_404(ApiKey.objects.select_related("organisation"), organisation=organisation, pk=pk)


def access_webhook(request: DeskRequest, org: str, pk: int) -> Webhook:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    rows = Webhook.objects.select_related("organisation")
    return get_object_or_404(rows, organisation=organisation, pk=pk)
