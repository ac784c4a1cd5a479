"""Name the way in of imported rows, which were kept as words on paper from one person each."""

from uuid import UUID, uuid5

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROWS_OF_A_SHEET = 6
BATCH = 500


def name_imported(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Imported rows and rows of paper sheets both have uuids of version 5; those of sheets can be computed."""
    database = schema_editor.connection.alias
    reports = apps.get_model("listen", "FieldReport")._base_manager.using(database)
    sheets = apps.get_model("listen", "PaperSheet")._base_manager.using(database)
    typed = {
        uuid5(sheet, str(number))
        for sheet in sheets.values_list("uuid", flat=True).iterator()
        for number in range(ROWS_OF_A_SHEET)
    }
    alone = reports.filter(channel="paper", people=1, steps__isnull=True)
    imported = [pk for pk, uuid in alone.values_list("pk", "uuid").iterator() if _is_computed(uuid, typed)]
    for start in range(0, len(imported), BATCH):
        reports.filter(pk__in=imported[start : start + BATCH]).update(channel="file")


def _is_computed(uuid: UUID, typed: set[UUID]) -> bool:
    return uuid.version == 5 and uuid not in typed


def call_it_paper(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    reports = apps.get_model("listen", "FieldReport")._base_manager.using(schema_editor.connection.alias)
    reports.filter(channel="file").update(channel="paper")


class Migration(migrations.Migration):
    dependencies = [("listen", "0010_events_of_an_announced_day")]

    operations = [
        migrations.AlterField(
            model_name="fieldreport",
            name="channel",
            field=models.CharField(
                choices=[
                    ("door", "at the door"),
                    ("stall", "at a stall"),
                    ("meeting", "in a meeting"),
                    ("phone", "by phone"),
                    ("paper", "on paper"),
                    ("file", "imported from a file"),
                ],
                default="door",
                max_length=10,
            ),
        ),
        migrations.RunPython(name_imported, call_it_paper),
    ]
