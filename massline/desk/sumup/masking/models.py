"""Masked forms of voices, confirmed by a person."""

from django.db import models
from django.utils import timezone

from massline.core.expiry import Stays
from massline.core.json_shapes import ShapedField, list_of, tuple_of, whole_number
from massline.desk.listen.rounds.models import Voice, digest_of_voice
from massline.desk.people.models import Account
from massline.desk.people.scope import ScopedManager

TAKEN_OUT = "[…]"


class Masking(models.Model):
    """The words of a voice with spans masked. A later review adds a row and changes none."""

    lives = Stays("goes with its voice")

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="maskings")
    text = models.TextField(help_text="as it may be published")
    taken_out = ShapedField(
        list_of(tuple_of(whole_number, whole_number)),
        default=list,
        help_text="[[start, end], …] of the voice's text",
    )
    source_digest = models.CharField(max_length=64, help_text="of the voice's text when somebody looked")
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    day = models.DateField(default=timezone.localdate)

    objects = ScopedManager("voice__report__round__organisation")

    class Meta:
        get_latest_by = "pk"

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def holds(self) -> bool:
        """True if it still equals the voice byte for byte except for the masked spans."""
        same = digest_of_voice(self.voice.text) == self.source_digest
        return same and mask_spans(self.voice.text, self.taken_out) == self.text


def mask_spans(text: str, spans: list[list[int]]) -> str:
    """Mask spans of a text; every other byte stays.

    >>> masked("Call 0151 234 567, Ana", [[5, 17]])
    'Call […], Ana'
    """
    out, at = "", 0
    for start, end in sorted(spans):
        out += text[at:start] + TAKEN_OUT
        at = end
    return out + text[at:]
