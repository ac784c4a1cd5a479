"""Forms of a programme, its sessions, their counts, and its notices."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.act.mutual_aid.models import AidPostKind, Session
from massline.desk.decide.plans.models import Plan
from massline.desk.listen.rounds.models import Voice
from massline.desk.people.models import Organisation, Section
from massline.web.edit_forms import EditForm
from massline.web.form_fields import MomentField, set_choices, text_line


class BeginForm(forms.Form):
    name = text_line(_("Name of the event"), 120)
    need = forms.CharField(
        label=_("What is needed, in people’s own words"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    voices = forms.ModelMultipleChoiceField(
        label=_("Voices it is based on"),
        queryset=Voice.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    plan = forms.ModelChoiceField(
        label=_("The plan it belongs to"),
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
        _("Who runs it"), 120, hint=_("A block or a group; ideally people who used it last time.")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "starts_at" in given and given["starts_at"] <= timezone.now():
            self.add_error(
                "starts_at",
                forms.ValidationError(_("That time is in the past. Choose a later one."), code="past"),
            )
        if "starts_at" in given and "ends_at" in given and given["ends_at"] <= given["starts_at"]:
            self.add_error("ends_at", _("The end is before the start."))
        return given


def _number_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class SessionCountForm(EditForm, forms.Form):
    @classmethod
    def of(cls, session: Session, data: Mapping[str, Any] | None = None) -> "SessionCountForm":
        counted = {name: getattr(session, name) for name in cls.base_fields}
        return cls(data, initial=counted, auto_id=f"session_{session.pk}_%s")

    served = _number_field(_("How many people were served?"))
    ran = _number_field(_("How many people ran it?"))
    ran_once_served = _number_field(_("How many of those who ran it first came for help?"))


class AidPostForm(forms.Form):
    kind = forms.ChoiceField(label=_("Request or offer"), choices=AidPostKind.choices)
    words = text_line(
        _("What"), 240, hint=_("What, how much, from when. No names, no door numbers, no reasons.")
    )
    section = forms.ModelChoiceField(
        label=_("Where"), queryset=Section.objects.none(), required=False, empty_label=_("anywhere")
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, section=Section.objects.filter(organisation=organisation))
