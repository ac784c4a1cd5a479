"""Pages to make and revoke API keys, and to add and stop webhooks."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.api import key_and_webhook_actions, webhook_signatures
from massline.desk.api.access import access_key, access_webhook
from massline.desk.api.key_and_webhook_forms import KeyForm, WebhookForm
from massline.desk.api.models import ApiKey, Webhook, WebhookDelivery
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation


def list_keys(request: DeskRequest, org: str) -> HttpResponse:
    """All keys and webhooks; a POST makes a key and shows its secret once."""
    need = Role.HOLDER if request.method == "POST" else Role.ORGANISER
    organisation = access_organisation(request, org, need=need)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key, secret = key_and_webhook_actions.make_key(
            organisation=organisation, by=request.user, **form.cleaned_data
        )
        return _render_keys(request, organisation, secret=secret, made=key)
    return _render_keys(request, organisation, form=form)


def _render_keys(request: DeskRequest, organisation: Organisation, **more: Any) -> HttpResponse:
    page = {
        "keys": ApiKey.objects.filter(organisation=organisation),
        "hooks": Webhook.objects.filter(organisation=organisation),
        "deliveries": WebhookDelivery.objects.filter(webhook__organisation=organisation).select_related(
            "webhook"
        )[:10],
        "form": KeyForm(),
        "hook_form": WebhookForm(),
    }
    return render(request, "api/keys.html", page | more)


@require_POST
def revoke_key(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    key_and_webhook_actions.revoke_key(key=access_key(request, org, pk), by=request.user)
    messages.success(request, _("Key revoked. It no longer works."), extra_tags="key-revoked")
    return redirect("keys:keys", org)


@require_POST
def add_webhook(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    form = WebhookForm(request.POST)
    if not form.is_valid():
        return _render_keys(request, organisation, hook_form=form)
    made = key_and_webhook_actions.add_webhook(
        organisation=organisation, by=request.user, **form.cleaned_data
    )
    return _render_keys(request, organisation, secret=webhook_signatures.encode_secret(made.uuid), hook=made)


@require_POST
def stop_webhook(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    key_and_webhook_actions.stop_webhook(webhook=access_webhook(request, org, pk), by=request.user)
    messages.success(request, _("Stopped. We no longer notify this address."))
    return redirect("keys:keys", org)
