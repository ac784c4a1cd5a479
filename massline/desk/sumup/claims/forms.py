"""Forms for starting a sum-up, wording a claim and describing a sum-up."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.sumup.claims.models import Claim, SumUp
from massline.desk.sumup.claims.report_back import shown_statements_of_round
from massline.square.conversations.models import Statement
from massline.web.edit_forms import OPENED_WITH, EditForm

_GONE = _("Your sentence is safe, but something you ticked is no longer shown. Please tick again.")


GONE = {"invalid_choice": _GONE, "invalid_pk_value": _GONE}


class BeginForm(forms.Form):
    title = forms.CharField(
        label=_("What is it about, in one line?"),
        max_length=160,
        help_text=_("Cold rooms, and nobody says why"),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class ClaimForm(EditForm, forms.Form):
    """A plain sentence; the checkboxes for its citations are rendered beside the words, outside of the form."""

    text = forms.CharField(
        label=_("What are people saying?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("One plain sentence, based on the words you tick below."),
    )
    minority = forms.BooleanField(label=_("A minority view"), required=False)
    numbers_because = forms.CharField(
        label=_("This number is right because"),
        max_length=240,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Only if a number in the sentence is right but the quoted data can’t show it."),
    )
    voices: "forms.ModelMultipleChoiceField[Voice]" = forms.ModelMultipleChoiceField(
        queryset=None, required=False, error_messages=GONE
    )
    statements = forms.ModelMultipleChoiceField(
        queryset=Statement.objects.none(), required=False, error_messages=GONE
    )

    def __init__(
        self,
        data: Any = None,
        *,
        round_: ListeningRound,
        claim: Claim | None = None,
        kept: QueryDict | None = None,
    ) -> None:
        """Start from `kept`, an unfinished form shown again without validation, or from an existing claim."""
        begin = _as_it_was(kept) if kept is not None else _as_it_stands(claim) if claim else None
        super().__init__(data, initial=begin, is_new=claim is None and kept is None)
        if kept is not None:
            self.opened_with = kept.get(OPENED_WITH, "")
        voices, statements = self.fields["voices"], self.fields["statements"]
        assert isinstance(voices, forms.ModelMultipleChoiceField)
        assert isinstance(statements, forms.ModelMultipleChoiceField)
        voices.queryset = Voice.objects.of_round(round_)
        statements.queryset = shown_statements_of_round(round_)

    @property
    def ticked_voices(self) -> set[str]:
        return _keys(self["voices"].value())

    @property
    def ticked_statements(self) -> set[str]:
        return _keys(self["statements"].value())


def _keys(ticked: Iterable[object] | None) -> set[str]:
    """Keys that were ticked; values that cannot be a row's key are left out."""
    return {key for value in ticked or () if (key := str(value)).isdecimal() and len(key) < 19}


def _as_it_was(kept: QueryDict) -> dict[str, object]:
    return {
        "text": kept.get("text", ""),
        "minority": "minority" in kept,
        "numbers_because": kept.get("numbers_because", ""),
        "voices": kept.getlist("voices"),
        "statements": kept.getlist("statements"),
    }


def _as_it_stands(claim: Claim) -> dict[str, object]:
    citations = list(claim.citations.all())
    uuids = [citation.statement for citation in citations if citation.statement]
    return {
        "text": claim.text,
        "minority": claim.minority,
        "numbers_because": claim.numbers_because,
        "voices": [citation.voice_id for citation in citations if citation.voice_id],
        "statements": list(Statement.objects.filter(uuid__in=uuids).values_list("pk", flat=True)),
    }


class DescribeForm(EditForm, forms.Form):
    title = BeginForm.base_fields["title"]
    heard = forms.CharField(
        label=_("What we heard, in two or three sentences"),
        max_length=1200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    unknown = forms.CharField(
        label=_("What we do not know"),
        max_length=1200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    next_step = forms.CharField(
        label=_("What happens next"),
        max_length=1200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    no_minority = forms.BooleanField(label=_("We looked for a minority view and found none"), required=False)
    looked_at = forms.CharField(
        label=_("If you found none: where did you look?"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("For example: all 61 voices, the answers of both groups, and we asked at the meeting."),
    )

    def __init__(self, data: Any = None, *, sum_up: SumUp) -> None:
        names = ("title", "heard", "unknown", "next_step", "no_minority", "looked_at")
        super().__init__(data, initial={name: getattr(sum_up, name) for name in names})
