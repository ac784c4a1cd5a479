"""Forms for moderating statements, adding more of them and setting dates."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.listen.rounds.forms import split_statements
from massline.square.conversations.models import ResultsShown, Statement, WordsShown
from massline.square.conversations.rejection_reasons import REASONS, SAID_ALREADY
from massline.web.edit_forms import EditForm
from massline.web.form_fields import DayField

LONGEST_REASON = 160


class ModerationForm(forms.Form):
    """Show a statement, or reject it with a listed reason, a written one or both, and the statement it repeats."""

    show = forms.BooleanField(required=False)
    why = forms.ChoiceField(choices=[(key, key) for key in REASONS], required=False)
    reason = forms.CharField(label=_("Reason"), required=False)
    same_as = forms.ModelChoiceField(
        queryset=Statement.objects.none(), required=False, to_field_name="number"
    )

    def __init__(self, *args: object, statement: Statement, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.statement = statement
        same_as = self.fields["same_as"]
        assert isinstance(same_as, forms.ModelChoiceField)
        same_as.queryset = statement.conversation.statements.shown().exclude(pk=statement.pk)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        chosen = SAID_ALREADY if given.get("same_as") else REASONS.get(str(given.pop("why", "")), "")
        reason = f"{chosen} {given.get('reason', '')}".strip()
        if not given.get("show") and not reason:
            self.add_error(
                "reason",
                forms.ValidationError(
                    _(
                        "Nothing changed; the sentence is still waiting. Pick a reason, or say in a few "
                        "words why not."
                    ),
                    code="no-reason",
                ),
            )
        if len(reason) > LONGEST_REASON:
            # The listed reason counts towards the limit.
            room = LONGEST_REASON - len(chosen) - bool(chosen)
            sentence = _(
                "Nothing changed, and your text is still here. It has %(n)d characters; the limit is "
                "%(room)d. Please shorten it."
            )
            message = sentence % {"n": len(str(given.get("reason", ""))), "room": room}
            self.add_error("reason", forms.ValidationError(message, code="reason-too-long"))
        return given | {"reason": reason}


class SeedsForm(forms.Form):
    seeds = forms.CharField(
        label=_("More statements, one per line"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_(
            "Short sentences people can agree or disagree with. People are asked about them straight away."
        ),
    )

    def clean_seeds(self) -> list[str]:
        return split_statements(str(self.cleaned_data["seeds"]))


class ScheduleForm(EditForm, forms.Form):
    """Dates of a round, which its public conversation follows, and how results and statements are shown."""

    opens_on = DayField(label=_("Opens on"))
    closes_on = DayField(label=_("Closes on"))
    results = forms.ChoiceField(label=_("People can see the results"), choices=ResultsShown.choices)
    shown = forms.ChoiceField(label=_("People’s own sentences appear"), choices=WordsShown.choices)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        opens, closes = given.get("opens_on"), given.get("closes_on")
        if isinstance(opens, date) and isinstance(closes, date) and closes < opens:
            self.add_error(
                "closes_on",
                forms.ValidationError(
                    _("The closing day must be after the opening day."), code="closes-before-opening"
                ),
            )
        return given
