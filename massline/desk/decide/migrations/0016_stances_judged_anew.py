"""Give every stance that was changed by hand a day: the day of the upgrade, because no other is known.

That it was changed by hand is told by the log of activities: a line since the day of the latest move, or that move is
older than the log. A force without such a line stands elsewhere because its move was noted ahead, or entered late, and
was not applied; the hourly job lets it stand where that move puts it.
"""

from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from massline.core.time_zones import zone_named

LOG = timedelta(days=180)


def date_stances(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    moves = apps.get_model("decide", "Move")._base_manager.using(database)
    forces = apps.get_model("decide", "Force")._base_manager.using(database)
    lines = apps.get_model("guard", "AuditLine")._base_manager.using(database).filter(verb="changed a force")
    for force in forces.select_related("organisation"):
        today = timezone.localdate(timezone=zone_named(force.organisation.timezone))
        dated = moves.filter(force=force, stance__isnull=False, day__lte=today)
        latest = dated.order_by("-day", "-pk").first()
        if latest is None or latest.stance == force.stance:
            continue
        changed = lines.filter(
            organisation=force.organisation, subject=f"Force {force.pk}", day__gte=latest.day
        )
        if latest.day < today - LOG or changed.exists():
            moves.create(force=force, kind="judged", stance=force.stance, day=today)


def forget_days(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moves = apps.get_model("decide", "Move")._base_manager.using(schema_editor.connection.alias)
    moves.filter(kind="judged").delete()


class Migration(migrations.Migration):
    dependencies = [("decide", "0015_renamed_models"), ("guard", "0003_two_persons_and_audit_heads")]

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
