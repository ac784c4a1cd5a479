"""The page on which an organisation chooses its own mark and colour, and what the desk serves of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from massline.core.organisation_colour import (
    NIGHT,
    PAPER,
    contrast,
    derive_colour_scheme,
    is_alarm_red,
    parse_colour,
)
from massline.core.organisation_logo import LARGEST_SIDE, UnreadableLogo, logo_mask_from_png
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.concurrent_edits import edit_form, serialise_edits
from massline.desk.guard.keys.organisation_setup import render_organisation_logo, set_branding
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation
from massline.web.edit_forms import EditForm
from massline.web.organisation_branding import serve_branding_css, serve_mark


class BrandingForm(EditForm, forms.Form):
    """Colour and mark; a colour left empty, or a mark removed, goes back to what every organisation has."""

    colour = forms.CharField(
        label=gettext_lazy("Colour, as six letters and digits"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off", "dir": "ltr"}),
        help_text=gettext_lazy("For example #14614f. Empty: the green that every organisation has."),
    )
    mark = forms.FileField(
        label=gettext_lazy("A drawing in one colour (PNG)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png"}),
        help_text=gettext_lazy("Up to 512 by 512 dots. Without one, your first letter stands there."),
    )
    remove_mark = forms.BooleanField(label=gettext_lazy("Remove the drawing"), required=False)

    def clean_colour(self) -> str:
        written = str(self.cleaned_data["colour"]).strip()
        if not written:
            return ""
        try:
            colour = parse_colour(written)
        except ValueError as problem:
            raise ValidationError(
                _("Nothing was changed. Write a colour as # and six letters or digits, like #14614f."),
                code="no-colour",
            ) from problem
        if is_alarm_red(colour):
            raise ValidationError(
                _(
                    "Nothing was changed. This is too near to red, which means “now” everywhere. Choose another hue."
                ),
                code="like-an-alarm",
            )
        return colour

    def clean_mark(self) -> bytes | None:
        sent = self.cleaned_data["mark"]
        if not sent:
            return None
        try:
            return logo_mask_from_png(sent.read())
        except UnreadableLogo as problem:
            raise ValidationError(_reasons()[problem.code], code=f"mark-{problem.code}") from problem


def _reasons() -> dict[str, str]:
    return {
        "format": _(
            "Nothing was changed. This file can’t be read: save the drawing as a plain PNG (8 bits)."
        ),
        "size": _("Nothing was changed. The drawing is too large: %(most)d by %(most)d dots at most.")
        % {"most": LARGEST_SIDE},
        "drawing": _("Nothing was changed. Nothing can be told apart on it: use a dark shape on white."),
    }


@serialise_edits
def edit_branding(request: DeskRequest, org: str) -> HttpResponse:
    """Show and choose mark and colour."""
    organisation = access_organisation(request, org, need=Role.HOLDER)
    form = edit_form(
        request,
        organisation,
        lambda: BrandingForm(
            request.POST or None, request.FILES or None, initial={"colour": organisation.colour}
        ),
    )
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        kept = None if given["remove_mark"] else organisation.mark
        set_branding(
            organisation=organisation,
            colour=given["colour"],
            mark=given["mark"] or (bytes(kept) if kept else None),
            by=request.user,
        )
        messages.success(
            request,
            _("Saved. Pages, posters and pictures show it from now on."),
            extra_tags="face-saved",
        )
        return redirect("guard:face", org)
    return render(request, "guard/face.html", {"form": form, "facts": _facts(organisation)})


def _facts(organisation: Organisation) -> dict[str, Any] | None:
    """What was measured of the colour: each contrast as a ratio with one decimal."""
    if not organisation.colour:
        return None
    fitted = derive_colour_scheme(organisation.colour)
    return {
        "text": round(contrast(fitted.on_own, fitted.own), 1),
        "paper": round(contrast(fitted.line, PAPER), 1),
        "night": round(contrast(fitted.line_at_night, NIGHT), 1),
        "line": fitted.line,
        "line_at_night": fitted.line_at_night,
        "is_paired": fitted.is_paired,
    }


@require_safe
def face_css(request: DeskRequest, org: str) -> HttpResponse:
    return serve_branding_css(access_organisation(request, org, need=Role.MEMBER))


@require_safe
def mark(request: DeskRequest, org: str) -> HttpResponse:
    return serve_mark(render_organisation_logo(access_organisation(request, org, need=Role.MEMBER)))
