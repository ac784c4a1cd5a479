from django.db import migrations, models

import massline.core.moments


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]

    operations = [
        migrations.AlterField(
            "job",
            "made_at",
            models.DateTimeField(default=massline.core.moments.start_of_today, help_text="the day"),
        ),
    ]
