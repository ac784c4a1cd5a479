import django.db.models.deletion
from django.db import migrations, models

import massline.core.random_primary_keys
import massline.desk.decide.ballots.models


class Migration(migrations.Migration):
    dependencies = [("decide", "0008_motions_as_sources"), ("people", "0001_initial")]

    operations = [
        migrations.AlterField(
            "roll",
            "id",
            models.BigIntegerField(
                default=massline.core.random_primary_keys.random_primary_key, editable=False, primary_key=True, serialize=False
            ),
        ),
        migrations.AddField(
            "roll", "claim", models.BinaryField(default=massline.desk.decide.ballots.models.fresh_claim)
        ),
        migrations.CreateModel(
            "BallotBox",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=40, unique=True)),
                ("receipts", models.JSONField(default=list)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.organisation"
                    ),
                ),
            ],
        ),
    ]
