import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_kinds"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("wrong", models.CharField(max_length=400)),
                ("right", models.CharField(max_length=400)),
                ("day", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="reports.reportback",
                    ),
                ),
            ],
            options={"ordering": ["day", "pk"]},
        ),
    ]
