"""Forms for a hypothesis, its evidence and the verdict on it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.learn.hypotheses.models import Verdict
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.people.models import Organisation
from massline.web.edit_forms import EditForm
from massline.web.form_fields import day_field, set_choices, text_line


class HypothesisForm(forms.Form):
    claim = text_line(_("What do we believe?"), 240)
    would_fall = text_line(_("What would change our mind?"), 240)
    review_on = day_field(_("When do we check again?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("review_on", timezone.localdate() + timedelta(days=182))


class EvidenceForm(forms.Form):
    speaks_for = forms.TypedChoiceField(
        label=_("This speaks"),
        choices=[("1", _("for it")), ("0", _("against it"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    words = text_line(_("What did you see?"), 400)
    review = forms.ModelChoiceField(
        label=_("Which review is it from?"),
        queryset=AfterActionReview.objects.none(),
        required=False,
        empty_label="–",
    )
    source = text_line(_("Or where can people read it?"), 300, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviews = AfterActionReview.objects.filter(event__organisation=organisation)
        set_choices(self, review=reviews.select_related("event"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("review") and not cleaned.get("source"):
            self.add_error(
                "source",
                forms.ValidationError(
                    _("Where can people read it? Without a source it is just an opinion."), code="no-source"
                ),
            )
        return cleaned


class VerdictForm(EditForm, forms.Form):
    verdict = forms.ChoiceField(label=_("What do we say now?"), choices=Verdict.choices)
    review_on = day_field(_("When do we check again?"))
