import django.db.models.deletion
from django.db import migrations, models

import massline.core.time_zones
import massline.core.random_primary_keys
import massline.square.conversations.access_codes.models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0008_access_code_batch")]

    operations = [
        migrations.AlterField(
            "participant",
            "id",
            models.BigIntegerField(
                default=massline.core.random_primary_keys.random_primary_key,
                editable=False,
                primary_key=True,
                serialize=False,
            ),
        ),
        migrations.AlterField(
            "vote",
            "id",
            models.BigIntegerField(
                default=massline.core.random_primary_keys.random_primary_key,
                editable=False,
                primary_key=True,
                serialize=False,
            ),
        ),
        migrations.AlterField(
            "participant",
            "conversation",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="participants",
                to="conversations.conversation",
            ),
        ),
        migrations.AlterField(
            "vote",
            "participant",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="votes",
                to="conversations.participant",
            ),
        ),
        migrations.AddField(
            "code",
            "claim",
            models.BinaryField(
                default=massline.square.conversations.access_codes.models.fresh_claim,
                help_text="32 bytes, of the same length always",
                null=True,
            ),
        ),
        migrations.AddField(
            "vote",
            "shown_level",
            models.CharField(blank=True, default="", help_text="under which level it counts there", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            "vote",
            "shown_value",
            models.SmallIntegerField(help_text="as it counts in the present edition", null=True),
        ),
        migrations.AlterField(
            "opinionsnapshot",
            "made_at",
            models.DateTimeField(default=massline.core.time_zones.start_of_today, help_text="the day"),
        ),
        migrations.AddField(
            "opinionsnapshot",
            "sections",
            models.JSONField(
                default=dict,
                help_text="by level and statement, the counts of sections when they were last shown",
            ),
        ),
        migrations.AddField(
            "opinionsnapshot",
            "ways",
            models.JSONField(
                default=dict, help_text="how many came in by each invitation, as this edition says"
            ),
        ),
    ]
