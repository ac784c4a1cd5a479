"""Asking to be told: a name, a way to be reached and the kinds of news, sealed like a sign-up."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.contact_points import normalise_contact_point
from massline.core.db.erasure import erase_after_commit
from massline.square.envelopes.actions import hash_token
from massline.square.envelopes.models import Envelope
from massline.square.envelopes.sealed_form import SealedForm, contact_field
from massline.square.envelopes.sealing import envelope_binding, seal_contents
from massline.square.organisations.models import PublicOrganisation
from massline.web.form_fields import text_line

KEPT = timedelta(days=365)


class NewsKind(models.TextChoices):
    """Kinds of news somebody may ask to be told."""

    CALLS = "calls", _("Calls: when we do something together")
    MEETINGS = "meetings", _("Mass meetings")


class WishForm(SealedForm):
    """A name, one contact point and what to tell; the rest only if you like."""

    salt = "massline.wish"
    field_order = ("name", "contact", "wants", "section", "language", "website", "form_id")
    contact = contact_field(_("Phone or e-mail"), required=_("Give us one way to tell you."))
    wants = forms.MultipleChoiceField(
        label=_("What should we tell you about?"),
        choices=NewsKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one. We tell you nothing else.")},
    )
    section = text_line(
        _("Which part are you from?"), 60, required=False, hint=_("A block, a shift, a department.")
    )

    def contents(self) -> dict[str, str]:
        given = self.cleaned_data
        return {
            "name": given["name"],
            "contact": given["contact"],
            "language": given["language"],
            "wants": ",".join(given["wants"]),
            "section": given["section"],
        }


def leave_news_request(*, organisation: PublicOrganisation, contents: dict[str, str], form_id: str) -> str:
    """Seal a wish to the organisation's key and return the secret of the link that ends it.

    The same copy of the form, sent again, is the same wish. No copy is made for the worker: only a key-holder who
    unlocks reads it.
    """
    if organisation.seal_key is None:
        raise ValueError(f"{organisation} has no key yet, so nothing can be sealed for it.")
    secret = hash_token(f"wish {form_id} {settings.SECRET_KEY}")[:32]
    point = normalise_contact_point(contents.get("contact", ""), country=organisation.phone_country)
    contents = contents | {"contact": point}
    row = uuid4()
    sealed = seal_contents(
        contents, bytes(organisation.seal_key), bound_to=envelope_binding(organisation.uuid, row)
    )
    with transaction.atomic(using="square"):
        Envelope.objects.get_or_create(
            form_id=hash_token(f"wish {form_id}"),
            defaults={
                "uuid": row,
                "organisation": organisation,
                "about": organisation.uuid,
                "sealed": sealed,
                "epoch": organisation.seal_epoch,
                "token_hash": hash_token(secret),
                "expires_on": timezone.localdate() + KEPT,
            },
        )
        erase_after_commit("square")
    return secret
