"""Forms of a programme, its sessions, their counts, and its notices."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.act.mutual_aid.models import NoticeKind
from massline.desk.decide.plans.models import Plan
from massline.desk.listen.rounds.models import Voice
from massline.desk.people.models import Organisation, Section
from massline.web.form_fields import MomentField, set_choices, text_line


class BeginForm(forms.Form):
    name = text_line(_("What do we call it?"), 120)
    need = forms.CharField(
        label=_("The need, in people’s words"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    voices = forms.ModelMultipleChoiceField(
        label=_("It rests on these voices"),
        queryset=Voice.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    plan = forms.ModelChoiceField(
        label=_("The plan that leads to it"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=_("none"),
    )

    def __init__(self, *args: Any, voices: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, voices=voices)
        set_choices(self, plan=plans)


class SessionForm(forms.Form):
    starts_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"))
    place = text_line(_("Where"), 160)
    run_by = text_line(
        _("Who runs it"), 120, hint=_("A block or a group; best those who came to it last time.")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "starts_at" in given and given["starts_at"] <= timezone.now():
            self.add_error(
                "starts_at", forms.ValidationError(_("This hour is past. Choose one to come."), code="past")
            )
        if "starts_at" in given and "ends_at" in given and given["ends_at"] <= given["starts_at"]:
            self.add_error("ends_at", _("It ends before it starts."))
        return given


def _number_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class SessionCountForm(forms.Form):
    served = _number_field(_("How many were served"))
    ran = _number_field(_("How many ran it"))
    ran_once_served = _number_field(_("Of these, how many first came because they needed it"))


class NoticeForm(forms.Form):
    kind = forms.ChoiceField(label=_("It is"), choices=NoticeKind.choices)
    words = text_line(
        _("What"), 240, hint=_("What, how much, from when. No name, no door number, no reason.")
    )
    section = forms.ModelChoiceField(
        label=_("Where"), queryset=Section.objects.none(), required=False, empty_label=_("anywhere")
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, section=Section.objects.filter(organisation=organisation))
