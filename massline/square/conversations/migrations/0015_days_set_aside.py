"""Days whose newcomers of the open door are not counted."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0014_vote_marks")]

    operations = [
        migrations.CreateModel(
            name="DaySetAside",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("day", models.DateField()),
                (
                    "reason",
                    models.CharField(help_text="why its newcomers are not counted", max_length=160),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days_aside",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "ordering": ["day"],
                "constraints": [
                    models.UniqueConstraint(fields=("conversation", "day"), name="one_reason_per_day")
                ],
            },
        ),
    ]
