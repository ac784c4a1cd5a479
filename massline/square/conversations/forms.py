"""The two forms of a conversation: an answer, and one's own words."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from massline.square.conversations.models import LONGEST_STATEMENT
from massline.square.conversations.voting.forms import BallotField
from massline.web.form_fields import TrapField

SHORTEST_STATEMENT = 6
# Chinese and Japanese signs, and Korean syllables.
WHOLE_WORDS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]")


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
        if _count_letters(text) < SHORTEST_STATEMENT:
            raise forms.ValidationError(
                _("That is too short for people to agree or disagree with. Please write a whole sentence.")
            )
        return text


def _count_letters(text: str) -> int:
    """How many letters were written. A sign that stands for a syllable or a word is as good as three; figures are none."""
    letters = [char for char in text if char.isalpha()]
    return sum(3 if WHOLE_WORDS.match(char) else 1 for char in letters)


def too_long(length: int) -> str:
    over = length - LONGEST_STATEMENT
    return ngettext(
        "Your text is still here. It is %(over)s character too long (limit: %(most)s). "
        "Shorten it, or split it into several sentences.",
        "Your text is still here. It is %(over)s characters too long (limit: %(most)s). "
        "Shorten it, or split it into several sentences.",
        over,
    ) % {"over": f"{over:,}", "most": LONGEST_STATEMENT}
