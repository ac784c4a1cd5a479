"""The page on which a key-holder sets right what is kept of a contact."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from massline.desk.contacts.access import access_contact
from massline.desk.contacts.contact_correction import AnotherContact, correct_contact
from massline.desk.contacts.decrypted_contacts import open_contacts, redirect_to_unlock
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people.models import Contact
from massline.web.contact_point_form import ReachForm
from massline.web.edit_forms import EditForm
from massline.web.form_fields import text_line


class ContactForm(EditForm, ReachForm):
    """What is kept of a contact. `language` may be one that the interface does not speak."""

    reach_field = "point"

    name = text_line(gettext_lazy("Name"), 60)
    point = forms.CharField(
        label=gettext_lazy("Phone, e-mail or username"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    agrees = forms.BooleanField(label=gettext_lazy("They agree to be contacted"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known, language = dict(settings.LANGUAGES), str(self.initial.get("language", ""))
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*known.items(), *([] if language in known else [(language, language)])]


@serialise_edits
def correct(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    contact = access_contact(request, org, pk)
    vault = open_vault(request, contact.organisation)
    if vault is None:
        return redirect_to_unlock(
            request, org, reverse("people:correct", args=[org, pk]), has_typed_text=True
        )

    def make_form() -> ContactForm:
        (person,) = open_contacts([contact], vault)
        kept = {"name": person.name, "point": person.point, "language": contact.language}
        return ContactForm(
            request.POST or None,
            country=contact.organisation.phone_country,
            initial=kept | {"agrees": contact.consent_on is not None},
        )

    form = edit_form(request, contact, make_form)
    twin: Contact | None = None
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "point", "language", "agrees")}
        try:
            correct_contact(contact=contact, vault=vault, by=request.user, **given)
        except AnotherContact as refusal:
            twin = refusal.contact
            form.add_error(
                None,
                ValidationError(
                    _("Nothing was saved: another contact has this name and this way to be reached."),
                    code="another-contact",
                ),
            )
        else:
            report_merged_edit(request, form)
            messages.success(request, _("Saved."), extra_tags="contact-corrected")
            return redirect("people:person", org, pk)
    page = {"form": form, "contact": contact, "twin": twin}
    return render(request, "people/correct.html", page, status=422 if form.errors else 200)
