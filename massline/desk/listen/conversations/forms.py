"""Forms for moderating statements, adding more of them and setting dates."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from massline.desk.listen.conversations.moderation_warnings import split_at_personal_data
from massline.desk.listen.rounds.forms import parse_statements, require_days_in_order
from massline.square.conversations.models import (
    Conversation,
    ResultsShown,
    Statement,
    StatementState,
    WordsShown,
)
from massline.square.conversations.rejection_reasons import REASONS, SAID_ALREADY
from massline.web.edit_forms import EditForm
from massline.web.form_fields import DayField

LONGEST_REASON = 160


class ModerationForm(forms.Form):
    """Show a statement, or reject it with a listed reason, a written one or both, and the statement it repeats."""

    show = forms.BooleanField(required=False)
    was = forms.CharField(required=False, help_text="the state in which the page showed it")
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
        self._refuse_overwriting(given)
        return given | {"reason": reason}

    def _refuse_overwriting(self, given: dict[str, object]) -> None:
        """Ask once where somebody else decided otherwise while this page was open."""
        now, was = self.statement.state, given.get("was")
        wanted = StatementState.SHOWN if given.get("show") else StatementState.TURNED_DOWN
        if not was or was == now or now in (wanted, StatementState.HELD):
            return
        shown = _("Somebody else decided meanwhile: it is shown. Send again, and yours counts instead.")
        turned_down = _(
            "Somebody else decided meanwhile: it is turned down (%(reason)s). Send again, and yours counts instead."
        )
        message = shown if now == StatementState.SHOWN else turned_down % {"reason": self.statement.why_not}
        self.add_error("reason", forms.ValidationError(message, code="decided-meanwhile"))


WAYS = [
    ("show", _("Show it as it is")),
    ("hide", _("Hide the marked words, then show it")),
    ("down", _("Turn it down")),
]


class ReadingForm(ModerationForm):
    """One decision about one sentence; `places` counts its marked passages from 0."""

    what = forms.ChoiceField(label=_("What should happen to it?"), choices=WAYS)
    places = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: object, statement: Statement | None, **kwargs: object) -> None:
        if statement is None:
            forms.Form.__init__(self, *args, **kwargs)  # type: ignore[arg-type]
            return
        super().__init__(*args, statement=statement, **kwargs)
        marked = sum(bool(passage.kind) for passage in split_at_personal_data(statement))
        places = self.fields["places"]
        assert isinstance(places, forms.TypedMultipleChoiceField)
        places.choices = [(place, str(place)) for place in range(marked)]

    def clean(self) -> dict[str, object]:
        what = self.cleaned_data.get("what")
        self.cleaned_data["show"] = what != "down"
        if what != "down":
            self.cleaned_data["same_as"] = None
        given = super().clean()
        if what == "hide" and not given.get("places"):
            self.add_error(
                "what",
                forms.ValidationError(
                    _("Tick which words to hide, or choose another answer."), code="no-words"
                ),
            )
        return given


class ReadManyForm(forms.Form):
    """The same decision about several sentences; the button pressed says which."""

    ticked = forms.ModelMultipleChoiceField(
        queryset=Statement.objects.none(),
        to_field_name="number",
        error_messages={"required": _("Tick the sentences you mean.")},
    )
    show = forms.BooleanField(required=False)
    why = forms.ChoiceField(choices=[(key, key) for key in REASONS], required=False)

    def __init__(self, data: QueryDict | None = None, *, conversation: Conversation) -> None:
        held, numbers = conversation.statements.held(), data.getlist("ticked") if data else []
        waiting = {str(number) for number in held.values_list("number", flat=True)}
        gone = [number for number in numbers if number.isdecimal() and number not in waiting]
        # What somebody else decided while the page was open stays as they decided it.
        self.decided_meanwhile = list(conversation.statements.filter(number__in=gone)) if gone else []
        if data and gone:
            data = data.copy()
            data.setlist("ticked", [number for number in numbers if number not in gone])
        super().__init__(data)
        ticked = self.fields["ticked"]
        assert isinstance(ticked, forms.ModelMultipleChoiceField)
        ticked.queryset = held

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        reason = REASONS.get(str(given.get("why", "")), "")
        if not given.get("show") and not reason:
            self.add_error(
                "why",
                forms.ValidationError(_("Pick a reason. Those who wrote will read it."), code="no-reason"),
            )
        return given | {"reason": "" if given.get("show") else reason}


class SeedsForm(forms.Form):
    seeds = forms.CharField(
        label=_("More statements, one per line"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_(
            "Short sentences people can agree or disagree with. People are asked about them straight away."
        ),
    )

    def clean_seeds(self) -> list[str]:
        return parse_statements(str(self.cleaned_data["seeds"]))


class ScheduleForm(EditForm, forms.Form):
    """Dates of a round, which its public conversation follows, and how results and statements are shown."""

    opens_on = DayField(label=_("Opens on"))
    closes_on = DayField(label=_("Closes on"))
    results = forms.ChoiceField(label=_("People can see the results"), choices=ResultsShown.choices)
    shown = forms.ChoiceField(label=_("People’s own sentences appear"), choices=WordsShown.choices)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        require_days_in_order(self, given)
        return given
