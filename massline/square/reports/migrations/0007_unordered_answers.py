from django.db import migrations, models

import massline.core.random_primary_keys


def show_all(apps, schema_editor):
    """Keep showing what the pages show already."""
    answers = apps.get_model("reports", "Resonance").objects.using(schema_editor.connection.alias)
    answers.update(shown_value=models.F("value"))


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_corrections")]

    operations = [
        migrations.AlterField(
            "resonance",
            "id",
            models.BigIntegerField(
                default=massline.core.random_primary_keys.random_primary_key, editable=False, primary_key=True, serialize=False
            ),
        ),
        migrations.AddField(
            "resonance",
            "shown_value",
            models.SmallIntegerField(help_text="as it counts on the page", null=True),
        ),
        migrations.RunPython(show_all, migrations.RunPython.noop, elidable=True),
    ]
