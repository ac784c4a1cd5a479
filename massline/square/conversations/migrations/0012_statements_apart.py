from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0011_halls")]

    operations = [
        migrations.AddField(
            model,
            "statements",
            models.BinaryField(
                help_text="its statements as columns; null where they are in the document", null=True
            ),
        )
        for model in ("leveltally", "opinionsnapshot")
    ]
