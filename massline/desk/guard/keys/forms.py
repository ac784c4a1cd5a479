"""Forms for founding an organisation, unlocking, the privacy threshold and recovery on paper."""

import itertools
import unicodedata
import zoneinfo
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from massline.core.invisible_characters import to_single_line
from massline.core.phone_countries import calling_countries, phone_country
from massline.desk.guard.keys import recovery_sheets
from massline.desk.guard.keys.passphrase_limit import verify_passphrase
from massline.desk.people.choices import OrganisationKind
from massline.desk.people.lookalike_names import is_lookalike, is_reserved_name
from massline.desk.people.models import Account, Organisation
from massline.engine.privacy.threshold import LEAST
from massline.web.edit_forms import EditForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


PASSPHRASE_HINT = _(
    "Four or five words that only mean something to you. Nobody can reset it: write it down and keep it safe."
)

MOST_HIDDEN = 1000


TOO_SHORT = _("Too short: use four or five words, at least %(limit_value)d characters.")


def passphrase_field(label: "StrOrPromise", *, new: bool = False, again: bool = False) -> forms.CharField:
    """Make a field for a passphrase; a `new` one, and the same typed `again`, stay in a form that is refused."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=200,
        error_messages={"min_length": TOO_SHORT},
        min_length=settings.PASSPHRASE_LENGTH if new else None,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "new-password" if new or again else "current-password"},
            render_value=new or again,
        ),
        help_text=PASSPHRASE_HINT if new else "",
    )


class FoundForm(forms.Form):
    name = forms.CharField(label=_("Name of the organisation"), max_length=120)
    sentence = forms.CharField(label=_("Who are we, in one sentence?"), max_length=240)
    passphrase = passphrase_field(_("Your passphrase"))
    passphrase.help_text = _("The one you log in with. It makes the key that locks names and numbers.")
    slug = forms.SlugField(
        label=_("Short name for web addresses"),
        max_length=50,
        required=False,
        help_text=_(
            "Small letters and hyphens, like riverside-tenants. Left empty, it is made from the name."
        ),
        error_messages={
            "invalid": _(
                "Your form is still here. This short name has a letter or sign that web addresses can’t hold. "
                "Use small letters from a to z, numbers and hyphens."
            )
        },
    )
    language = forms.ChoiceField(label=_("Language you write in"), choices=settings.LANGUAGES, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        initial=OrganisationKind.MASS,
        required=False,
        choices=OrganisationKind.choices,
        help_text=_(
            "Every kind except a closed group has a public page. To join a closed group, you "
            "need two people to agree."
        ),
    )
    timezone_name = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(zone, zone) for zone in sorted(zoneinfo.available_timezones())],
        widget=forms.Select(attrs={"data-guess-zone": "yes"}),
    )
    imprint = forms.CharField(
        label=_("Who publishes this (printed on posters)"),
        max_length=240,
        required=False,
        help_text=_("A name and an address to write to. The law asks for this in many places."),
    )

    def __init__(self, *args: object, account: Account, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.account = account

    def clean_name(self) -> str:
        name = " ".join(to_single_line(str(self.cleaned_data["name"])).split())
        if is_reserved_name(name) or is_lookalike(name, names_in_use()):
            raise forms.ValidationError(
                _("Readers could take this name for another organisation's. Choose one that looks different.")
            )
        return name

    @property
    def guessed(self) -> list[forms.BoundField]:
        """Fields with a guess, which a page shows folded."""
        return [self[name] for name in ("slug", "timezone_name", "language", "kind", "imprint")]

    def clean_language(self) -> str:
        return str(self.cleaned_data["language"]) or settings.LANGUAGE_CODE

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        if not slug:
            return free_slug(str(self.cleaned_data.get("name", "")))
        if slug in RESERVED or is_reserved_name(slug) or is_lookalike(slug, names_in_use()):
            raise forms.ValidationError(_("This short name is taken. Choose another."))
        return slug

    def clean_kind(self) -> str:
        """A page on the public site needs the word of somebody who is known there."""
        kind = str(self.cleaned_data["kind"]) or OrganisationKind.MASS
        if kind != OrganisationKind.INNER and not may_found_publicly(self.account):
            raise forms.ValidationError(NEEDS_WORD)
        return kind

    def clean_passphrase(self) -> str:
        passphrase = str(self.cleaned_data["passphrase"])
        if not verify_passphrase(self.account, passphrase):
            raise forms.ValidationError(_("That is not your passphrase."), code="wrong-passphrase")
        return passphrase


NEEDS_WORD = _(
    "A new organisation with a public page needs somebody's word. Ask a key-holder of an organisation that is here "
    "already, or whoever runs this installation."
)


def free_slug(name: str) -> str:
    """Make a short name that nobody has from a name; a script without Latin letters gives "group"."""
    taken = [*names_in_use(), *RESERVED]
    base = slugify(unicodedata.normalize("NFKD", name))[:40].strip("-") or "group"
    candidates = itertools.chain([base], (f"{base}-{number}" for number in itertools.count(2)))
    others = [other for other in taken if other != name]
    return next(slug for slug in candidates if not is_reserved_name(slug) and not is_lookalike(slug, others))


def names_in_use() -> list[str]:
    """Names and short names of every organisation."""
    return [name for row in Organisation.objects.values_list("name", "slug") for name in row]


def may_found_publicly(account: Account) -> bool:
    """True if somebody gave their word for this account, or no organisation is public yet."""
    return account.may_found or not Organisation.objects.exclude(kind=OrganisationKind.INNER).exists()


RESERVED = {
    "static",
    "api",
    "account",
    "login",
    "logout",
    "come-in",
    "found",
    "manage",
    "next",
    "about",
    "components",
}


class UnlockForm(forms.Form):
    passphrase = passphrase_field(_("Your passphrase"))


class PaperForm(forms.Form):
    public = forms.CharField(
        label=_("The line that starts with massline-recovery:"), widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_public(self) -> str:
        text = "".join(str(self.cleaned_data["public"]).split())
        try:
            recovery_sheets.decode_armour("massline-recovery", text)
        except recovery_sheets.RecoveryRefused as problem:
            raise forms.ValidationError(str(problem)) from problem
        return text


class ThresholdForm(EditForm, forms.Form):
    small_cell = forms.IntegerField(
        label=_("Hide figures of fewer people than"), min_value=LEAST, max_value=MOST_HIDDEN
    )


def threshold_form(organisation: Organisation, data: Mapping[str, Any] | None = None) -> ThresholdForm:
    return ThresholdForm(data, initial={"small_cell": organisation.small_cell})


class CountryForm(EditForm, forms.Form):
    """The country of phone numbers; without a choice it is guessed."""

    country = forms.ChoiceField(label=_("Numbers without a country are from"), required=False)

    def __init__(self, *args: Any, guessed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        nobody_said = _("guessed: %(country)s") % {"country": guessed} if guessed else _("nobody said")
        field.choices = [("", nobody_said), *calling_countries()]


def country_form(organisation: Organisation, data: Mapping[str, Any] | None = None) -> CountryForm:
    guessed = phone_country("", organisation.timezone)
    return CountryForm(data, guessed=guessed, initial={"country": organisation.country})


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("The answer you get from the sheets"), max_length=60)


class RecoverKeyForm(forms.Form):
    text = forms.CharField(
        label=_("The text that starts with massline-handover:"), widget=forms.Textarea(attrs={"rows": 3})
    )
    phrase = forms.CharField(label=_("The passphrase for it"), max_length=200)
