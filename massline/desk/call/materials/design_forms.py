"""The form that chooses a design and gives what it shows."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from massline.core.one_colour_picture import SMALLEST_SIDE, UnreadablePicture, one_colour_picture
from massline.square.calls.printed.models import ChosenDesign, Design
from massline.web.edit_forms import EditForm

# What a design cannot be without.
NEEDED: dict[Design, tuple[str, ...]] = {
    Design.PICTURE: ("picture",),
    Design.PORTRAIT: ("quote", "who"),
    Design.NUMBER: ("number", "counted"),
    Design.BEFORE_AFTER: ("before", "after"),
}
REASONS = {
    "format": _("Nothing was changed. This file can’t be read: send a JPEG, PNG or WebP."),
    "size": _(
        "Nothing was changed. The picture is too large. A smaller one, of 12 MB and 4 million dots at most, is taken."
    ),
    "small": _("Nothing was changed. The picture is too small: %(least)d dots at least on each side."),
    "empty": _("Nothing was changed. Nothing can be told apart on it: use a picture with light and dark."),
}


class DesignForm(EditForm, forms.Form):
    """A design, and the words or picture it shows; what another design would need may stay empty."""

    design = forms.ChoiceField(label=_("Design"), choices=Design.choices, widget=forms.RadioSelect)
    picture = forms.FileField(
        label=_("Picture or linocut"),
        required=False,
        help_text=_(
            "A photo, drawing or scan. We clean it and turn it into black dots, so that any copier can print it. "
            "Nobody may be on it who did not agree."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_picture = forms.BooleanField(label=_("Remove the picture"), required=False)
    quote = forms.CharField(
        label=_("What they said, in their own words"),
        max_length=160,
        required=False,
        help_text=_("For example: My girl wears her coat to bed. Print it only if they agreed."),
    )
    who = forms.CharField(
        label=_("Who said it, without a name"),
        max_length=60,
        required=False,
        help_text=_("For example: a mother in Block C"),
    )
    number = forms.CharField(
        label=_("The number"), max_length=12, required=False, help_text=_("For example: 214, or 9 of 10")
    )
    counted = forms.CharField(
        label=_("What it counts"),
        max_length=80,
        required=False,
        help_text=_("For example: letters about broken boilers. No answer."),
    )
    before = forms.CharField(
        label=_("Before"),
        max_length=60,
        required=False,
        help_text=_("For example: eleven weeks without heat"),
    )
    after = forms.CharField(
        label=_("Now"), max_length=60, required=False, help_text=_("For example: a repair date in writing")
    )

    def __init__(self, *args: Any, chosen: ChosenDesign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen

    def clean_picture(self) -> bytes | None:
        sent: UploadedFile[bytes] | None = self.cleaned_data["picture"]
        if not sent:
            return None
        try:
            return one_colour_picture(sent.read())
        except UnreadablePicture as problem:
            raise ValidationError(
                REASONS[problem.code], code=f"picture-{problem.code}", params={"least": SMALLEST_SIDE}
            ) from problem

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "design" not in given:
            return given
        kept = not given.get("remove_picture") and bool(self.chosen.picture)
        for name in NEEDED.get(Design(given["design"]), ()):
            if name not in self.errors and not given.get(name) and not (name == "picture" and kept):
                self.add_error(
                    name,
                    ValidationError(
                        _("Nothing was changed. This design needs it. Fill it in, or choose another design."),
                        code="design-needs-it",
                    ),
                )
        return given
