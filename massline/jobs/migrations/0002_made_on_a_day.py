from django.db import migrations, models

import massline.core.time_zones


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]

    operations = [
        migrations.AlterField(
            "job",
            "made_at",
            models.DateTimeField(default=massline.core.time_zones.start_of_today, help_text="the day"),
        ),
    ]
