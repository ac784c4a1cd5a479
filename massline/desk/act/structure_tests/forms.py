"""Forms for choosing a deed and counting it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.act.structure_tests.models import StructureTest
from massline.desk.people.models import Section


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ChooseForm(forms.Form):
    deed = forms.CharField(
        label=_("The deed everybody can see"),
        max_length=160,
        help_text=_("Sign the poster, wear the badge, hang the cloth from the window."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    begins_on = forms.DateField(label=_("From"), widget=DayInput())
    ends_on = forms.DateField(label=_("Until"), widget=DayInput())
    strong_percent = forms.IntegerField(
        label=_("Strong is a section of which so many in a hundred do it"),
        min_value=1,
        max_value=100,
        initial=65,
        help_text=_("Your own threshold, chosen before anybody counts."),
    )


class CountForm(forms.Form):
    """One number for each section; an empty one was not counted."""

    def __init__(self, *args: Any, test: StructureTest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = list(Section.objects.filter(organisation=test.organisation))
        counted = {one.section_id: one.did for one in test.counts.all()}
        for one in self.sections:
            self.fields[f"section_{one.pk}"] = forms.IntegerField(
                label=one.name,
                min_value=0,
                max_value=100_000_000,
                required=False,
                initial=counted.get(one.pk),
                help_text=_("of %(n)d") % {"n": one.headcount},
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def counts(self) -> dict[Section, int]:
        given = {one: self.cleaned_data[f"section_{one.pk}"] for one in self.sections}
        return {one: did for one, did in given.items() if did is not None}
