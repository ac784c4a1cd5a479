"""Links that end one kind of news with one press, without a login. The square knows the kind, and not whose link it is."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import models
from django.shortcuts import get_object_or_404
from django.utils import timezone

from massline.core.expiry import ExpiresAfter
from massline.square.envelopes.actions import hash_token
from massline.square.envelopes.news_requests import NewsKind
from massline.square.organisations.models import PublicOrganisation

KEPT = timedelta(days=60)  # the desk keeps as long whom each was sent to


class StopLink(models.Model):
    """A link in one message. The token is kept only as a hash; the desk alone knows whom it was sent to."""

    lives = ExpiresAfter(since="expires_on")

    organisation = models.ForeignKey(PublicOrganisation, on_delete=models.CASCADE, related_name="stop_links")
    kind = models.CharField(max_length=10, choices=NewsKind.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    stopped = models.BooleanField(default=False)
    seen = models.BooleanField(default=False, help_text="the desk has ended it")
    expires_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"stop {self.kind}"


def make_stop_links(organisation: PublicOrganisation, kind: str, secrets: Iterable[str]) -> None:
    """Make the links of an announcement, before any of its messages goes out."""
    expires_on = timezone.localdate() + KEPT
    StopLink.objects.bulk_create(
        [
            StopLink(
                organisation=organisation, kind=kind, token_hash=hash_token(secret), expires_on=expires_on
            )
            for secret in secrets
        ],
        batch_size=500,
    )


def access_stop_link(organisation: PublicOrganisation, secret: str) -> StopLink:
    """Return the link of this secret; a wrong or old one is not there."""
    return get_object_or_404(StopLink, organisation=organisation, token_hash=hash_token(secret))


def stop_news(link: StopLink) -> None:
    """End this kind of news; the desk hears of it within a minute."""
    StopLink.objects.filter(pk=link.pk).update(stopped=True)
