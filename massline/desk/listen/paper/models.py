"""Paper sheets for writing down voices, and translations of voices."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Section
from massline.desk.people.scope import ScopedManager
from massline.web.absolute_urls import TYPEABLE

# No letters that look alike on paper. Since 31 is prime, one wrong letter or a swap of two is detected.
ALPHABET = TYPEABLE.upper()
LENGTH = 5


def sheet_code(number: int) -> str:
    """Encode a sheet's number as five letters and a check letter.

    Examples
    --------
    >>> code_of(0), code_of(7), code_of(1234)
    ('222-222', '222-29H', '223-9VY')
    """
    letters = ""
    for _position in range(LENGTH):
        number, at = divmod(number, len(ALPHABET))
        letters = ALPHABET[at] + letters
    whole = letters + _check(letters)
    return f"{whole[:3]}-{whole[3:]}"


def sheet_number(code: str) -> int | None:
    """Decode a typed code; None if it is not a valid code."""
    letters = "".join(char for char in code.upper() if char.isalnum())
    if len(letters) != LENGTH + 1 or any(char not in ALPHABET for char in letters):
        return None
    if _check(letters[:-1]) != letters[-1]:
        return None
    number = 0
    for char in letters[:-1]:
        number = number * len(ALPHABET) + ALPHABET.index(char)
    return number


def _check(letters: str) -> str:
    weighed = sum((at + 2) * ALPHABET.index(char) for at, char in enumerate(letters))
    return ALPHABET[weighed % len(ALPHABET)]


class PaperSheet(models.Model):
    """A printed sheet for one section; its code links the words written on it to the round and section."""

    lives = NoOwnExpiry("a sheet of paper and its section; what stood on it is kept as voices")

    round = models.ForeignKey(ListeningRound, on_delete=models.CASCADE, related_name="sheets")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    uuid = models.UUIDField(unique=True, default=uuid4, help_text="names the rows: entered twice, kept once")
    printed_on = models.DateField(default=timezone.localdate)
    entered_on = models.DateField(null=True, blank=True)

    objects = ScopedManager("round__organisation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return sheet_code(self.pk)
