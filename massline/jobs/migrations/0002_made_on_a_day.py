from django.db import migrations, models

import massline.core.days


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]

    operations = [
        migrations.AlterField(
            "job",
            "made_at",
            models.DateTimeField(default=massline.core.days.start_of_today, help_text="the day"),
        ),
    ]
