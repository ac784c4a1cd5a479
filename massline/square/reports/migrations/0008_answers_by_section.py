from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_unordered_answers")]

    operations = [
        migrations.AddField(
            "resonance",
            "section",
            models.CharField(blank=True, default="", help_text="self-declared, or empty", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            "resonance",
            "shown_section",
            models.CharField(
                blank=True, default="", help_text="under which it counts by section", max_length=60
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "resonance",
            "section_value",
            models.SmallIntegerField(help_text="as it counts by section", null=True),
        ),
    ]
