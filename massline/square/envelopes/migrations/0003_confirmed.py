from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("envelopes", "0002_courier_copies")]

    operations = [
        migrations.AddField(
            model_name="envelope",
            name="confirmed",
            field=models.BooleanField(
                default=False, help_text="said once more, after a reminder, that they come"
            ),
        ),
    ]
