"""Forms for welcoming, mandates, rungs and study paths."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.contacts.active_members import active_members
from massline.desk.people.mandate_models import Mandate, Part
from massline.desk.people.models import Account, Organisation
from massline.desk.people.rung_models import Deed, StudyStep
from massline.web.edit_forms import EditForm
from massline.web.form_fields import day_field, set_choices, text_line


class MemberChoiceForm(forms.Form):
    """A form with a choice of the organisation's members, in the field that `somebody` names."""

    somebody = ""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, **{self.somebody: active_members(organisation)})


class WelcomeForm(EditForm, MemberChoiceForm):
    somebody = "buddy"
    buddy = forms.ModelChoiceField(
        label=_("Their buddy for the first four weeks"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=_("nobody yet"),
    )


class TeachForm(forms.Form):
    step = forms.ModelChoiceField(label=_("They have learned"), queryset=StudyStep.objects.none())

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, step=StudyStep.objects.filter(path__organisation=organisation))


class MandateForm(forms.Form):
    what = text_line(_("What needs looking after?"), 80, hint=_("One task: stewards, money, Block C."))
    given_by = text_line(_("Who decided it?"), 120, hint=_("The meeting and its date."))
    ends_on = day_field(_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ends_on", timezone.localdate() + timedelta(days=182))

    def clean_ends_on(self) -> object:
        day = self.cleaned_data["ends_on"]
        if not timezone.localdate() < day <= timezone.localdate() + timedelta(days=731):
            raise forms.ValidationError(_("When the term ends: a future day, within two years."))
        return day


class PartForm(MemberChoiceForm):
    somebody = "account"
    part = forms.ChoiceField(label=_("Part"), choices=Part.choices)
    account = forms.ModelChoiceField(label=_("Who"), queryset=Account.objects.none())


class GivePartForm(forms.Form):
    mandate = forms.ModelChoiceField(label=_("Responsibility"), queryset=Mandate.objects.none())
    part = forms.ChoiceField(label=_("Part"), choices=reversed(Part.choices))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, mandate=Mandate.objects.filter(organisation=organisation, closed_on=None))


class RungForm(forms.Form):
    name = text_line(
        _("Name of the level"), 60, hint=_("Came to a meeting, is a steward, speaks for a stairwell.")
    )
    deed = forms.ChoiceField(label=_("What counts as reaching it?"), choices=Deed.choices)
    times = forms.IntegerField(label=_("How many times"), min_value=1, max_value=100, initial=1)


class StudyForm(MemberChoiceForm):
    somebody = "teacher"
    path = text_line(_("Course"), 80, hint=_("First weeks, stewards, talking at doors."))
    what = text_line(_("What people can do afterwards"), 120)
    teacher = forms.ModelChoiceField(
        label=_("Who teaches it"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=_("nobody yet"),
    )
