"""Organisations, accounts, memberships, sections, contacts and their next steps."""

import zoneinfo
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.core.phone_countries import phone_country
from massline.core.sealed_columns import OpenColumn, Sealed
from massline.core.time_zones import zone_named
from massline.desk.people.choices import (
    ContactSource,
    NextStepState,
    OrganisationKind,
    Role,
    SecondFactorRule,
)
from massline.desk.people.contact_import_model import ContactImport
from massline.desk.people.mandate_models import Holding, Mandate, Vouch  # noqa: F401
from massline.desk.people.querysets import ContactQuerySet, MembershipQuerySet, NextStepQuerySet
from massline.desk.people.rung_models import Learnt, Rung, StudyPath, StudyStep  # noqa: F401
from massline.desk.people.scope import ScopedManager
from massline.desk.people.second_factor_models import CodeApp, Passkey, RecoveryCode  # noqa: F401
from massline.desk.people.sessions import DeskSession  # noqa: F401
from massline.engine.privacy.threshold import LEAST


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, name: str, passphrase: str, **fields: Any) -> "Account":
        account = Account(name=name.strip(), **fields)
        account.set_password(passphrase)
        account.save()
        return account


class Account(AbstractBaseUser):
    """An organiser's login. It holds a name to call them by, and no address or number."""

    lives = NoOwnExpiry("a name to call an organiser by; no way to reach them")

    name = models.CharField(_("name"), max_length=60, unique=True)
    language = models.CharField(max_length=12, default="en")
    made_on = models.DateField(default=localdate)
    is_active = models.BooleanField(default=True)
    asked_on = models.DateField(null=True, help_text="when a second factor was first asked for")
    may_found = models.BooleanField(
        default=False, help_text="somebody gave their word: may found one organisation with a public page"
    )
    last_login = None

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """An organisation with its own key pair and contacts. Nothing is shared between two of them unasked."""

    lives = NoOwnExpiry("an organisation, nobody in it")
    open_columns = (OpenColumn("mark", "a drawing that stands on every public page"),)

    uuid = models.UUIDField(unique=True, default=uuid4)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    sentence = models.CharField(max_length=240, blank=True, help_text="who we are")
    imprint = models.CharField(max_length=240, blank=True)
    kind = models.CharField(max_length=10, choices=OrganisationKind.choices, default=OrganisationKind.MASS)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="chapters"
    )
    language = models.CharField(max_length=12, default="en")
    timezone = models.CharField(max_length=64, default="UTC")
    country = models.CharField(
        max_length=2, blank=True, default="", help_text="of phone numbers without one; empty: guessed"
    )
    colour = models.CharField(max_length=7, blank=True, default="", help_text="its own, as #rrggbb")
    mark = models.BinaryField(null=True, help_text="a grey PNG of 128 × 128: white where it is drawn")
    second_factor = models.PositiveSmallIntegerField(
        choices=SecondFactorRule.choices,
        default=SecondFactorRule.NOBODY,
        help_text="what the installation asks is asked besides",
    )
    small_cell = models.PositiveSmallIntegerField(
        default=LEAST, help_text="figures of fewer people are not shown; the installation may ask for more"
    )
    made_on = models.DateField(default=localdate)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zone_named(self.timezone)

    @property
    def phone_country(self) -> str:
        """The country of phone numbers that are written without one."""
        return phone_country(self.country, self.timezone)

    @property
    def is_public(self) -> bool:
        """False for an inner organisation, which the square never mentions."""
        return self.kind != OrganisationKind.INNER


class Membership(models.Model):
    """An account's role in one organisation."""

    lives = ExpiresAfter(since="ended_on", days=365)

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.PositiveSmallIntegerField(choices=Role.choices, default=Role.MEMBER)
    since = models.DateField(default=localdate)
    ended_on = models.DateField(null=True, blank=True)
    let_in_by = models.ForeignKey(
        Account,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who invited them; empty for founders, and for everybody from before this was kept",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "organisation"], name="one_membership_each")
        ]

    def __str__(self) -> str:
        return f"{self.account} in {self.organisation}"


class Section(models.Model):
    """A part of the people we organise: a block, a department, a year. It has a headcount, never a list."""

    lives = NoOwnExpiry("a headcount, never a list")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(max_length=60)
    headcount = models.PositiveIntegerField(help_text="how many live or work there")

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_section_per_name")]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """Somebody who gave us a name and a contact point. Both are encrypted; opinions are never stored here."""

    lives = ExpiresAfter(since="keep_until")
    sealed_columns = (
        Sealed("sealed_name", as_="name"),
        Sealed("sealed_point", as_="point"),
        Sealed("blind_index", by="index", as_="point"),
        Sealed("person_index", by="index", as_="point name"),
    )

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    sealed_name = models.BinaryField()
    sealed_point = models.BinaryField(help_text="phone, e-mail or handle")
    blind_index = models.BinaryField(
        null=True, help_text="finds the same contact point again, inside the vault"
    )
    person_index = models.BinaryField(
        null=True, help_text="contact point and name together: who shares a phone has one each"
    )
    point_form = models.PositiveSmallIntegerField(
        default=0, help_text="in which form the contact point is kept; 0: as it was written"
    )
    epoch = models.PositiveIntegerField()
    source = models.CharField(max_length=10, choices=ContactSource.choices)
    envelope = models.UUIDField(null=True, unique=True)
    language = models.CharField(max_length=12, default="en")
    met_on = models.DateField(default=localdate)
    consent_on = models.DateField(
        null=True, help_text="when they agreed to be contacted; null once withdrawn"
    )
    keep_until = models.DateField(help_text="gone after, unless they act again")
    brought_by = models.ForeignKey(
        ContactImport, null=True, on_delete=models.SET_NULL, related_name="contacts"
    )
    welcomed_on = models.DateField(null=True, help_text="when one of us spoke with them")
    welcomed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    buddy = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="buddies")

    objects = ScopedManager.from_queryset(ContactQuerySet)("organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person_index"], name="one_contact_per_person")
        ]
        indexes = [models.Index(fields=["organisation", "blind_index"], name="contacts_by_point")]

    def __str__(self) -> str:
        return f"contact {self.uuid}"

    @property
    def was_spoken_with(self) -> bool:
        """True if one of us welcomed them or a step with them is done; the same as `unwelcomed` counts."""
        return self.welcomed_on is not None or self.next_steps.filter(state=NextStepState.DONE).exists()


class NextStep(models.Model):
    """A contact's next step, its day, and the organiser who accompanies them."""

    lives = NoOwnExpiry("goes with its contact")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="next_steps")
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="next_steps")
    what = models.CharField(max_length=120)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=NextStepState.choices, default=NextStepState.OPEN)
    made_on = models.DateField(default=localdate)

    objects = ScopedManager.from_queryset(NextStepQuerySet)("contact__organisation")

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def is_overdue(self) -> bool:
        return self.state == NextStepState.OPEN and self.due_on is not None and self.due_on < localdate()
