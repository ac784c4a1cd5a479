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
        label=gettext_lazy("One idea, one sentence"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write a sentence first. Nothing was sent yet.")},
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
                _("That is too short to agree or disagree with. Write one whole sentence.")
            )
        return text


def too_long(length: int) -> str:
    over = length - LONGEST_STATEMENT
    return ngettext(
        "Your text is %(over)s character too long (%(most)s at most). Nothing is lost: it is all still below. Shorten it, or send it as several sentences.",
        "Your text is %(over)s characters too long (%(most)s at most). Nothing is lost: it is all still below. Shorten it, or send it as several sentences.",
        over,
    ) % {"over": f"{over:,}", "most": LONGEST_STATEMENT}
