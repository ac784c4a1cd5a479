"""The form that founds an organisation: its name, short name, place and key."""

import itertools
import unicodedata
import zoneinfo
from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from massline.core.invisible_characters import to_single_line
from massline.desk.guard.keys.forms import passphrase_field
from massline.desk.guard.keys.passphrase_limit import verify_passphrase
from massline.desk.people.choices import OrganisationKind
from massline.desk.people.lookalike_names import is_lookalike, is_reserved_name
from massline.desk.people.models import Account, Organisation

if TYPE_CHECKING:
    pass


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
