"""The two forms of a conversation: an answer, and one's own words."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from massline.square.conversations.models import LONGEST_STATEMENT
from massline.square.conversations.voting.forms import BallotField
from massline.web.form_fields import TrapField

SHORTEST_STATEMENT = 6


class WordsForm(forms.Form):
    """A statement in people's own words. The browser sets no limit, since it would cut a pasted text in silence."""

    text = forms.CharField(
        label=gettext_lazy("One idea in one sentence"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Nothing was sent yet: please write a sentence first.")},
    )
    website = TrapField()
    ballot = BallotField()

    def clean_text(self) -> str:
        # A form sends every line break as CR LF; what the person typed is one line break.
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if len(text) > LONGEST_STATEMENT:
            raise forms.ValidationError(too_long(len(text)))
        if sum(char.isalnum() for char in text) < SHORTEST_STATEMENT:
            raise forms.ValidationError(
                _("That is too short for people to agree or disagree with. Please write a whole sentence.")
            )
        return text


def too_long(length: int) -> str:
    over = length - LONGEST_STATEMENT
    return ngettext(
        "Your text is still here. It is %(over)s character too long (limit: %(most)s). "
        "Shorten it, or split it into several sentences.",
        "Your text is still here. It is %(over)s characters too long (limit: %(most)s). "
        "Shorten it, or split it into several sentences.",
        over,
    ) % {"over": f"{over:,}", "most": LONGEST_STATEMENT}
