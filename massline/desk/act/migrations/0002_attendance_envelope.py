from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("act", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="envelope",
            field=models.UUIDField(
                blank=True,
                help_text="the sign-up it came from; null for who came unannounced",
                null=True,
                unique=True,
            ),
        ),
    ]
