from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0006_origins"),
    ]

    operations = [
        migrations.AddField(
            model_name="opinionsnapshot",
            name="robustness",
            field=models.BinaryField(
                help_text="the canonical JSON document of how robust the map is, once worked out", null=True
            ),
        ),
    ]
