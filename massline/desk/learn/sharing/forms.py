"""Forms for trials of lessons, signed files, and public texts to share."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from massline.desk.learn.sharing.models import GiftKind, Trial
from massline.desk.people.models import Organisation
from massline.web.edit_forms import EditForm
from massline.web.form_fields import set_choices, text_line


class TrialForm(EditForm, forms.Form):
    held = forms.TypedChoiceField(
        label=_("Did it hold up here?"),
        choices=[("1", _("it held up")), ("0", _("it did not hold up"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    words = text_line(_("How did it go? No names."), 240, required=False)


def trial_fields(trial: Trial | None) -> dict[str, str]:
    """What the form of a trial is opened with: what the organisation said last, if it did."""
    return {} if trial is None else {"held": "1" if trial.held else "0", "words": trial.words}


class FileForm(forms.Form):
    pasted = forms.CharField(
        label=_("The signed lesson"),
        max_length=20_000,
        help_text=_("The full text of the file, unchanged."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "ltr", "spellcheck": "false"}),
    )


class GiveForm(forms.Form):
    what = forms.ChoiceField(label=_("What"), choices=GiftKind.choices)
    text = text_line(_("Text"), 400)
    address = forms.URLField(label=_("Link to its public page"), max_length=300, assume_scheme="https")
    to = forms.ModelMultipleChoiceField(
        label=_("Who gets it?"), queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, to: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, to=to)
