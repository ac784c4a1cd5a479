"""Consent by kind: what a contact asked to be told."""

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Contact, Section
from massline.desk.people.scope import ScopedManager


class Subscription(models.Model):
    """A contact's wish to be told about calls, about mass meetings, or about both; nothing else may be told on it."""

    lives = NoOwnExpiry("goes with its contact, or when they say so")

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="subscription")
    calls = models.BooleanField(default=False)
    meetings = models.BooleanField(default=False)
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    envelope = models.UUIDField(null=True, unique=True, help_text="the sealed wish it came from")
    agreed_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("contact__organisation")

    def __str__(self) -> str:
        return f"wish of contact {self.contact_id}"
