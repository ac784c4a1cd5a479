from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("listen", "0011_entries_from_files")]

    operations = [
        migrations.AddField(
            model_name="announcement",
            name="is_set_by_hand",
            field=models.BooleanField(
                default=False,
                help_text="true where a person said how many; feeds and tables leave the number alone",
            ),
        ),
    ]
