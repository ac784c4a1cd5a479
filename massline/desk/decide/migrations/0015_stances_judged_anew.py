"""Give every stance that was changed by hand a day: the day of the upgrade, because no other is known."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def date_stances(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database, today = schema_editor.connection.alias, timezone.localdate()
    moves = apps.get_model("decide", "Move")._base_manager.using(database)
    forces = apps.get_model("decide", "Force")._base_manager.using(database)
    dated = moves.filter(force=models.OuterRef("pk"), stance__isnull=False, day__lte=today)
    latest = models.Subquery(dated.order_by("-day", "-pk").values("stance")[:1])
    changed = forces.annotate(latest=latest).filter(latest__isnull=False).exclude(latest=models.F("stance"))
    for force in changed:
        moves.create(force=force, kind="judged", stance=force.stance, day=today)


def forget_days(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moves = apps.get_model("decide", "Move")._base_manager.using(schema_editor.connection.alias)
    moves.filter(kind="judged").delete()


class Migration(migrations.Migration):
    dependencies = [("decide", "0014_moves_between_forces")]

    operations = [
        migrations.AlterField(
            model_name="move",
            name="kind",
            field=models.CharField(
                choices=[
                    ("deed", "did something"),
                    ("offer", "made an offer"),
                    ("join", "works together with"),
                    ("rift", "fell out with"),
                    ("judged", "judged anew by us"),
                ],
                default="deed",
                max_length=8,
            ),
        ),
        migrations.RunPython(date_stances, forget_days),
    ]
