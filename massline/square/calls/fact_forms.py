"""Forms that ask for facts; columns, labels and hints are those of the declaration."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import models

from massline.square.calls.facts import Facts, labels_of
from massline.web.edit_forms import EditForm
from massline.web.form_fields import MomentField

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

    ModelForm = forms.ModelForm[models.Model]
else:
    ModelForm = forms.ModelForm

LONGEST_TEXT = 1200


def fact_field(column: "models.Field[Any, Any]", **options: Any) -> forms.Field | None:
    """Make the form field of a column. The column's help text is for developers and not shown."""
    options.setdefault("help_text", "")
    if isinstance(column, models.DateTimeField):
        options["form_class"] = MomentField
    elif isinstance(column, models.TextField):
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
        options.setdefault("max_length", LONGEST_TEXT)
    elif isinstance(column, models.CharField) and not column.choices:
        options.setdefault("widget", forms.TextInput(attrs={"dir": "auto"}))
    return column.formfield(**options)


class FactForm(EditForm, ModelForm):
    """Base of forms for facts. They take `initial` facts and no instance, because actions write the row."""

    facts: ClassVar[type[Facts]]

    class Meta:
        formfield_callback = fact_field

    @property
    def lines(self) -> "list[BoundField]":
        """The inputs of the listed facts, in the order of the declaration."""
        return [self[name] for name in labels_of(self.facts)]
