"""The form for opening a listening round."""

from collections.abc import Mapping
from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.listen.rounds.models import Channel
from massline.desk.people.models import Organisation, Section
from massline.square.conversations.models import LONGEST_STATEMENT, ResultsShown, WordsShown
from massline.web.form_fields import DayField

WAYS = [("page", _("on the conversation page")), *Channel.spoken()]


class RoundForm(forms.Form):
    question = forms.CharField(
        label=_("One concrete question"), max_length=160, help_text=_("What should change about the heating?")
    )
    why = forms.CharField(
        label=_("What we will do with the answers"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    opens_on = DayField(label=_("Opens on"), required=False)
    closes_on = DayField(label=_("Closes on"))
    sections = forms.ModelMultipleChoiceField(
        label=_("Which sections do we want to hear?"),
        queryset=Section.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("If you tick none, we ask them all."),
    )
    channels = forms.MultipleChoiceField(
        label=_("How do we listen?"),
        choices=WAYS,
        required=False,
        initial=["page", Channel.DOOR],
        widget=forms.CheckboxSelectMultiple,
    )
    report_back_to = forms.CharField(
        label=_("Who must hear the result, and where?"),
        max_length=240,
        required=False,
        help_text=_("For example: every door in Block C, the notice board, the mass meeting."),
    )
    ask_section = forms.BooleanField(
        label=_("Ask people which section they are from (this makes the section names public)"),
        required=False,
        initial=True,
    )
    seeds = forms.CharField(
        label=_("First statements, one per line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Short sentences people can agree or disagree with."),
    )
    shown = forms.ChoiceField(
        label=_("People’s own sentences appear"), choices=WordsShown.choices, initial=WordsShown.HELD
    )
    results = forms.ChoiceField(
        label=_("People can see the results"),
        choices=ResultsShown.choices,
        initial=ResultsShown.LIVE,
        required=False,
    )

    @property
    def has_folded_errors(self) -> bool:
        """True if an error is in the part that the page folds."""
        folded = {"opens_on", "ask_section", "channels", "report_back_to", "shown", "results"}
        return bool(folded & self.errors.keys())

    def __init__(self, *args: object, organisation: Organisation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        sections = self.fields["sections"]
        assert isinstance(sections, forms.ModelMultipleChoiceField)
        sections.queryset = organisation.sections.all()
        self.fields["opens_on"].initial = timezone.localdate()
        self.fields["closes_on"].initial = timezone.localdate() + timedelta(days=14)

    def clean_closes_on(self) -> object:
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("That day is in the past. Choose a future day."), code="past")
        return day

    def clean_results(self) -> str:
        return self.cleaned_data["results"] or ResultsShown.LIVE

    def clean_opens_on(self) -> date:
        return self.cleaned_data["opens_on"] or timezone.localdate()

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        require_days_in_order(self, given)
        return given

    def clean_seeds(self) -> list[str]:
        return parse_statements(str(self.cleaned_data["seeds"]))


def require_days_in_order(form: forms.BaseForm, given: Mapping[str, object]) -> None:
    """Add an error to the closing day where it lies before the opening day."""
    opens, closes = given.get("opens_on"), given.get("closes_on")
    if isinstance(opens, date) and isinstance(closes, date) and closes < opens:
        sentence = _("The closing day must be after the opening day.")
        form.add_error("closes_on", forms.ValidationError(sentence, code="closes-before-opening"))


def parse_statements(text: str) -> list[str]:
    """Split text into statements, one per line. Raises ValidationError for one that is too long."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    long = [line for line in lines if len(line) > LONGEST_STATEMENT]
    if long:
        raise forms.ValidationError(
            _("“%(start)s…” has more than %(most)d characters. Split it into two."),
            params={"start": long[0][:40], "most": LONGEST_STATEMENT},
        )
    return lines
