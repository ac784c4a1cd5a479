"""Forms to choose a deed and to count it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.act.structure_tests.models import StructureTest
from massline.desk.people.models import Section
from massline.web.edit_forms import EditForm
from massline.web.form_fields import day_field, text_line


class ChooseForm(forms.Form):
    deed = text_line(
        _("The public action people take"),
        160,
        hint=_("Sign the poster, wear the badge, hang a banner from the window."),
    )
    begins_on = day_field(_("From"))
    ends_on = day_field(_("Until"))
    strong_percent = forms.IntegerField(
        label=_("A section is strong if this many in a hundred do it"),
        min_value=1,
        max_value=100,
        initial=65,
        help_text=_("Choose your own threshold before anyone counts."),
    )


class SectionCountForm(EditForm, forms.Form):
    """A number for each section; an empty field means not counted."""

    def __init__(self, *args: Any, test: StructureTest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = list(Section.objects.filter(organisation=test.organisation))
        counted = {count.section_id: count.did for count in test.counts.all()}
        for section in self.sections:
            self.fields[f"section_{section.pk}"] = forms.IntegerField(
                label=section.name,
                min_value=0,
                max_value=100_000_000,
                required=False,
                initial=counted.get(section.pk),
                help_text=_("of %(n)d") % {"n": section.headcount},
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def counts(self) -> dict[Section, int]:
        given = {section: self.cleaned_data[f"section_{section.pk}"] for section in self.sections}
        return {section: did for section, did in given.items() if did is not None}
