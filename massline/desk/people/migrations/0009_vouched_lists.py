from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_shared_contact_points")]

    operations = [
        migrations.AddField(
            "contactimport",
            "columns",
            models.JSONField(default=dict, help_text="what each heading meant, for the next list like it"),
        ),
        migrations.AddField(
            "contactimport",
            "vouched_by",
            models.CharField(
                blank=True, default="", help_text="who said that everybody on the list agreed", max_length=150
            ),
        ),
        migrations.AddField(
            "contactimport",
            "vouched_on",
            models.DateField(help_text="the day they agreed, where somebody vouched", null=True),
        ),
    ]
