"""Import batches: uploaded files on their way into a round."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import Keep
from massline.core.json_shapes import (
    ShapedField,
    anything,
    either,
    map_of,
    nullable,
    one_of,
    options,
    string,
    whole_list_of,
    whole_number,
)
from massline.core.sealed_columns import OpenColumn
from massline.desk.listen.import_export.column_mapping import ColumnMeaning, TableKind
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account
from massline.desk.people.scope import ScopedManager

REMEMBERED = timedelta(days=365)


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


COUNTS = ("voices", "statements", "people", "changed")
CHOSEN = options(
    file=nullable(map_of(anything)),
    kind=one_of(TableKind),
    columns=whole_list_of(one_of(ColumnMeaning)),
    section=nullable(whole_number),
    day_order=string,
    # Until the batch is imported, what the words of a table mean; afterwards a count.
    answers=either(map_of(string), whole_number),
    **dict.fromkeys(COUNTS, whole_number),
)


class ImportState(models.TextChoices):
    LOOKED = "looked", _("checked, not imported yet")
    WAITING = "waiting", _("importing")
    DONE = "done", _("imported")
    REFUSED = "refused", _("not imported")


class ImportBatch(models.Model):
    """Uploaded files until they are imported or a day has passed; after that only the numbers of imported rows."""

    lives = Keep(since="until")
    open_columns = (OpenColumn("packed", "statements and votes under pseudonyms, for a day at most"),)

    round = models.ForeignKey(ListeningRound, on_delete=models.CASCADE, related_name="parcels")
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=120, help_text="as the file was called")
    packed = models.BinaryField(null=True, help_text="the files themselves; gone once they are brought in")
    chosen = ShapedField(CHOSEN, default=dict, help_text="what is in it, and which column is what")
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.LOOKED)
    written = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0, help_text="how many are to be written")
    trouble = models.CharField(max_length=400, blank=True)
    made_on = models.DateField(default=timezone.localdate)
    until = models.DateField(default=tomorrow)

    objects = ScopedManager("round__organisation")

    class Meta:
        db_table = "listen_parcel"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def percent(self) -> int:
        return min(100, 100 * self.written // self.rows) if self.rows else 0
